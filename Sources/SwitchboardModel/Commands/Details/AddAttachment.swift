/// `ATTACHMENT ADD`: what is known of a file that came with an entry of the thread.
public struct AddAttachment: DetailCommand {
    public static let name = "ATTACHMENT ADD"
    public var ticket: TicketID
    public var attachment: Attachment
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, attachment: Attachment) {
        self.ticket = ticket
        self.attachment = attachment
    }

    /// How many files one entry, and how many a ticket may have.
    public static let mostOfEntry = 100
    public static let mostOfTicket = 1000

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let number = attachment.entry
        let entry = try shards.entry(number, of: ticket)
        guard entry.kind.isWritten else {
            throw Rejection(
                .badArgument, "entry \(number) of ticket \(ticket.id.rawValue) is an event: nobody wrote it")
        }
        let known = ticket.details.attachments
        guard known.count(where: { $0.entry == number }) < Self.mostOfEntry else {
            throw Rejection(.state, "an entry has at most \(Self.mostOfEntry) attachments")
        }
        guard known.count < Self.mostOfTicket else {
            throw Rejection(.state, "a ticket has at most \(Self.mostOfTicket) attachments")
        }
        var event = TicketAttached()
        event.ticket = ticket.id
        event.attachment = attachment
        event.attachment.by = try routing.actor(by)
        event.attachment.at = now
        events.append(.ticketAttached(event))
        return .numbered(ticket.id, number)
    }
}
