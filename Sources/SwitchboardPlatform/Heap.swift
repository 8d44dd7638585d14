import CLinux

/// The process's heap.
public enum Heap {
    /// Gives memory that was freed back to the system. The allocator keeps it otherwise: after a burst of large
    /// requests the process would stay at its peak. Takes milliseconds, and longer the larger the heap.
    public static func giveBack() { _ = malloc_trim(0) }
}
