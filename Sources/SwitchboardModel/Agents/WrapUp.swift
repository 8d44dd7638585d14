/// The time an agent has to finish with a chat or call that ended: nothing new is given on any channel until then. There is
/// one for each agent, whatever the department or the number of conversations that ended.
public struct WrapUp: Fielded, Equatable {
    /// When the first conversation ended for which it was given.
    public var since = Timestamp(milliseconds: 0)
    /// When it ends by itself.
    public var until = Timestamp(milliseconds: 0)
    /// Whose end reaches furthest.
    public var ticket = TicketID(0)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.time(1, &since)
        try fields.time(2, &until)
        try fields.ticket(3, &ticket)
    }
}

/// A chat or call that was in progress with an agent and is so no more.
struct EndedConversation: Sendable {
    var ticket: TicketID
    var agent: AgentIndex
    var department: DepartmentIndex
    var channel: Channel
    /// The server took it back: the agent has nothing to finish.
    var isTakenBack: Bool
}
