import SwitchboardModel

/// The shards as the balancer reaches them: all of them share the lane, so a turn borrows their tables when it begins and
/// gives them back at its end, and nothing can see them missing. What it does traps on any other thread, so a wrong wiring
/// cannot go unnoticed: once for all of them, since they were made on one lane.
struct LaneShards: Sendable {
    private let tickets: [TicketShard]
    private let agents: [AgentShard]

    /// Makes a shard of each table, all on `lane`.
    init(_ tables: Shards, on lane: Lane) {
        tickets = tables.tickets.map { TicketShard($0, on: lane) }
        agents = tables.agents.map { AgentShard($0, on: lane) }
    }

    /// The tables as they are now. Traps unless called on the lane.
    func images() -> (tickets: [TicketTable], agents: [AgentTable]) {
        tickets[0].preconditionIsolated("the shards' tables are touched on the lane only")
        return (tickets.map { $0.image() }, agents.map { $0.image() })
    }

    /// Exchanges the shards' tables for those in `tables`: once to borrow, once to give back. Traps unless called on the
    /// lane.
    func exchange(_ tables: inout Shards) {
        tickets[0].preconditionIsolated("the shards' tables are touched on the lane only")
        for place in tickets.indices { tickets[place].exchange(&tables.tickets[place]) }
        for place in agents.indices { agents[place].exchange(&tables.agents[place]) }
    }
}
