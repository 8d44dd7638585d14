/// A gate that opens once: whoever waits goes on from then on.
public final class Latch: @unchecked Sendable {
    // @unchecked because `isOpen` is only touched with `lock` held.
    private let lock = Lock()
    private let changed = Condition()
    private var isOpen = false

    public init() {}

    public func open() {
        lock.withLock { isOpen = true }
        changed.broadcast()
    }

    /// Waits until the latch is open. Not on a thread of an event loop or of the concurrency pool.
    public func wait() {
        lock.lock()
        while !isOpen { changed.wait(lock) }
        lock.unlock()
    }

    /// Waits at most until the moment of the monotonic clock; `false` when the latch is still shut then.
    public func wait(until deadlineNanoseconds: UInt64) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        while !isOpen {
            if !changed.wait(lock, until: deadlineNanoseconds) { return isOpen }
        }
        return true
    }
}
