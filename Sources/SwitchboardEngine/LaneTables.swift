import SwitchboardModel

/// The tables of all shards, in one place so that a turn borrows them all at once.
///
/// Each part belongs to the shard of its number, which reaches it on the lane only; `LaneShards` checks that.
final class LaneTables: @unchecked Sendable {
    // @unchecked because `shards` is touched on the lane only.
    var shards: Shards

    init(_ shards: Shards) { self.shards = shards }
}
