import Glibc

/// The loop's one read buffer. Sockets are read into it and parsed in it, so a connection without a half-read
/// request has no buffer of its own. It holds the unread bytes of at most one connection, the owner; the next
/// connection that reads makes the owner copy its leftover out.
final class ReadScratch {
    static let capacity = 256 * 1024
    /// How much one read takes at most: enough to make the system call cheap, little enough to be fair.
    static let bytesPerRead = 64 * 1024

    // An unsafe pointer because the parser works in place on raw bytes; its lifetime is the loop's.
    let base = UnsafeMutableRawPointer.allocate(byteCount: ReadScratch.capacity, alignment: 64)
    private(set) var owner: Connection?

    deinit { base.deallocate() }

    func give(to connection: Connection) {
        guard owner !== connection else { return }
        owner?.inbox.moveOutOfScratch()
        owner = connection
    }

    func release(_ connection: Connection) {
        if owner === connection { owner = nil }
    }
}
