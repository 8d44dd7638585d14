/// The ticket is only a pointer to another one from now on.
public struct TicketMerged: Fielded {
    public var ticket = TicketID(0)
    public var into = TicketID(0)
    public var by = Actor.unnamed

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.ticket(2, &into)
        try coder.actor(3, &by)
    }
}

/// The other side of a merge: the ticket took `source` in.
public struct TicketAbsorbed: Fielded {
    public var ticket = TicketID(0)
    public var source = TicketID(0)
    public var by = Actor.unnamed
    public var status = TicketStatus.new
    /// How many numbers the source's thread takes.
    public var span: UInt32 = 0
    /// 0: as before.
    public var priority: UInt8 = 0
    /// `nil`: as before.
    public var queuedAt: Timestamp?
    /// Those it had not.
    public var tags: [FieldedText] = []

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.ticket(2, &source)
        try coder.actor(3, &by)
        try coder.named(4, &status)
        try coder.number(5, &span)
        try coder.number(6, &priority)
        try coder.time(7, &queuedAt)
        try coder.list(8, &tags)
    }
}

/// A merged ticket is one of its own again.
public struct TicketUnmerged: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var status = TicketStatus.new
    /// When a postponed ticket comes back.
    public var until: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.named(3, &status)
        try coder.time(4, &until)
    }
}

/// The other side of that: the ticket gave `source` back.
public struct TicketSeparated: Fielded {
    public var ticket = TicketID(0)
    public var source = TicketID(0)
    public var by = Actor.unnamed
    /// 0: as before.
    public var priority: UInt8 = 0
    /// `nil`: as before.
    public var queuedAt: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.ticket(2, &source)
        try coder.actor(3, &by)
        try coder.number(4, &priority)
        try coder.time(5, &queuedAt)
    }
}

/// A new ticket with messages of another one. What is split off a chat or call is none: its channel is `ticket`.
public struct TicketSplit: Fielded {
    public var ticket = TicketID(0)
    public var original = TicketID(0)
    public var department = DepartmentIndex(0)
    public var priority: UInt8 = 5
    public var subject = ""
    public var from = ""
    public var source = ""
    public var tags: [FieldedText] = []
    public var fields: [CustomField] = []
    public var wants: AgentIndex?
    /// The time of its earliest message.
    public var queuedAt = Timestamp(milliseconds: 0)
    /// Its thread, packed, and how many entries that are.
    public var entries: [UInt8] = []
    public var entryCount: UInt32 = 0
    public var weight = TicketWeight.usual

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.ticket(2, &original)
        try coder.department(3, &department)
        try coder.number(4, &priority)
        try coder.text(5, &subject)
        try coder.text(6, &from)
        try coder.text(7, &source)
        try coder.list(8, &tags)
        try coder.list(9, &fields)
        try coder.agent(10, &wants)
        try coder.time(11, &queuedAt)
        try coder.blob(12, &entries)
        try coder.number(13, &entryCount)
        try coder.weight(14, &weight)
    }
}

/// Messages of a ticket's own thread went to a new ticket.
public struct TicketEntriesMoved: Fielded {
    public var ticket = TicketID(0)
    public var to = TicketID(0)
    public var by = Actor.unnamed
    /// Their places in the ticket's own thread.
    public var places: [EntryPlace] = []
    /// It is the one that was split, and not one that was merged into that.
    public var isOriginal = false
    /// Of the original: the numbers of all that was moved. Of a ticket that was merged into it: those on which something hangs there.
    public var numbers: [EntryPlace] = []

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.ticket(2, &to)
        try coder.actor(3, &by)
        try coder.list(4, &places)
        try coder.flag(5, &isOriginal)
        try coder.list(6, &numbers)
    }
}

/// The place of an entry in a ticket's own thread, from 1.
public struct EntryPlace: Fielded, Equatable {
    public var place: UInt32 = 0

    public init() {}
    init(_ place: UInt32) { self.place = place }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &place)
    }
}
