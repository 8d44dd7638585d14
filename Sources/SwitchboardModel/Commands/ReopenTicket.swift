/// `TICKET REOPEN`: a ticket that is resolved, postponed, spam or deleted is worked on again.
public struct ReopenTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        guard !ticket.status.needsAgent else { throw ticket.refusal }
        try routing.requireDepartment(of: ticket)
        var event = TicketStatusChanged()
        event.ticket = ticket.id
        event.status = .open
        event.by = by
        event.renewsQueueTime = ticket.renewsQueueTimeOnWaking
        let owner = routing.ownerOnWaking(ticket, at: now)
        if let before = owner.before { events.append(before) }
        events.append(.ticketStatusChanged(event))
        if let after = owner.after { events.append(after) }
        return .ticket(ticket.id)
    }
}
