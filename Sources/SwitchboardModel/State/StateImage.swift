/// All state at one moment, as values. Taking one copies no ticket: pages are shared until they change.
public struct StateImage: Sendable {
    public var tickets: [TicketTable]
    public var agents: [AgentTable]
    public var routing: RoutingImage

    public init(tickets: [TicketTable], agents: [AgentTable], routing: RoutingImage) {
        self.tickets = tickets
        self.agents = agents
        self.routing = routing
    }
}

/// The balancer's state as a value.
public struct RoutingImage: Sendable {
    public var departments: PagedArray<Department>
    public var agents: PagedArray<Agent>
    public var timers: Timers
    public var nextTicket: TicketID
    var unusedIDs: UnusedIDs
    public var lastTime: Timestamp?
    public var lastRecord: LogSequenceNumber
    var queues: PagedArray<Queue>
    var staff: PagedArray<Staff>
    var agentFigures: PagedArray<AgentFigures>
    var pauseWaits: SortedBlocks<PauseWait>
    var rosters: [UInt32: Roster]
    var skips: SplitDictionary<TicketID, [Skip]>
    var offers: SplitDictionary<TicketID, OfferRound>
    public var lastOffer: UInt64
    var lastAgents: LastAgents
    var references: SplitDictionary<String, TicketID>
    var requests: RequestLog
    var views: [String: View]
    var unfinished: [Int]
    var grants: Grants
    public var ticketCount: Int
    public var agentCount: Int

    /// Tickets with a skip list.
    public var skipCount: Int { skips.count }
}

extension RoutingImage {
    var counters: Counters {
        var counters = Counters()
        counters.nextTicket = nextTicket
        counters.lastTime = lastTime
        counters.lastRecord = lastRecord
        counters.lastTimer = timers.lastNumber
        counters.lastOffer = lastOffer
        counters.unusedIDs = unusedIDs.stored
        return counters
    }

    /// What rings, in order of ticket.
    var offerRounds: [OfferRound] {
        offers.map(\.value).sorted { $0.ticket < $1.ticket }
    }
}

extension Routing {
    public func image() -> RoutingImage {
        RoutingImage(
            departments: departments, agents: agents, timers: timers, nextTicket: nextTicket,
            unusedIDs: unusedIDs, lastTime: lastTime, lastRecord: lastRecord, queues: queues, staff: staff,
            agentFigures: agentFigures,
            pauseWaits: pauseWaits, rosters: rosters, skips: skips,
            offers: offers, lastOffer: lastOffer, lastAgents: lastAgents, references: references, requests: requests,
            views: views,
            unfinished: unfinished, grants: grants, ticketCount: ticketCount,
            agentCount: agentCount)
    }
}

/// What is stored of the balancer beside its tables.
public struct Counters: Fielded, Equatable {
    public var nextTicket = TicketID(1)
    public var lastTime: Timestamp?
    public var lastRecord = LogSequenceNumber.none
    public var lastTimer: UInt64 = 0
    public var lastOffer: UInt64 = 0
    /// Ids below the next that were never given.
    public var unusedIDs: [IDRange] = []

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &nextTicket)
        try fields.time(2, &lastTime)
        try fields.integer(3, &lastRecord.rawValue)
        try fields.integer(4, &lastTimer)
        try fields.integer(5, &lastOffer)
        try fields.list(6, &unusedIDs)
    }
}
