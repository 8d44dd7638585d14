import SwitchboardEngine
import SwitchboardModel
import SwitchboardStorage

/// The real engine, actors and all, on a lane that runs in the calling thread. What happened is read back from its
/// journal.
final class EngineServer: SimulatedServer {
    private let lane = TurnLane()
    private let options: EngineOptions
    private var disk = GatedDisk(FakeDisk())
    private var engine: Engine
    /// The last record that was read back.
    private var seen: UInt64 = 0
    private var groupStart: (path: String, bytes: Int)?
    private var remembered: [UInt64: Fingerprint]?

    init(shards: Int, options journal: JournalOptions, mostRequests: Int) throws {
        var options = EngineOptions()
        options.journal = journal
        options.mostRequests = mostRequests
        self.options = options
        engine = try Self.open(disk, options, shards, lane)
        let balancer = engine.balancer
        try lane.run { await balancer.begin() }
    }

    private static func open(_ disk: GatedDisk, _ options: EngineOptions, _ shards: Int, _ lane: TurnLane) throws
        -> Engine
    {
        var options = options
        options.shards = shards
        return try Engine.open(
            try DataFolder(JournalFile.folder, on: disk), options: options, clock: .manual, lane: lane, wake: { _ in },
            onDurable: { _ in })
    }

    func execute(_ requests: [DomainRequest]) throws -> SimulatedTurn {
        let balancer = engine.balancer
        let answers = try lane.run { await balancer.execute(requests) }
        var byRecord: [UInt64: Command] = [:]
        var newest = seen
        for (request, answer) in zip(requests, answers) {
            guard answer.waitsFor.rawValue > newest else { continue }
            // A reply that shows what an earlier command of the batch did waits for that one's record.
            if case .rejected = answer.outcome { continue }
            newest = answer.waitsFor.rawValue
            switch request {
            case .command(let command), .once(let command, _): byRecord[newest] = command
            case .query: break
            }
        }
        var turn = try readBack(byRecord)
        turn.outcomes = answers.map(\.outcome)
        return turn
    }

    func advance(_ span: TimeSpan) throws -> SimulatedTurn {
        let balancer = engine.balancer
        _ = try lane.run { await balancer.moveClock { $0 + span } }
        return try readBack([:])
    }

    /// The records that came since the last time.
    private func readBack(_ commands: [UInt64: Command]) throws -> SimulatedTurn {
        var turn = SimulatedTurn()
        if engine.journal.appended.rawValue > seen {
            try engine.journal.sync()
            for (number, payload) in JournalFile.records(on: disk.disk, after: seen) {
                let (time, events) = try RecordCodec.decode(payload)
                turn.records.append(
                    SimulatedRecord(number: number, time: time, events: events, command: commands[number]))
                seen = number
            }
        }
        if remembered != nil { remembered?[seen] = Fingerprint(try image()) }
        return turn
    }

    func look() throws -> SeenState {
        let balancer = engine.balancer
        let (image, now) = try lane.run { (await balancer.image(), await balancer.serviceTime()) }
        return SeenState(
            tickets: image.ticketsByID.map(\.ticket), agents: Array(image.routing.agents),
            derived: image.routing.derived,
            nextTicket: image.routing.nextTicket, lastRecord: image.routing.lastRecord, now: now)
    }

    func verification() throws -> Verification {
        let engine = engine
        return try lane.run { await engine.verify().result }
    }

    func image() throws -> StateImage {
        let balancer = engine.balancer
        return try lane.run { await balancer.image() }
    }

    func saveSnapshot() throws {
        let snapshotter = engine.snapshotter
        try lane.run { try await snapshotter.save() }
    }

    func beginGroup() throws {
        try engine.journal.sync()
        groupStart = JournalFile.lastSize(on: disk.disk)
        remembered = [seen: Fingerprint(try image())]
    }

    /// What the machine loses here does not depend on how threads run: all is synced, and what is lost is cut.
    func restart(_ crash: Crash, shards: Int) throws -> Restarted {
        try engine.journal.sync()
        var promised = engine.journal.durable.rawValue
        let next: GatedDisk
        switch crash {
        case .closed:
            try saveSnapshot()
            engine.close()
            next = disk.crash(.unsyncedLost)
        case .killed:
            next = disk.crash(.killed)
            engine.close()
        case .torn, .scattered:
            next = disk.crash(.unsyncedLost)
            engine.close()
        case .cut(let chance):
            next = disk.crash(.unsyncedLost)
            engine.close()
            JournalFile.cut(next.disk, behind: groupStart, chance)
            promised = 0
        case .damagedSnapshot(let chance):
            next = disk.crash(.unsyncedLost)
            engine.close()
            JournalFile.spoilSnapshot(next.disk, chance)
        }
        disk = next
        engine = try Self.open(disk, options, shards, lane)
        seen = engine.recovered.last.rawValue
        let before = remembered?[seen]
        remembered = nil
        return Restarted(last: seen, promised: promised, before: before)
    }

    func begin() throws -> SimulatedTurn {
        let balancer = engine.balancer
        try lane.run { await balancer.begin() }
        return try readBack([:])
    }

    func close() { engine.close() }
}
