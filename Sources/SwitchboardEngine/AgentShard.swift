import SwitchboardModel

/// Owns the profiles of the agents whose index leaves this shard's number when divided by the number of shards. What
/// bears on routing (presence, pauses, capacity, holds) is the balancer's.
public actor AgentShard: LaneBound {
    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    var table: AgentTable

    init(_ table: AgentTable, on lane: Lane) {
        self.table = table
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }
}
