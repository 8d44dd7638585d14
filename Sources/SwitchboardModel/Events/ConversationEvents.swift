public struct TicketConversationAdded: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    /// One more than the ticket had.
    public var number: UInt32 = 0
    public var title = ""
    public var isInternal = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.number(3, &number)
        try coder.text(4, &title)
        try coder.flag(5, &isInternal)
    }
}
