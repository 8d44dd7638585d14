/// One agent who is asked to take a ticket. It holds one of the agent's slots while it rings.
public struct Offer: Fielded, Equatable {
    public var agent = AgentIndex(0)
    /// Says which offer is meant; never given twice.
    public var token: UInt64 = 0
    /// What the rule went by of the agent when it began to ring, in the rule's own terms: see `TicketOwnerChanged.term`.
    var term: UInt64 = 0

    public init() {}

    init(agent: AgentIndex, token: UInt64, term: UInt64) {
        self.agent = agent
        self.token = token
        self.term = term
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.integer(2, &token)
        try fields.integer(3, &term)
    }
}

/// The offers of one ticket that ring at the same time: one, or several with `offers=` or `ring_all`. The first who
/// accepts has it. The ticket waits meanwhile, and keeps its age.
public struct OfferRound: Fielded, Equatable {
    public var ticket = TicketID(0)
    /// By which the agents were picked.
    public var rule = AssignmentRule.leastLoaded
    public var since = Timestamp(milliseconds: 0)
    /// When who has not answered has missed it.
    public var until = Timestamp(milliseconds: 0)
    /// In the order in which they were picked. Never empty.
    public var offers: [Offer] = []
    /// The ticket has waited for as long as it may: when nobody takes it, it goes on.
    public var isOverdue = false
    /// How many agents of the queue had room when it began to ring.
    var free: UInt32 = 0

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
        try fields.named(2, &rule)
        try fields.time(3, &since)
        try fields.time(4, &until)
        try fields.list(5, &offers)
        try fields.flag(6, &isOverdue)
        try fields.number(7, &free)
    }

    func offer(to agent: AgentIndex) -> Offer? { offers.first { $0.agent == agent } }
}

/// How an offer ended.
public enum OfferOutcome: UInt8, Named {
    case accepted = 0
    case declined = 1
    /// Nobody answered in time.
    case missed = 2
    /// Taken back: another accepted, the ticket went elsewhere, or the agent went away.
    case rescinded = 3
    /// The caller hung up.
    case callerGone = 4

    public var name: String {
        switch self {
        case .accepted: "accepted"
        case .declined: "declined"
        case .missed: "missed"
        case .rescinded: "rescinded"
        case .callerGone: "caller_gone"
        }
    }
}

/// What is kept of the offers an agent did not take.
public struct MissedOffers: Fielded, Equatable {
    /// Since the agent last accepted an offer, came online or was resumed.
    public var inARow: UInt32 = 0
    /// Ever.
    public var total: UInt32 = 0
    /// Nothing is given to the agent by itself until then (`backoff=`).
    public var backsOffUntil: Timestamp?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &inARow)
        try fields.number(2, &total)
        try fields.time(3, &backsOffUntil)
    }
}
