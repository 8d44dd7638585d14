/// A customer rated a reply, for the first time or again.
public struct TicketRated: Fielded {
    public var ticket = TicketID(0)
    public var rating = Rating()
    /// The score of the rating that this one takes the place of; 0: there was none.
    public var previous: UInt8 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.value(2, &rating)
        try coder.number(3, &previous)
    }
}

/// The gateway told how far a reply has come. Raises no version.
public struct TicketDeliveryReported: Fielded {
    public var ticket = TicketID(0)
    /// The reply's number in the thread.
    public var entry: UInt32 = 0
    public var step = DeliveryStep()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.number(2, &entry)
        try coder.value(3, &step)
    }
}

/// The details of deliveries whose time is over are forgotten. Raises no version.
public struct DeliveryDetailsExpired: Fielded {
    public var ticket = TicketID(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
    }
}

/// A file came with an entry of the thread.
public struct TicketAttached: Fielded {
    public var ticket = TicketID(0)
    public var attachment = Attachment()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.value(2, &attachment)
    }
}
