/// Which shard has which id, and where in it: the remainder and the quotient of the id by the number of shards.
public struct ShardDivision: Sendable {
    private let count: UInt64

    /// - Parameter count: at least 1.
    public init(among count: Int) {
        precondition(count > 0, "at least one shard")
        self.count = UInt64(count)
    }

    @inline(__always)
    public func shard(_ id: UInt64) -> Int { Int(id % count) }

    /// Clamping, because a client may ask for any number.
    @inline(__always)
    public func position(_ id: UInt64) -> Int { Int(clamping: id / count) }

    /// The position in `shard` of its lowest id from `id` on.
    func firstPosition(from id: UInt64, _ shard: Int) -> Int { position(id) + (self.shard(id) > shard ? 1 : 0) }

    /// The id at a position of `shard`.
    func id(_ position: Int, _ shard: Int) -> UInt64 { UInt64(position) * count + UInt64(shard) }
}
