/// What the load balancer knows: departments, agents with their holds, queues, skips, timers. It alone decides who is
/// given what.
///
/// Not copyable, so that passing it never copies it by accident; `image()` copies on purpose, and cheaply.
///
/// The ledger (`Agent.holds`), the queues and the candidates are derived: they change only through `place`, which is
/// told how a ticket's own placement changed, and through changes of agents and departments.
public struct Routing: ~Copyable, Sendable {
    public internal(set) var departments = PagedArray<Department>()
    public internal(set) var agents = PagedArray<Agent>()
    public internal(set) var timers = Timers()
    public internal(set) var nextTicket = TicketID(1)
    /// Ids below it that an import may still bring.
    var unusedIDs = UnusedIDs()
    /// The time of the last record.
    public internal(set) var lastTime: Timestamp?
    public internal(set) var lastRecord = LogSequenceNumber.none

    var departmentIndexes: [String: DepartmentIndex] = [:]
    var agentIndexes: [String: AgentIndex] = [:]
    var queues = PagedArray<Queue>()
    /// Who belongs to each department.
    var staff = PagedArray<Staff>()
    /// Who has duty when, by number.
    var rosters: [UInt32: Roster] = [:]
    /// Who waits for a place among the paused. Derived from the agents.
    var pauseWaits = SortedBlocks<PauseWait>()
    /// A place may have come free for one of them; not yet looked at.
    var pausesMayBegin = false
    var skips = SplitDictionary<TicketID, [Skip]>()
    /// What rings.
    var offers = SplitDictionary<TicketID, OfferRound>()
    /// The token of the last offer.
    var lastOffer: UInt64 = 0
    /// Who handled each customer's last ticket.
    var lastAgents = LastAgents()
    /// What is kept of those waiting tickets that are not like most.
    var filed = SplitDictionary<TicketID, Filed>()
    /// Of each agent; see `AgentFigures`.
    var agentFigures = PagedArray<AgentFigures>()
    /// `source NUL ref` → the ticket it opened or was added to.
    var references = SplitDictionary<String, TicketID>()
    /// Those who were removed, by name.
    var formerNames = FormerNames()
    /// When the ticket was created that was created last. Derived from the tickets.
    var newestCreation = Timestamp(milliseconds: .min)
    /// There is, or was since the start, a ticket whose id is higher than that of one created later, or that was given an id
    /// after higher ones.
    var hasLateTickets = false
    /// The answers to requests with an id of their own.
    var requests = RequestLog()
    /// Tickets of each department that are not resolved, waiting or not.
    var unfinished: [Int] = []
    /// Tickets that were not purged.
    public internal(set) var ticketCount = 0
    /// By name.
    var views: [String: View] = [:]
    /// Agents that were not removed.
    public internal(set) var agentCount = 0
    /// Queues in which a ticket was inserted or an agent gained room, not yet looked at.
    var dirty: [QueueIndex] = []
    /// What was given of late, for `VERIFY` alone. Not state.
    var grants = Grants()
    /// Always `nil`. What it could hold is of no known size, and so all of `Routing` is borrowed by its address. Without it
    /// every call that borrows copies these 500 bytes first, four or five times a request (Swift 6.3).
    private var keptInPlace: (any Sendable)?

    public init() {}

    // MARK: Looking up

    func department(_ id: DepartmentID) throws(Rejection) -> DepartmentIndex {
        guard let index = departmentIndexes[id.rawValue] else {
            throw Rejection(.notFound, "no department '\(id.rawValue)'")
        }
        return index
    }

    func agent(_ id: AgentID) throws(Rejection) -> AgentIndex {
        guard let index = agentIndexes[id.rawValue] else {
            throw Rejection(.notFound, "no agent '\(id.rawValue)'")
        }
        return index
    }

    /// Who acts: nobody when the request named nobody.
    func actor(_ id: AgentID?) throws(Rejection) -> Actor {
        guard let id else { return .unnamed }
        return .agent(try agent(id))
    }

    @inline(__always)
    func settings(_ department: DepartmentIndex, _ channel: Channel) -> EffectiveSettings {
        departments[department.position].effective[channel]
    }

    /// The strategy by which the queue is served: `manual` acts as `leastLoaded` while the server has exactly one agent.
    @inline(__always)
    func servingStrategy(_ queue: QueueIndex) -> Strategy {
        let strategy = settings(queue.department, queue.channel).strategy
        return strategy == .manual && agentCount == 1 ? .leastLoaded : strategy
    }

    /// Whether the ticket is not given to the agent by itself. A skip holds until its timer takes it away, so that of
    /// several that run out at one moment each is looked at in its turn.
    func isSkipped(_ ticket: TicketID, _ agent: AgentIndex) -> Bool {
        guard !skips.isEmpty, let list = skips[ticket] else { return false }
        let returned = agents[agent.position].returnedIn
        return list.contains { $0.agent == agent && $0.record > returned }
    }
}
