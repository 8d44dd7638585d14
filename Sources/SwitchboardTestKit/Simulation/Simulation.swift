import SwitchboardModel
import SwitchboardStorage

/// One run: the steps of a seed, carried out by a server, every record and every state held against the rules.
public struct Simulation: Sendable {
    public var seed: UInt64
    public var commands = 200
    public var planted: PlantedBug?
    /// Every so many steps the server verifies itself; that is also done at every restart and at the end.
    public var verifyEvery = 50
    /// Whether the commands go through the actors; by default those of one seed in eight do.
    public var usesActors: Bool
    /// Nothing is held against the rules but by the server itself: what `VERIFY` finds is all that is found.
    public var onlyVerifies = false
    /// Every restart is one in order, so that nothing depends on how much a crash loses.
    public var withoutCrashes = false

    public init(seed: UInt64) {
        self.seed = seed
        usesActors = seed % 8 == 3
    }

    /// What a run led to.
    public struct Result: Sendable {
        /// The same for the same seed, always: of every record and every answer.
        public var hash: UInt64
        public var steps: Int
        public var failure: Failure?
        public var coverage = Coverage()
    }

    /// Where a run went wrong.
    public struct Failure: Sendable {
        public var step: Int
        public var violation: Violation
        /// The steps that lead to it, one line each.
        public var lines: [String]
    }

    public func run() -> Result { run(steps).result }

    /// What the seed gives.
    var steps: [SimulationStep] {
        let steps = StepGenerator.steps(seed: seed, commands: commands)
        guard withoutCrashes else { return steps }
        return steps.map { step in
            guard case .restart(_, let group, let shards) = step else { return step }
            return .restart(.killed, after: group, shards: shards)
        }
    }

    /// Runs these steps; also returns those that were reached.
    func run(_ steps: [SimulationStep]) -> (result: Result, reached: [SimulationStep]) {
        var run = SimulationRun(self)
        for (number, step) in steps.enumerated() {
            do {
                try run.carryOut(step, number)
            } catch {
                let reached = Array(steps.prefix(through: number))
                run.close()
                return (run.result(number, error, reached), reached)
            }
        }
        let closing = SimulationStep.restart(seed % 2 == 0 ? .killed : .closed, after: [], shards: 3)
        do {
            try run.carryOut(closing, steps.count)
            try run.transfer(shards: 1 + Int(seed % 3))
        } catch {
            run.close()
            return (run.result(steps.count, error, steps), steps)
        }
        run.close()
        return (run.result(steps.count, nil, steps), steps)
    }
}

/// A run under way.
struct SimulationRun {
    private let simulation: Simulation
    private var server: (any SimulatedServer)?
    private var shadow = Shadow()
    private var history: [SimulatedRecord] = []
    private var hash = RunHash()
    private var coverage = Coverage()
    private var book: RequestBook

    init(_ simulation: Simulation) {
        self.simulation = simulation
        // Of one seed in three so few that the limit is met.
        book = RequestBook(limit: simulation.seed % 3 == 0 ? 4 : 1000)
    }

    func result(_ step: Int, _ error: (any Error)?, _ steps: [SimulationStep]) -> Simulation.Result {
        var coverage = coverage
        coverage.count(book)
        var result = Simulation.Result(hash: hash.value, steps: step, coverage: coverage)
        guard let error else { return result }
        let violation = error as? Violation ?? Violation(.restart, "\(error)")
        result.failure = Simulation.Failure(step: step, violation: violation, lines: steps.flatMap(\.lines))
        return result
    }

    mutating func close() { server?.close() }

    mutating func carryOut(_ step: SimulationStep, _ number: Int) throws {
        let server = try begin()
        coverage.count(step)
        switch step {
        case .commands(let commands):
            // The model is looked at after every command, the actors after every batch.
            if simulation.usesActors, !simulation.withoutCrashes {
                try execute(commands, server)
            } else {
                for command in commands { try execute([command], server) }
            }
        case .advance(let span):
            try follow(try server.advance(span), server)
        case .snapshot:
            try server.saveSnapshot()
        case .restart(let crash, let group, let shards):
            try server.beginGroup()
            for command in group { try execute([command], server) }
            try restart(server, crash, shards)
        }
        if (number + 1) % simulation.verifyEvery == 0 { try verify(server) }
    }

