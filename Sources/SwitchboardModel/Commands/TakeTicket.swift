/// `TICKET TAKE`: an agent makes an unowned ticket theirs.
public struct TakeTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID
    public var force = false
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID) {
        self.ticket = ticket
        self.by = by
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.agent(self.by)
        if let owner = ticket.agent {
            throw Rejection(
                .state, "ticket \(ticket.id.rawValue) belongs to '\(routing.agents[owner.position].id.rawValue)'")
        }
        if !force { _ = try routing.member(self.by, of: ticket.department) }
        try ticket.requireUnfinished()
        if !force { try routing.requireSkills(by, ticket, at: now) }
        if ticket.status.needsAgent, !force { try routing.requireRoom(by, for: ticket) }
        let event = ticket.given(to: by, force ? .forced : .taken, by: .agent(by))
        events.append(.ticketOwnerChanged(event))
        return .ticket(ticket.id)
    }
}
