import SwitchboardModel

/// The shards as the balancer reaches them: all of them share the lane, so a turn borrows their tables when it begins and
/// gives them back at its end, and nothing can see them missing. Each shard traps on any other thread, so a wrong wiring
/// cannot go unnoticed; it is paid once a turn and not for each ticket.
struct LaneShards: Sendable {
    let tickets: [TicketShard]
    let agents: [AgentShard]

    /// Exchanges the shards' tables for those in `tables`: once to borrow, once to give back.
    func exchange(_ tables: inout Shards) {
        for place in tickets.indices { tickets[place].exchange(&tables.tickets[place]) }
        for place in agents.indices { agents[place].exchange(&tables.agents[place]) }
    }
}
