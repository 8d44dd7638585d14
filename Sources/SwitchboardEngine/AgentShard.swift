import SwitchboardModel

/// Owns the profiles of the agents whose index leaves this shard's number when divided by the number of shards. What
/// bears on routing (presence, pauses, capacity, holds) is the balancer's.
public actor AgentShard: LaneBound {
    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    private let shard: Int
    // Not isolated as far as the compiler can tell, because `assumeIsolated` makes two objects on the heap for its closure.
    // `LaneShards`, the only one who reaches the tables, checks the same.
    private nonisolated let tables: LaneTables

    init(_ shard: Int, of tables: LaneTables, on lane: Lane) {
        self.shard = shard
        self.tables = tables
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }

    /// The shard's table as it is now. On the lane only.
    nonisolated func image() -> AgentTable { tables.shards.agents[shard] }
}
