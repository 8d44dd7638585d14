/// An agent's timer on a ticket runs from this moment on.
public struct WorkStarted: Fielded {
    public var ticket = TicketID(0)
    public var agent = AgentIndex(0)
    public var isBillable = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &agent)
        try coder.flag(3, &isBillable)
    }
}

/// A piece of work was done: told at once, or measured by a timer that ends with it.
public struct WorkLogged: Fielded {
    public var ticket = TicketID(0)
    /// One more than the ticket had.
    public var number: UInt32 = 0
    public var entry = WorkEntry()
    /// The agent's timer on the ticket runs no longer.
    public var endsTimer = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.number(2, &number)
        try coder.value(3, &entry)
        try coder.flag(4, &endsTimer)
    }
}
