import SwitchboardModel

/// Owns the tickets whose id leaves this shard's number when divided by the number of shards.
public actor TicketShard: LaneBound {
    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    var table: TicketTable

    init(_ table: TicketTable, on lane: Lane) {
        self.table = table
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }
}
