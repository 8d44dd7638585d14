/// `CONVERSATION ADD`: one more conversation on the ticket, with customers or among agents.
public struct AddConversation: DetailCommand {
    public static let name = "CONVERSATION ADD"
    public var ticket: TicketID
    public var title: String
    public var isInternal = false
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, title: String) {
        self.ticket = ticket
        self.title = title
    }

    /// How many conversations a ticket may have beside the main one.
    public static let most = 100

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let count = ticket.details.conversations.count
        guard count < Self.most else {
            throw Rejection(.state, "a ticket has at most \(Self.most) conversations beside the main one")
        }
        var event = TicketConversationAdded()
        event.ticket = ticket.id
        event.by = try routing.actor(by)
        event.number = UInt32(count + 1)
        event.title = title
        event.isInternal = isInternal
        events.append(.ticketConversationAdded(event))
        return .numbered(ticket.id, event.number)
    }
}
