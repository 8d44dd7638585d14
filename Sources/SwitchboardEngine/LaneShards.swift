import SwitchboardModel

/// The shards as the balancer reaches them: all of them share the lane, so a turn borrows their tables when it begins and
/// gives them back at its end, and nothing can see them missing. `assumeIsolated` traps on any other thread, so a wrong
/// wiring cannot go unnoticed; it is paid once a turn and not for each ticket.
struct LaneShards: Sendable {
    let tickets: [TicketShard]
    let agents: [AgentShard]

    /// Exchanges the shards' tables for those in `tables`: once to borrow, once to give back.
    func exchange(_ tables: inout Shards) {
        for (place, shard) in tickets.enumerated() {
            shard.assumeIsolated { swap(&$0.table, &tables.tickets[place]) }
        }
        for (place, shard) in agents.enumerated() {
            shard.assumeIsolated { swap(&$0.table, &tables.agents[place]) }
        }
    }
}
