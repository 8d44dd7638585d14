import Glibc
import SwitchboardPlatform

/// A polite end. Closing a socket that still holds input makes the kernel reset the connection, and a reset may
/// overtake our last line; so the output goes first, then our side is shut, and the peer's rest is thrown away.
extension Connection {
    /// How long a peer may take no output while we are finishing. Output held by the gate does not count.
    private static var finishingNanoseconds: UInt64 { 30_000_000_000 }
    /// How long, and for how many bytes, we read on after our side is shut.
    private static var drainingNanoseconds: UInt64 { 2_000_000_000 }
    private static var bytesPerDrain: Int { 1 << 20 }
    private static var drainsPerEvent: Int { 64 }

    /// Ends the connection; `receive` returns false from now on and further output is ignored.
    ///
    /// With `afterFlush`, output appended so far still leaves, what the gate holds included, before the peer sees the
    /// end; otherwise it is dropped. Calling it again does nothing, but `afterFlush: false` cuts a polite end short.
    public func close(afterFlush: Bool) {
        loop.preconditionCurrent()
        guard afterFlush else { return closeNow() }
        guard state == .open else { return }
        state = .finishing
        closingSinceNanoseconds = loop.turnNanoseconds
        outbox.mark(gate: 0, opened: loop.gate)
        sendMarked()
        if state != .closed { loop.addClosing(self) }
        resumeReceiver()
    }

    /// Everything has left: shuts our side, so that the peer reads the last line and then the end.
    func shutDown() {
        guard Glibc.shutdown(descriptor, Int32(SHUT_WR)) == 0, !sawEnd else { return closeNow() }
        state = .draining
        closingSinceNanoseconds = loop.turnNanoseconds
        if isReadable { drain() }
    }

    /// Throws input away until none is left for now, the peer ends, or it has had its share.
    func drain() {
        for _ in 0..<Self.drainsPerEvent {
            // With MSG_TRUNC, TCP drops the bytes without copying them.
            let length = recv(descriptor, nil, Self.bytesPerDrain, Int32(MSG_TRUNC))
            if length > 0 { continue }
            let code = errno
            if length < 0, code == EINTR { continue }
            if length < 0, code == EAGAIN || code == EWOULDBLOCK {
                isReadable = false
                return
            }
            break
        }
        closeNow()
    }

    func closeIfOverdue(at now: UInt64) {
        switch state {
        case .open, .closed: return
        case .finishing:
            // Each byte that left, and the wait for the gate, begins the patience anew.
            if outbox.isHeld { closingSinceNanoseconds = now }
            let since = max(lastActivityNanoseconds, closingSinceNanoseconds)
            if since + Self.finishingNanoseconds <= now { closeNow() }
        case .draining:
            if closingSinceNanoseconds + Self.drainingNanoseconds <= now { closeNow() }
        }
    }
}
