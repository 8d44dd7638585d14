/// What a ticket needs, set when it was opened or by hand: all of it after the change.
public struct TicketSkillsSet: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var needs: [Skill] = []
    /// `nil`: as the department says.
    public var relax: Relaxation?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.list(3, &needs)
        try coder.optional(4, &relax)
    }
}

/// A new ticket is for the agent who handled the customer's last one, if that agent may have it when its turn comes.
public struct TicketPreferred: Fielded {
    public var ticket = TicketID(0)
    public var agent = AgentIndex(0)
    /// Until when it is for nobody else, while that agent is there.
    public var until: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &agent)
        try coder.time(3, &until)
    }
}

/// A waiting ticket may be given to more agents from now on: its time for a step has come. Kept by the balancer; raises no version.
public struct TicketWidened: Fielded {
    public var ticket = TicketID(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
    }
}
