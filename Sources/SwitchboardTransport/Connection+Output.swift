import Glibc
import SwitchboardPlatform

extension Connection {
    /// How much one flush sends at most before others get a turn.
    private static var bytesPerFlush: Int { 1 << 20 }

    /// Lets `body` append to the output. Nothing leaves before `mark` or `flush`; `body` must not use the connection.
    /// After `close` the bytes go nowhere.
    public func withOutput<Result>(_ body: (inout [UInt8]) -> Result) -> Result {
        guard state == .open else {
            var nowhere: [UInt8] = []
            return body(&nowhere)
        }
        return outbox.append(&loop.outputBuffers, body)
    }

    /// Holds what was appended since the last mark, and everything behind it, until the loop's gate reaches `gate`.
    public func mark(gate: UInt64) { outbox.mark(gate: gate, opened: loop.gate) }

    /// Sends what may leave, with one system call where the kernel takes it all. Marks what is not marked as free.
    public func flush() {
        loop.preconditionCurrent()
        outbox.mark(gate: 0, opened: loop.gate)
        sendMarked()
    }

    /// As `flush`, at the end of the loop's turn: for output that comes in small parts from several places.
    public func flushSoon() {
        loop.preconditionCurrent()
        outbox.mark(gate: 0, opened: loop.gate)
        flushAtEndOfTurn()
    }

    /// Appends `bytes`, held until `gate`, and flushes soon.
    public func send(_ bytes: some Sequence<UInt8>, gate: UInt64 = 0) {
        withOutput { $0.append(contentsOf: bytes) }
        mark(gate: gate)
        flushSoon()
    }

    /// Bytes that the kernel has not taken, what the gate holds included.
    public var unsentCount: Int { outbox.count }

    // MARK: From the loop

    func gateOpened() {
        gatedIndex = nil
        outbox.open(to: loop.gate)
        sendMarked()
    }

    func flushPostponed() {
        isToBeFlushed = false
        sendMarked()
    }

    /// Sends what is marked and free, then sees to what is left.
    func sendMarked() {
        guard state == .open || state == .finishing else { return }
        // The gate may have opened between the mark and now.
        outbox.open(to: loop.gate)
        guard push() else { return closeNow() }
        if outbox.isHeld { loop.addGated(self) }
        if outbox.count > limits.maxUnsentBytes {
            Log.warning("closed the connection of \(peer): over the limit of \(limits.maxUnsentBytes) unsent bytes")
            return closeNow()
        }
        if state == .finishing, outbox.count == 0 { shutDown() }
    }

    /// Returns false when the connection is broken.
    private func push() -> Bool {
        var budget = Self.bytesPerFlush
        while isWritable, outbox.sendableCount > 0 {
            guard budget > 0 else {
                flushAtEndOfTurn()
                return true
            }
            let length = outbox.withNext { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if length >= 0 {
                outbox.leave(length, &loop.outputBuffers)
                bytesOut += UInt64(length)
                budget -= length
                lastActivityNanoseconds = loop.turnNanoseconds
                continue
            }
            switch errno {
            case EINTR: continue
            // The kernel reports when there is room again, because the watch is for changes.
            case EAGAIN: isWritable = false
            default: return false
            }
        }
        return true
    }

    private func flushAtEndOfTurn() {
        guard !isToBeFlushed else { return }
        isToBeFlushed = true
        loop.connectionsToFlush.append(self)
    }
}
