/// One of the things to be done for a ticket.
public struct Subtask: Fielded, Equatable {
    /// Given once within the ticket.
    public var number: UInt32 = 0
    public var title = ""
    /// Who is to do it.
    public var agent: AgentIndex?
    public var createdAt = Timestamp(milliseconds: 0)
    /// When it was done; `nil`: it is not.
    public var doneAt: Timestamp?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &number)
        try fields.text(2, &title)
        try fields.agent(3, &agent)
        try fields.time(4, &createdAt)
        try fields.time(5, &doneAt)
    }
}
