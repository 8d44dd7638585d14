/// The number of a journal record: 1 for the first, one more for each, for ever.
public struct LogSequenceNumber: Hashable, Comparable, Sendable {
    public var rawValue: UInt64

    @inline(__always)
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first record.
    public static let none = LogSequenceNumber(0)

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var next: Self { Self(rawValue + 1) }
}
