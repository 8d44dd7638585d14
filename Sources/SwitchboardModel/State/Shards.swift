/// The tables that hold tickets and agents' profiles, divided by id.
///
/// In the server each table belongs to an actor on the commit lane, which lends it for a turn; in tests, in recovery and
/// in verification this is a value like any other.
public struct Shards: Sendable {
    public var tickets: [TicketTable]
    public var agents: [AgentTable]
    private let division: ShardDivision

    public init(shards: Int) {
        division = ShardDivision(among: shards)
        tickets = (0..<shards).map { TicketTable(shard: $0, of: shards) }
        agents = (0..<shards).map { AgentTable(shard: $0, of: shards) }
    }

    public init(tickets: [TicketTable], agents: [AgentTable]) {
        division = ShardDivision(among: tickets.count)
        self.tickets = tickets
        self.agents = agents
    }

    @inline(__always)
    func shard(_ id: TicketID) -> Int { division.shard(id.rawValue) }
    private func shard(_ index: AgentIndex) -> Int { division.shard(UInt64(index.position)) }

    public func ticket(_ id: TicketID) -> Ticket? { tickets[shard(id)].ticket(id) }
    public func view(_ id: TicketID) -> TicketView? { tickets[shard(id)].view(id) }
    /// What a ticket asks for, where it waits and asks for anything.
    @inline(__always)
    func wish(of id: TicketID, _ change: PlacementChange) -> TicketWish? {
        guard change.asks, case .waiting = change.after.kind else { return nil }
        return tickets[shard(id)].ticket(id)?.wish
    }
    /// The lowest id from `id` on whose ticket is there: what lies between is passed over, however many ids that are.
    public func next(from id: TicketID) -> TicketID? {
        tickets[shard(id)].has(id) ? id : tickets.lazy.compactMap { $0.next(from: id) }.min()
    }
    /// The tickets' tables as they are now. What changes from now on has changed since.
    public mutating func ticketImages() -> [TicketTable] { tickets.indices.map { tickets[$0].image() } }
    /// How many tickets there are.
    var ticketCount: Int { tickets.reduce(0) { $0 + $1.count } }
    func text(_ place: TextPlace, of ticket: TicketID) -> String { tickets[shard(ticket)].texts.text(place) }
    func texts(of ticket: TicketID) -> TextArena { tickets[shard(ticket)].texts }
    public func summary(_ id: TicketID) -> TicketSummary? { tickets[shard(id)].summary(id) }
    public func profile(_ index: AgentIndex) -> AgentProfile? { agents[shard(index)].profile(index) }

    public mutating func apply(
        _ event: Event, toTicket id: TicketID, at time: Timestamp, record: LogSequenceNumber
    ) -> PlacementChange {
        tickets[shard(id)].apply(event, to: id, at: time, record: record)
    }

    /// Applies an event that raises no version.
    mutating func applyUnnumbered(
        _ event: Event, toTicket id: TicketID, at time: Timestamp, record: LogSequenceNumber
    ) {
        tickets[shard(id)].applyUnnumbered(event, to: id, at: time, record: record)
    }

    public mutating func apply(_ event: Event, toProfile index: AgentIndex, at time: Timestamp) {
        agents[shard(index)].apply(event, at: time)
    }
}
