/// Who gets a ticket's new messages beside the requester: an agent, or a customer by address.
public struct Follower: Fielded, Equatable {
    public var agent: AgentIndex?
    /// Empty where it is an agent.
    public var address = ""

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.text(2, &address)
    }
}

/// An agent in a list.
public struct FieldedAgent: Fielded, Equatable {
    public var index = AgentIndex(0)

    public init() {}

    init(_ index: AgentIndex) { self.index = index }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &index)
    }
}
