/// Which shard has which id, and where in it: the remainder and the quotient of the id by the number of shards.
public struct ShardDivision: Sendable {
    public let count: Int
    /// For a number of shards that is a power of two, as it is mostly: a division takes as long as twenty other steps, and
    /// a request needs a dozen of them. Otherwise 0, and `shift` means nothing.
    private let mask: UInt64
    private let shift: UInt64

    /// - Parameter count: at least 1.
    public init(among count: Int) {
        precondition(count > 0, "at least one shard")
        self.count = count
        let isPowerOfTwo = count > 1 && count & (count - 1) == 0
        mask = isPowerOfTwo ? UInt64(count) - 1 : 0
        shift = UInt64(count.trailingZeroBitCount)
    }

    @inline(__always)
    public func shard(_ id: UInt64) -> Int { Int(mask != 0 ? id & mask : id % UInt64(count)) }

    /// Clamping, because a client may ask for any number.
    @inline(__always)
    public func position(_ id: UInt64) -> Int { Int(clamping: mask != 0 ? id &>> shift : id / UInt64(count)) }
}
