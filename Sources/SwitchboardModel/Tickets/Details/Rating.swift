/// What a customer thinks of an agent's reply.
public struct Rating: Fielded, Equatable {
    /// The reply's number in the thread.
    public var entry: UInt32 = 0
    /// Who wrote the reply.
    public var agent = AgentIndex(0)
    /// 1 to 5, the best.
    public var score: UInt8 = 0
    public var comment = ""
    /// The customer's address, where it is not the requester's.
    public var from = ""
    public var at = Timestamp(milliseconds: 0)

    public init() {}

    public static let scores: ClosedRange<UInt8> = 1...5

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &entry)
        try fields.agent(2, &agent)
        try fields.number(3, &score)
        try fields.text(4, &comment)
        try fields.text(5, &from)
        try fields.time(6, &at)
    }
}

/// The ratings of an agent, summed up.
struct RatingTotals: Equatable, Sendable {
    var count = 0
    var sum = 0

    /// Wrapping, because a damaged file may hold anything.
    mutating func add(_ score: UInt8, replacing previous: UInt8 = 0) {
        if previous == 0 { count &+= 1 }
        sum = sum &+ Int(score) &- Int(previous)
    }

    mutating func remove(_ score: UInt8) {
        count &-= 1
        sum = sum &- Int(score)
    }
}
