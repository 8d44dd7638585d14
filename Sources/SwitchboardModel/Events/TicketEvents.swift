public struct TicketOpened: Fielded {
    public var ticket = TicketID(0)
    public var department = DepartmentIndex(0)
    public var channel = Channel.ticket
    public var priority: UInt8 = 5
    public var subject = ""
    public var from = ""
    public var body: String?
    public var source = ""
    public var reference: String?
    public var tags: [FieldedText] = []
    public var fields: [CustomField] = []
    public var wants: AgentIndex?
    public var weight = TicketWeight.usual

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.department(2, &department)
        try coder.named(3, &channel)
        try coder.number(4, &priority)
        try coder.text(5, &subject)
        try coder.text(6, &from)
        try coder.optionalText(7, &body)
        try coder.text(8, &source)
        try coder.optionalText(9, &reference)
        try coder.list(10, &tags)
        try coder.list(11, &fields)
        try coder.agent(12, &wants)
        try coder.weight(13, &weight)
    }
}

/// An agent's answer, with the status it led to.
public struct TicketReplied: Fielded {
    public var ticket = TicketID(0)
    public var by = AgentIndex(0)
    public var body = ""
    public var status = TicketStatus.answered
    /// The answer gives the slot back (`slot=until_answered`).
    public var freesSlot = false
    /// 0 is the main one.
    public var conversation: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &by)
        try coder.text(3, &body)
        try coder.named(4, &status)
        try coder.flag(5, &freesSlot)
        try coder.number(6, &conversation)
    }
}

/// The customer wrote, with the status that led to.
public struct TicketMessageAdded: Fielded {
    public var ticket = TicketID(0)
    public var body = ""
    /// Where it differs from the ticket's.
    public var from: String?
    public var status = TicketStatus.open
    public var reference: String?
    /// The ticket woke or was reopened, and is of this moment in its queue.
    public var renewsQueueTime = false
    /// 0 is the main one.
    public var conversation: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.text(2, &body)
        try coder.optionalText(3, &from)
        try coder.named(4, &status)
        try coder.optionalText(5, &reference)
        try coder.flag(6, &renewsQueueTime)
        try coder.number(7, &conversation)
    }
}

public struct TicketNoted: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var body = ""
    /// 0 is the main one.
    public var conversation: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.text(3, &body)
        try coder.number(4, &conversation)
    }
}

/// The owner changed, to an agent or to nobody.
public struct TicketOwnerChanged: Fielded {
    public var ticket = TicketID(0)
    public var owner: AgentIndex?
    public var rule = AssignmentRule.hand
    public var by = Actor.unnamed
    public var status = TicketStatus.new
    /// The turn that `round_robin` gave; 0 when another rule picked.
    public var turn: UInt64 = 0
    /// Where a strategy picked: how many agents of the queue had room, and what it went by; see `EntryHead.term`.
    public var free: UInt32 = 0
    public var term: UInt64 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &owner)
        try coder.named(3, &rule)
        try coder.actor(4, &by)
        try coder.named(5, &status)
        try coder.integer(6, &turn)
        try coder.number(7, &free)
        try coder.integer(8, &term)
    }
}

/// The ticket entered a department (perhaps the one it was in), with an owner there or with none.
public struct TicketTransferred: Fielded {
    public var ticket = TicketID(0)
    public var department = DepartmentIndex(0)
    public var by = Actor.unnamed
    public var status = TicketStatus.new
    public var owner: AgentIndex?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.department(2, &department)
        try coder.actor(3, &by)
        try coder.named(4, &status)
        try coder.agent(5, &owner)
    }
}

/// Resolved, postponed, reopened or woken, without a message.
public struct TicketStatusChanged: Fielded {
    public var ticket = TicketID(0)
    public var status = TicketStatus.resolved
    public var by = Actor.unnamed
    /// When a postponed ticket comes back.
    public var until: Timestamp?
    /// The ticket woke or was reopened, and is of this moment in its queue.
    public var renewsQueueTime = false
    /// Came back by itself.
    public var woke = false
    /// The customer of a chat or call is gone.
    public var hungUp = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.named(2, &status)
        try coder.actor(3, &by)
        try coder.time(4, &until)
        try coder.flag(5, &renewsQueueTime)
        try coder.flag(6, &woke)
        try coder.flag(7, &hungUp)
    }
}

/// The ticket is gone for good, with all that the balancer knew of it.
public struct TicketPurged: Fielded {
    public var ticket = TicketID(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
    }
}

/// Fields set by hand. `nil`: as before.
public struct TicketChanged: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var priority: UInt8 = 0
    public var subject: String?
    public var replacesTags = false
    public var tags: [FieldedText] = []
    public var fields: [CustomField] = []
    public var clearsWants = false
    /// 0: as before.
    public var weight: UInt8 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.number(3, &priority)
        try coder.optionalText(4, &subject)
        try coder.flag(5, &replacesTags)
        try coder.list(6, &tags)
        try coder.list(7, &fields)
        try coder.flag(8, &clearsWants)
        try coder.number(9, &weight)
    }
}

/// The ticket is not given to this agent by itself until then. Kept by the balancer; raises no version.
public struct TicketSkipped: Fielded {
    public var ticket = TicketID(0)
    public var agent = AgentIndex(0)
    public var until = Timestamp(milliseconds: 0)
    public var cause = SkipCause.gaveBack

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &agent)
        try coder.time(3, &until)
        try coder.named(4, &cause)
    }
}

/// Skips that have run out are forgotten, or all of them where the ticket went elsewhere.
public struct TicketSkipsExpired: Fielded {
    public var ticket = TicketID(0)
    public var all = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.flag(2, &all)
    }
}

/// A ticket woke with a paused owner, who keeps it until then.
public struct OwnerGraceSet: Fielded {
    public var ticket = TicketID(0)
    public var until = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.time(2, &until)
    }
}

public struct OwnerGraceEnded: Fielded {
    public var ticket = TicketID(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
    }
}

extension FieldCoder {
    /// A ticket's weight; absent is the usual one.
    @inline(__always)
    mutating func weight(_ number: UInt64, _ value: inout UInt8) throws(ByteReader.Malformed) {
        var stored = TicketWeight.stored(value)
        try self.number(number, &stored)
        value = TicketWeight.read(stored)
    }

    @inline(__always)
    mutating func actor(_ number: UInt64, _ value: inout Actor) throws(ByteReader.Malformed) {
        var code = value.code
        try integer(number, &code)
        guard let actor = Actor(code: code) else {
            throw ByteReader.Malformed(what: "field \(number) holds \(code), which names no actor", offset: 0)
        }
        value = actor
    }
}
