/// A ticket could not stay in its queue.
public struct TicketOverflowed: Fielded {
    public var ticket = TicketID(0)
    /// Where it is now: its own department, where it only becomes something else.
    public var department = DepartmentIndex(0)
    public var action = OverflowAction.moved
    public var cause = OverflowCause.queueFull

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.department(2, &department)
        try coder.named(3, &action)
        try coder.named(4, &cause)
    }
}

/// A ticket may wait until then, or for as long as it takes. Raises no version.
public struct TicketWaitTimed: Fielded {
    public var ticket = TicketID(0)
    public var until: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.time(2, &until)
    }
}

/// What waited where nobody is has left, as far as it could.
public struct QueueEmptied: Fielded {
    public var department = DepartmentIndex(0)
    public var channel = Channel.ticket

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.department(1, &department)
        try coder.named(2, &channel)
    }
}

/// The caller need not wait on the line: the call is called back when its turn comes.
public struct CallbackRequested: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.customer
    /// Empty: the ticket's `from`.
    public var phone = ""

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.text(3, &phone)
    }
}

/// Nobody answered the call back.
public struct CallbackFailed: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
    }
}
