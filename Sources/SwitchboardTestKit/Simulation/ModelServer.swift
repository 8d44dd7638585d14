import SwitchboardModel
import SwitchboardStorage

/// The model with the real journal, snapshots and recovery over a fake disk, and without actors: quick enough for many
/// seeds. What the journal is given is gathered and handed over when it matters.
final class ModelServer: SimulatedServer {
    private var routing: Routing
    private var tables: Shards
    private var now: Timestamp
    private var disk: GatedDisk
    private var folder: DataFolder
    private var journal: Journal
    private let options: JournalOptions
    private let planted: PlantedBug?
    private let mostRequests: Int

    /// Records that the journal was not yet given.
    private var pending: [[UInt8]] = []
    private var groupStart: (path: String, bytes: Int)?
    private var remembered: [UInt64: Fingerprint]?
    /// Of the last snapshot that was read or written.
    private var layout: SnapshotLayout?

    init(shards: Int, options: JournalOptions, mostRequests: Int, planted: PlantedBug?) throws {
        self.mostRequests = mostRequests
        self.options = options
        self.planted = planted
        disk = GatedDisk(FakeDisk())
        folder = try DataFolder(JournalFile.folder, on: disk)
        journal = try Journal(folder: folder, options: options, after: .none) { _ in }
        routing = Routing()
        tables = Shards(shards: shards)
        now = .manualStart
    }

    func execute(_ requests: [DomainRequest]) throws -> SimulatedTurn {
        var turn = SimulatedTurn()
        fireTimers(until: now, &turn)
        for request in requests {
            switch request {
            case .command(let command): turn.outcomes.append(commit(command, at: now, &turn, isClients: true))
            case .once(let command, let name): turn.outcomes.append(commit(command, once: name, &turn))
            case .query: preconditionFailure("a simulation asks nothing")
            }
            fireTimers(until: now, &turn)
        }
        return turn
    }

    func advance(_ span: TimeSpan) throws -> SimulatedTurn {
        var turn = SimulatedTurn()
        let target = now + span
        fireTimers(until: target, &turn)
        now = target
        _ = commit(.advanceClock, at: now, &turn, isClients: false)
        return turn
    }

    func look() throws -> SeenState {
        var tickets: [Ticket] = []
        tickets.reserveCapacity(Int(routing.nextTicket.rawValue))
        for id in 1..<max(routing.nextTicket.rawValue, 1) {
            if let ticket = tables.ticket(TicketID(id)) { tickets.append(ticket) }
        }
        return SeenState(
            tickets: tickets, agents: Array(routing.agents), derived: routing.derived, nextTicket: routing.nextTicket,
            lastRecord: routing.lastRecord, now: now)
    }

    func verification() throws -> Verification { try image().verify() }

    func image() throws -> StateImage {
        StateImage(tickets: tables.ticketImages(), agents: tables.agents, routing: routing.image())
    }

    func close() { journal.close() }

    // MARK: One command

    private func commit(_ command: Command, once name: RequestName, _ turn: inout SimulatedTurn) -> Outcome {
        if planted != .forgottenRequest, let known = routing.answer(to: name, at: now) { return known.reply }
        do { try routing.requireRoomToRemember(most: mostRequests, at: now) } catch { return .rejected(error) }
        return commit(command, remembering: name, at: now, &turn, isClients: true)
    }

    private func commit(
        _ command: Command, remembering name: RequestName? = nil, at time: Timestamp, _ turn: inout SimulatedTurn,
        isClients: Bool
    ) -> Outcome {
        let number = routing.lastRecord.next
        // A bug is shown by requests without an id, as it would not remember one.
        let spoilt = name == nil ? planted?.commit(command, &routing, &tables, at: time, record: number) : nil
        let carried =
            spoilt ?? routing.carryOut(command, &tables, at: time, record: number, remembering: name)
        guard !carried.events.isEmpty else { return carried.outcome }
        append(carried.events, at: time, number, isClients ? command : nil, &turn)
        while routing.hasWaitingRoutes {
            let number = routing.lastRecord.next
            let more = routing.carryOut(.routeWaiting, &tables, at: time, record: number)
            guard !more.events.isEmpty else { break }
            append(more.events, at: time, number, nil, &turn)
        }
        return carried.outcome
    }

    private func fireTimers(until time: Timestamp, _ turn: inout SimulatedTurn) {
        while let timer = routing.timers.first, timer.due <= time {
            let moment = routing.lastTime.map { max($0, timer.due) } ?? timer.due
            _ = commit(.fireTimer(timer), at: moment, &turn, isClients: false)
        }
    }

