/// `TICKET NOTE`: internal, never shown to the customer; the status stays.
public struct NoteTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID
    public var body: String
    /// 0 is the main one.
    public var conversation: UInt32 = 0
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID, body: String) {
        self.ticket = ticket
        self.by = by
        self.body = body
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        try ticket.requireConversation(conversation)
        var event = TicketNoted()
        event.ticket = ticket.id
        event.by = .agent(try routing.agent(by))
        event.body = body
        event.conversation = conversation
        events.append(.ticketNoted(event))
        return .ticket(ticket.id)
    }
}
