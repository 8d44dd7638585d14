import SwitchboardModel

/// The shards as the balancer reaches them in the middle of a turn: synchronously, since all of them share the lane.
/// `assumeIsolated` traps on any other thread, so a wrong wiring cannot go unnoticed.
struct LaneShards: Shards, Sendable {
    let tickets: [TicketShard]
    let agents: [AgentShard]

    private func shard(_ id: TicketID) -> TicketShard { tickets[Int(id.rawValue % UInt64(tickets.count))] }
    private func shard(_ index: AgentIndex) -> AgentShard { agents[Int(index.rawValue) % agents.count] }

    func ticket(_ id: TicketID) -> Ticket? { shard(id).assumeIsolated { $0.table.ticket(id) } }

    func summary(_ id: TicketID) -> TicketSummary? { shard(id).assumeIsolated { $0.table.summary(id) } }

    func profile(_ index: AgentIndex) -> AgentProfile? { shard(index).assumeIsolated { $0.table.profile(index) } }

    func apply(
        _ event: Event, toTicket id: TicketID, at time: Timestamp, record: LogSequenceNumber
    ) -> PlacementChange {
        shard(id).assumeIsolated { $0.table.apply(event, to: id, at: time, record: record) }
    }

    func apply(_ event: Event, toProfile index: AgentIndex, at time: Timestamp) {
        shard(index).assumeIsolated { $0.table.apply(event, at: time) }
    }
}
