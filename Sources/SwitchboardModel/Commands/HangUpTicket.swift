/// `TICKET HANGUP`: the caller, or who chats, is gone. A conversation in progress is over; one that was still waiting or
/// ringing is over before it began, so that nobody rings for a caller who is gone.
public struct HangUpTicket: Decidable {
    public var ticket: TicketID
    /// Nobody named: the customer.
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        guard ticket.channel != .ticket else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) is no chat or call")
        }
        var event = TicketStatusChanged()
        event.ticket = ticket.id
        event.by = by == nil ? .customer : try routing.actor(by)
        event.hungUp = true
        switch ticket.status {
        case .chatting, .calling:
            event.status = try shards.existing(ticket.id).isReplied ? .answered : .open
        case .new:
            event.status = .resolved
            events += ticket.endingTimers(.resolved, at: now)
        case .answered, .open, .postponed, .resolved, .spam, .deleted, .merged:
            throw ticket.refusal
        }
        events.append(.ticketStatusChanged(event))
        return .ticket(ticket.id)
    }
}
