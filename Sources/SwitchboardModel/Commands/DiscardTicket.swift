/// `TICKET SPAM` and `TICKET DELETE`: the ticket is put away. It keeps its owner, holds no slot, and can be reopened.
public struct DiscardTicket: Decidable {
    public enum Reason: Sendable {
        case spam
        case deleted

        var status: TicketStatus {
            switch self {
            case .spam: .spam
            case .deleted: .deleted
            }
        }
    }

    public var ticket: TicketID
    public var reason: Reason
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, as reason: Reason) {
        self.ticket = ticket
        self.reason = reason
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        // What is deleted already is not spam any more; spam may be deleted.
        guard ticket.status != .deleted, ticket.status != reason.status else { throw ticket.refusal }
        events += ticket.endingTimers(.putAway, at: now)
        var event = TicketStatusChanged()
        event.ticket = ticket.id
        event.status = reason.status
        event.by = by
        events.append(.ticketStatusChanged(event))
        return .ticket(ticket.id)
    }
}
