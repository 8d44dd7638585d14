import Glibc
import SwitchboardPlatform

extension Connection {
    /// Waits for input and reads some of it, at most 64 KiB, behind what is unread.
    ///
    /// Returns true when `unread` has grown. Returns false when no more will come: the peer has closed its writing
    /// side (output still reaches it), the connection broke, or it was closed here. Always suspends, so that one busy
    /// connection leaves turns to the others. One task at a time.
    public nonisolated(nonsending) func receive() async -> Bool {
        loop.preconditionCurrent()
        while state == .open, !sawEnd {
            await withUnsafeContinuation { wait($0) }
            if let received {
                self.received = nil
                return received
            }
            // The state may have changed during the wait.
            switch read() {
            case .some(let grown): return grown
            case .none: continue
            }
        }
        return false
    }

    /// What was received and not consumed. The bytes may be rewritten in place. The pointer is valid until the task
    /// next suspends: another connection may then need the place, and the bytes move. Closing keeps them.
    public var unread: UnsafeMutableRawBufferPointer { inbox.bytes }

    /// Drops the first `length` unread bytes.
    public func consume(_ length: Int) { inbox.consume(length) }

    private func wait(_ continuation: UnsafeContinuation<Void, Never>) {
        precondition(receiver == nil, "two tasks receive from connection \(id)")
        receiver = continuation
        // There is more already: at the next turn, after the others.
        if isReadable { loop.readyConnections.append(self) }
    }

    /// Reads once. True: bytes came. False: none will come. Nil: none now.
    func read() -> Bool? {
        guard state == .open else { return false }
        guard inbox.count < limits.maxUnreadBytes else {
            Log.warning("closed the connection of \(peer): over the limit of \(limits.maxUnreadBytes) unread bytes")
            closeNow()
            return false
        }
        let room = inbox.room(in: loop.scratch, for: self)
        while true {
            let length = recv(descriptor, room.baseAddress, room.count, 0)
            if length > 0 {
                inbox.received(length)
                bytesIn += UInt64(length)
                lastActivityNanoseconds = loop.turnNanoseconds
                if length < room.count, !peerIsClosing { isReadable = false }
                return true
            }
            let code = errno
            if length < 0, code == EINTR { continue }
            inbox.receivedNothing()
            isReadable = false
            if length == 0 {
                sawEnd = true
                return false
            }
            if code == EAGAIN || code == EWOULDBLOCK { return nil }
            closeNow()
            return false
        }
    }
}
