/// Who takes part, and who follows.
public struct TicketPeopleChanged: Fielded {
    public var ticket = TicketID(0)
    public var by = Actor.unnamed
    public var addedParticipants: [FieldedAgent] = []
    public var removedParticipants: [FieldedAgent] = []
    public var addedFollowers: [Follower] = []
    public var removedFollowers: [Follower] = []

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.actor(2, &by)
        try coder.list(3, &addedParticipants)
        try coder.list(4, &removedParticipants)
        try coder.list(5, &addedFollowers)
        try coder.list(6, &removedFollowers)
    }
}

public struct TicketDescribed: Fielded {
    public var ticket = TicketID(0)
    /// In place of the one before.
    public var description = ""

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.text(2, &description)
    }
}
