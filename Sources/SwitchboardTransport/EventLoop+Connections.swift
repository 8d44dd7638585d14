import SwitchboardPlatform

/// The gate, and the loop's lists of connections with something to do.
extension EventLoop {
    /// Lets output marked up to `number` leave, in the order of each connection, at once. On the loop's thread; a
    /// number not above the last does nothing.
    public func openGate(to number: UInt64) {
        preconditionCurrent()
        guard number > gate else { return }
        gate = number
        guard !gatedConnections.isEmpty else { return }
        let waiting = gatedConnections
        gatedConnections.removeAll(keepingCapacity: true)
        for connection in waiting { connection.gateOpened() }
    }

    /// Opens the gate as far as was asked for by now. Between two pieces of work, not only once a turn: what became
    /// durable meanwhile leaves while there is more to do, so that a busy loop and the clients' next requests overlap
    /// with the disk.
    func openRequestedGate() {
        let requested = mailbox.requestedGate
        if requested > gate { openGate(to: requested) }
    }

    /// As `openGate`, from any thread, soon. Several calls before the loop looks are one.
    public func postGate(to number: UInt64) { mailbox.requestGate(number) }

    func addGated(_ connection: Connection) {
        guard connection.gatedIndex == nil else { return }
        connection.gatedIndex = Int32(gatedConnections.count)
        connection.heldSinceNanoseconds = turnNanoseconds
        gatedConnections.append(connection)
        if heldAlarm.deadline == nil { setHeldAlarm() }
    }

    private static var heldCheckNanoseconds: UInt64 { 250_000_000 }

    private func setHeldAlarm() {
        heldAlarm.set(atMonotonicNanoseconds: turnNanoseconds + Self.heldCheckNanoseconds)
    }

    /// Closes connections whose output waits for a gate that has stood still for too long.
    func checkHeldConnections() {
        let overdue = gatedConnections.filter {
            $0.heldSinceNanoseconds + $0.limits.mostHeldNanoseconds <= turnNanoseconds
        }
        if let first = overdue.first {
            let others = overdue.count == 1 ? "" : " and \(overdue.count - 1) others"
            Log.warning(
                "closed the connection of \(first.peer)\(others): an answer waited "
                    + "\(first.limits.mostHeldNanoseconds / 1_000_000_000) s for the disk, its outcome is unknown")
        }
        for connection in overdue { connection.closeNow() }
        if !gatedConnections.isEmpty { setHeldAlarm() }
    }

    /// So that closed connections do not pile up while a disk stalls and the gate stays where it is.
    func removeGated(_ connection: Connection) {
        guard let index = connection.gatedIndex, let last = gatedConnections.popLast() else { return }
        connection.gatedIndex = nil
        guard last !== connection else { return }
        gatedConnections[Int(index)] = last
        last.gatedIndex = index
    }

    /// Gives a turn to connections for which the kernel has more: one read each, then the others.
    func resumeReadyConnections() {
        guard !readyConnections.isEmpty else { return }
        let ready = readyConnections
        readyConnections.removeAll(keepingCapacity: true)
        for connection in ready where connection.isReadable {
            connection.offerInput()
            openRequestedGate()
        }
    }

    func flushConnections() {
        guard !connectionsToFlush.isEmpty else { return }
        let dirty = connectionsToFlush
        connectionsToFlush.removeAll(keepingCapacity: true)
        for connection in dirty { connection.flushPostponed() }
    }

    // MARK: Closing

    private static var closingCheckNanoseconds: UInt64 { 250_000_000 }

    /// Watches over a polite close until it ends.
    func addClosing(_ connection: Connection) {
        closingConnections.append(connection)
        if closingAlarm.deadline == nil { setClosingAlarm() }
    }

    func checkClosingConnections() {
        for connection in closingConnections { connection.closeIfOverdue(at: turnNanoseconds) }
        closingConnections.removeAll { $0.isClosed }
        if !closingConnections.isEmpty { setClosingAlarm() }
    }

    private func setClosingAlarm() {
        closingAlarm.set(atMonotonicNanoseconds: turnNanoseconds + Self.closingCheckNanoseconds)
    }
}
