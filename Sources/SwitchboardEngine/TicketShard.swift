import SwitchboardModel

/// Owns the tickets whose id leaves this shard's number when divided by the number of shards.
public actor TicketShard: LaneBound {
    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    // Not isolated as far as the compiler can tell, because `assumeIsolated` makes two objects on the heap for its closure.
    // `exchange` and `image` are the only ways to it; `LaneShards`, the only one who uses them, checks the same.
    private nonisolated(unsafe) var table: TicketTable

    init(_ table: TicketTable, on lane: Lane) {
        self.table = table
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }

    /// Exchanges the shard's table for `other`. On the lane only.
    nonisolated func exchange(_ other: inout TicketTable) { swap(&table, &other) }

    /// The table as it is now. On the lane only.
    nonisolated func image() -> TicketTable { table.image() }
}