    private mutating func begin() throws -> any SimulatedServer {
        if let server { return server }
        var options = JournalOptions()
        options.segmentBytes = 8 << 10
        // Where a run is cut is counted from the size of its files.
        options.zeroFill = false
        let shards = 1 + Int(simulation.seed % 4)
        let server: any SimulatedServer =
            simulation.usesActors
            ? try EngineServer(shards: shards, options: options, mostRequests: book.limit)
            : try ModelServer(
                shards: shards, options: options, mostRequests: book.limit, planted: simulation.planted)
        self.server = server
        return server
    }

    private mutating func execute(_ commands: [SimulatedCommand], _ server: any SimulatedServer) throws {
        let requests = commands.map { book.request(resolve($0), $0.name) }
        let now = shadow.time ?? .manualStart
        let turn = try server.execute(requests)
        for (request, outcome) in zip(requests, turn.outcomes) {
            coverage.count(request, outcome)
            hash.add(outcome)
        }
        try book.take(requests, turn, at: now)
        try follow(turn, server)
    }

    /// Puts in the version that `if=` is to name.
    private func resolve(_ command: SimulatedCommand) -> Command {
        if let answer = shadow.meant(command.command) { return answer }
        guard command.version != .none, let id = command.command.ticket else { return command.command }
        guard id.rawValue >= 1, id.rawValue <= shadow.tickets.count else { return command.command }
        let version = shadow.tickets[Int(id.rawValue) - 1].version
        return command.command.with(version: command.version == .current ? version : version - 1)
    }

    private mutating func follow(_ turn: SimulatedTurn, _ server: any SimulatedServer) throws {
        for record in turn.records {
            hash.add(record)
            history.append(record)
            try shadow.take(record, checks: !simulation.onlyVerifies)
        }
        if !simulation.onlyVerifies { try shadow.compare(try server.look()) }
    }

    /// What the run led to goes to an empty server and comes back the same.
    func transfer(shards: Int) throws {
        // A planted bug is to be found by its own rule.
        guard let server, simulation.planted == nil else { return }
        let problems = TransferCheck.problems(in: try server.image(), shards: shards)
        try require(problems.isEmpty, .verify, "export and import: " + problems.prefix(3).joined(separator: "; "))
    }

    private mutating func verify(_ server: any SimulatedServer) throws {
        let found = try server.verification()
        try require(found.isOK, .verify, found.problems.joined(separator: "; "))
        coverage.count(found)
        if !simulation.onlyVerifies { try shadow.compareThreads(try server.image()) }
    }

    private mutating func restart(_ server: any SimulatedServer, _ crash: Crash, _ shards: Int) throws {
        let reached = shadow.record
        try verify(server)
        let restarted = try server.restart(crash, shards: shards)
        hash.add(restarted.last)
        try require(
            restarted.last >= restarted.promised, .restart,
            "record \(restarted.promised) was durable, and the last one recovered is \(restarted.last)")
        try require(restarted.last <= reached, .restart, "record \(restarted.last) was never written")
        if let before = restarted.before {
            let after = Fingerprint(try server.image())
            try require(
                before == after, .restart,
                "the state at record \(restarted.last) differs: \(before.difference(from: after))")
        }
        if restarted.last < reached {
            history.removeLast(Int(reached - restarted.last))
            book.forget(after: restarted.last)
            shadow = Shadow()
            for record in history { try shadow.take(record, checks: false) }
        }
        guard !simulation.onlyVerifies else { return try follow(try server.begin(), server) }
        do { try shadow.compare(try server.look()) } catch {
            throw Violation(.restart, "after the restart: \(error)")
        }
        try verify(server)
        // A crash may come before a timer that is due; apart from that nothing was left to do.
        let timer = try server.image().routing.timers.first
        let isDue = timer.map { timer in shadow.time.map { timer.due <= $0 } ?? false } ?? false
        let begun = try server.begin()
        // Leases run anew from a start, and with no grace that may have an end at once.
        let renewed = begun.records.first.map { record in
            if case .leasesRenewed? = record.events.first { record.events.count == 1 } else { false }
        }
        try require(
            begun.records.isEmpty || renewed == true || isDue, .restart,
            "the start itself did something: \(begun.records)")
        try follow(begun, server)
    }
}
