/// A ticket is not given to this agent by itself: the agent released or transferred it.
public struct Skip: Fielded, Equatable {
    public var agent = AgentIndex(0)
    public var until = Timestamp(milliseconds: 0)
    /// The record that added it: void once the agent comes online or is resumed in a later one.
    public var record = LogSequenceNumber.none

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.time(2, &until)
        try fields.integer(3, &record.rawValue)
    }
}

/// A ticket's skip list, as stored.
public struct SkipList: Fielded, Equatable {
    public var ticket = TicketID(0)
    public var skips: [Skip] = []

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
        try fields.list(2, &skips)
    }
}
