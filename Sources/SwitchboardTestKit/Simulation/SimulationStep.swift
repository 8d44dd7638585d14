import SwitchboardModel

/// A command with what its `if=` is to be, which is only known when its turn comes.
struct SimulatedCommand: Sendable {
    enum Version: String, Sendable {
        case none
        case current
        case stale
    }

    /// `rid=`.
    struct Name: Sendable {
        var id: String
        /// Exactly the request that had the id before.
        var isAgain: Bool
    }

    var command: Command
    var version = Version.none
    var name: Name?
}

/// How a server ends before it is started again.
enum Crash: Sendable {
    /// Closed in order.
    case closed
    /// The process ends; the kernel keeps what it was given.
    case killed
    /// The machine stops: of the last group of records some bytes are there, in order.
    case torn(UInt64)
    /// The machine stops: of the last group of records some sectors are there.
    case scattered(UInt64)
    /// The journal is cut off at any byte of the last group of records.
    case cut(UInt64)
    /// Closed in order; then the newest of several snapshots is spoilt.
    case damagedSnapshot(UInt64)
}

/// One step of a run. All steps of a run are made before it begins, so that any of them can be left out.
enum SimulationStep: Sendable {
    /// What several connections sent, in the order of arrival.
    case commands([SimulatedCommand])
    case advance(TimeSpan)
    case snapshot
    /// These commands, then the end of the server in this way, then a start with that many shards.
    case restart(Crash, after: [SimulatedCommand], shards: Int)

    var commands: [SimulatedCommand] {
        switch self {
        case .commands(let commands), .restart(_, let commands, _): commands
        case .advance, .snapshot: []
        }
    }

    /// The step with other commands.
    func with(_ commands: [SimulatedCommand]) -> SimulationStep {
        switch self {
        case .commands: .commands(commands)
        case .restart(let crash, _, let shards): .restart(crash, after: commands, shards: shards)
        case .advance, .snapshot: self
        }
    }

    /// One line for each command, and one for the step itself unless it is only its commands.
    var lines: [String] {
        var result = commands.map { command in
            let version = command.version == .none ? "" : " if=<\(command.version.rawValue)>"
            let name = command.name.map { " rid=\($0.id)\($0.isAgain ? " (again)" : "")" } ?? ""
            return command.command.line + version + name
        }
        switch self {
        case .commands: break
        case .advance(let span): result.append("CLOCK ADVANCE \(span.text)")
        case .snapshot: result.append("SAVE")
        case .restart(let crash, _, let shards): result.append("! restart (\(crash)) with \(shards) shards")
        }
        return result
    }
}
