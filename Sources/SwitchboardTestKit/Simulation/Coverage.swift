import SwitchboardModel

/// What runs consisted of: how often each kind of command was carried out and refused.
public struct Coverage: Sendable {
    public struct Count: Sendable {
        public var accepted = 0
        public var rejected = 0
    }

    public private(set) var commands: [String: Count] = [:]
    public private(set) var refusals: [String: Int] = [:]
    public private(set) var restarts: [String: Int] = [:]
    public private(set) var snapshots = 0
    public private(set) var advances = 0
    /// Requests sent again under their id, and others under an id that was used.
    public private(set) var repeats = 0
    public private(set) var conflicts = 0
    /// Waiting tickets that `VERIFY` compared with what was given after they had come to their places.
    public private(set) var placesCompared = 0

    public init() {}

    public var total: Int { commands.values.reduce(0) { $0 + $1.accepted + $1.rejected } }

    mutating func count(_ request: DomainRequest, _ outcome: Outcome) {
        guard case .command(let command) = request else {
            if case .once(let command, _) = request { count(.command(command), outcome) }
            return
        }
        let name = command.name
        if case .rejected(let rejection) = outcome {
            commands[name, default: Count()].rejected += 1
            refusals[rejection.code.rawValue, default: 0] += 1
        } else {
            commands[name, default: Count()].accepted += 1
        }
    }

    mutating func count(_ found: Verification) { placesCompared += found.placesCompared }

    mutating func count(_ book: RequestBook) {
        repeats += book.repeats
        conflicts += book.conflicts
    }

    mutating func count(_ step: SimulationStep) {
        switch step {
        case .commands: break
        case .advance: advances += 1
        case .snapshot: snapshots += 1
        case .restart(let crash, _, _): restarts[crash.name, default: 0] += 1
        }
    }

    mutating func add(_ other: Coverage) {
        for (name, count) in other.commands {
            commands[name, default: Count()].accepted += count.accepted
            commands[name, default: Count()].rejected += count.rejected
        }
        refusals.merge(other.refusals) { $0 + $1 }
        restarts.merge(other.restarts) { $0 + $1 }
        snapshots += other.snapshots
        advances += other.advances
        placesCompared += other.placesCompared
        repeats += other.repeats
        conflicts += other.conflicts
    }

    /// A table of it, one line each.
    public var lines: [String] {
        let kinds = commands.sorted { $0.key < $1.key }.map { name, count in
            "  \(name): \(count.accepted) accepted, \(count.rejected) rejected"
        }
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        return kinds + [
            "  refusals: \(list(refusals))", "  restarts: \(list(restarts))",
            "  snapshots \(snapshots), clock advances \(advances)",
            "  requests sent again \(repeats), ids used for another \(conflicts)",
        ]
    }
}

extension Crash {
    fileprivate var name: String {
        switch self {
        case .closed: "closed"
        case .killed: "killed"
        case .torn: "torn"
        case .scattered: "scattered"
        case .cut: "cut"
        case .damagedSnapshot: "damaged snapshot"
        }
    }
}

extension Command {
    /// Its first words.
    fileprivate var name: String {
        switch self {
        case .open: "TICKET OPEN"
        case .replyTicket: "TICKET REPLY"
        case .messageTicket: "TICKET MESSAGE"
        case .noteTicket: "TICKET NOTE"
        case .assignTicket: "TICKET ASSIGN"
        case .takeTicket: "TICKET TAKE"
        case .releaseTicket: "TICKET RELEASE"
        case .nextTicket: "TICKET NEXT"
        case .transferTicket: "TICKET TRANSFER"
        case .resolveTicket: "TICKET RESOLVE"
        case .reopenTicket: "TICKET REOPEN"
        case .postponeTicket: "TICKET POSTPONE"
        case .setTicket: "TICKET SET"
        case .discardTicket(let command): command.reason == .spam ? "TICKET SPAM" : "TICKET DELETE"
        case .purgeTicket: "TICKET PURGE"
        case .mergeTicket: "TICKET MERGE"
        case .unmergeTicket: "TICKET UNMERGE"
        case .splitTicket: "TICKET SPLIT"
        case .hangUpTicket: "TICKET HANGUP"
        case .requestCallback: "TICKET CALLBACK"
        case .failCallback: "TICKET NOANSWER"
        case .acceptOffer: "OFFER ACCEPT"
        case .declineOffer: "OFFER DECLINE"
        case .detail(let command): type(of: command).name
        case .addAgent: "AGENT ADD"
        case .setAgent: "AGENT SET"
        case .removeAgent: "AGENT REMOVE"
        case .pauseAgent: "AGENT PAUSE"
        case .addSchedule: "SCHEDULE ADD"
        case .addRoster: "ROSTER ADD"
        case .setRoster: "ROSTER SET"
        case .removeRoster: "ROSTER REMOVE"
        case .removeSchedule: "SCHEDULE REMOVE"
        case .loginAgent: "AGENT LOGIN"
        case .beatAgent: "AGENT HEARTBEAT"
        case .renewLeases: "(start)"
        case .readyAgent: "AGENT READY"
        case .resumeAgent: "AGENT RESUME"
        case .addDepartment: "DEPT ADD"
        case .setDepartment: "DEPT SET"
        case .removeDepartment: "DEPT REMOVE"
        case .saveView: "VIEW SAVE"
        case .removeView: "VIEW REMOVE"
        case .addFormerName(let command): command.isDepartment ? "DEPT FORMER" : "AGENT FORMER"
        case .fireTimer: "(timer)"
        case .advanceClock: "(clock)"
        case .noteInterruption: "(interruption)"
        case .noteSelfCheck: "(self-check)"
        case .routeWaiting: "(route)"
        case .setPresence(let command): command.presence == .online ? "AGENT ONLINE" : "AGENT OFFLINE"
        }
    }
}
