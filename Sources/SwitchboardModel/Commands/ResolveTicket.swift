/// `TICKET RESOLVE`: done. The ticket keeps its owner and holds no slot.
public struct ResolveTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        try ticket.requireUnfinished()
        events += ticket.endingTimers(.resolved, at: now)
        var event = TicketStatusChanged()
        event.ticket = ticket.id
        event.status = .resolved
        event.by = by
        events.append(.ticketStatusChanged(event))
        return .ticket(ticket.id)
    }
}
