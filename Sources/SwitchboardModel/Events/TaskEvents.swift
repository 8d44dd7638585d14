public struct TicketTaskAdded: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var task = Subtask()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.value(3, &task)
    }
}

public struct TicketTaskChanged: Fielded {
    /// Whether it is done now.
    public enum Done: UInt8, Sendable {
        case asBefore = 0
        case no = 1
        case yes = 2
    }

    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var number: UInt32 = 0
    /// `nil`: as before.
    public var title: String?
    public var changesAgent = false
    public var agent: AgentIndex?
    public var done = Done.asBefore

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.number(3, &number)
        try coder.optionalText(4, &title)
        try coder.flag(5, &changesAgent)
        try coder.agent(6, &agent)
        var code = done.rawValue
        try coder.number(7, &code)
        guard let known = Done(rawValue: code) else {
            throw ByteReader.Malformed(what: "field 7 of a task's change holds \(code)", offset: 0)
        }
        done = known
    }
}

public struct TicketTaskRemoved: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var number: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.number(3, &number)
    }
}
