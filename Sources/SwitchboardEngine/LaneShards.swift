import SwitchboardModel

/// The shards as the balancer reaches them: all of them share the lane, so a turn borrows their tables when it begins and
/// gives them back at its end, and nothing can see them missing. What it does traps on any other thread, so a wrong wiring
/// cannot go unnoticed: once for all of them, since they were made on one lane.
struct LaneShards: Sendable {
    private let tickets: [TicketShard]
    private let agents: [AgentShard]
    private let tables: LaneTables
    private let lane: Lane

    /// Makes a shard of each table, all on `lane`.
    init(_ shards: Shards, on lane: Lane) {
        let tables = LaneTables(shards)
        tickets = shards.tickets.indices.map { TicketShard($0, of: tables, on: lane) }
        agents = shards.agents.indices.map { AgentShard($0, of: tables, on: lane) }
        self.tables = tables
        self.lane = lane
    }

    /// The tables as they are now. Traps unless called on the lane.
    func images() -> (tickets: [TicketTable], agents: [AgentTable]) {
        lane.checkIsolated()
        return (tickets.map { $0.image() }, agents.map { $0.image() })
    }

    /// Exchanges the shards' tables for those in `others`: once to borrow, once to give back. Traps unless called on the
    /// lane.
    func exchange(_ others: inout Shards) {
        lane.checkIsolated()
        swap(&tables.shards, &others)
    }
}