    private func append(
        _ events: [Event], at time: Timestamp, _ number: LogSequenceNumber, _ command: Command?,
        _ turn: inout SimulatedTurn
    ) {
        turn.records.append(
            SimulatedRecord(number: number.rawValue, time: time, events: events, command: command))
        let journaled = planted?.journaled(events) ?? events
        pending.append(ByteWriter.bytes { RecordCodec.encode(journaled, at: time, appendingTo: &$0) })
        if remembered != nil {
            let image = StateImage(tickets: tables.tickets, agents: tables.agents, routing: routing.image())
            remembered?[number.rawValue] = Fingerprint(image)
        }
    }

    // MARK: Disk

    /// Returns the last durable record.
    @discardableResult
    private func flush() throws -> UInt64 {
        for payload in pending { journal.append(payload) }
        pending.removeAll(keepingCapacity: true)
        try journal.sync()
        return journal.durable.rawValue
    }

    func saveSnapshot() throws {
        try flush()
        let image = try image()
        let record = image.routing.lastRecord
        if try folder.snapshots().last == record { return }
        let writer = try SnapshotWriter(folder: folder, lsn: record, createdMilliseconds: 0)
        layout = try writer.write(image, sectionBytes: 2048, since: layout)
        _ = try writer.finish()
        var retention = Retention()
        try retention.apply(to: folder, journal)
    }

    func beginGroup() throws {
        try flush()
        groupStart = JournalFile.lastSize(on: disk.disk)
        remembered = [routing.lastRecord.rawValue: Fingerprint(try image())]
    }

    func restart(_ crash: Crash, shards: Int) throws -> Restarted {
        let next: GatedDisk
        var promised: UInt64
        switch crash {
        case .torn(let seed):
            promised = try leaveUnsynced()
            next = disk.crash(.torn(seed: seed))
        case .scattered(let seed):
            promised = try leaveUnsynced()
            next = disk.crash(.scattered(seed: seed))
        case .killed:
            promised = try flush()
            next = disk.crash(.killed)
        case .closed:
            promised = try flush()
            journal.close()
            next = disk.crash(.unsyncedLost)
        case .cut(let chance):
            promised = try flush()
            journal.close()
            next = disk.crash(.unsyncedLost)
            JournalFile.cut(next.disk, behind: groupStart, chance)
            promised = 0
        case .damagedSnapshot(let chance):
            promised = try flush()
            journal.close()
            next = disk.crash(.unsyncedLost)
            JournalFile.spoilSnapshot(next.disk, chance)
        }
        journal.close()
        folder.release()
        return try recover(next, promised, shards)
    }

    /// Has the journal write all it was given, but sync only the first record of it. Returns the last durable one.
    private func leaveUnsynced() throws -> UInt64 {
        guard let first = pending.first else { return journal.durable.rawValue }
        disk.hold()
        journal.append(first)
        disk.waitUntilHeld()
        guard pending.count > 1 else { return journal.durable.rawValue }
        for payload in pending.dropFirst() { journal.append(payload) }
        disk.letOneThrough()
        disk.waitUntilHeld()
        return journal.durable.rawValue
    }

    private func recover(_ next: GatedDisk, _ promised: UInt64, _ shards: Int) throws -> Restarted {
        disk = next
        folder = try DataFolder(JournalFile.folder, on: disk)
        let state = RecoveredState(shards: shards)
        let report = try Recovery.run(folder, into: state)
        layout = state.layout
        let builder = state.take()
        tables = builder.shards
        routing = builder.intoRouting()
        now = max(routing.lastTime ?? .manualStart, .manualStart)
        journal = try Journal(folder: folder, options: options, after: report.last) { _ in }
        pending.removeAll()
        let before = remembered?[report.last.rawValue]
        remembered = nil
        return Restarted(last: report.last.rawValue, promised: promised, before: before)
    }

    /// What a server does when it begins to serve.
    func begin() -> SimulatedTurn {
        var turn = SimulatedTurn()
        if routing.needsLeaseRenewal(at: now) {
            _ = commit(.renewLeases(now), at: routing.lastTime ?? now, &turn, isClients: false)
        }
        fireTimers(until: now, &turn)
        routing.reconsiderAllQueues()
        _ = commit(.routeWaiting, at: now, &turn, isClients: false)
        return turn
    }
}
