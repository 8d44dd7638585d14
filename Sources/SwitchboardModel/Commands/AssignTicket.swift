/// `TICKET ASSIGN`: given to an agent by hand, who may be paused or offline.
public struct AssignTicket: Decidable {
    public var ticket: TicketID
    public var agent: AgentID
    public var by: AgentID?
    /// Over the limit, without the skills, or to somebody outside the department.
    public var force = false
    public var version: UInt32?

    public init(ticket: TicketID, agent: AgentID) {
        self.ticket = ticket
        self.agent = agent
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let agent = force ? try routing.agent(self.agent) : try routing.member(self.agent, of: ticket.department)
        let by = try routing.actor(self.by)
        try ticket.requireKept()
        guard ticket.agent != agent else { return .ticket(ticket.id) }
        if !force { try routing.requireSkills(agent, ticket, at: now) }
        if ticket.status.needsAgent, !force { try routing.requireRoom(agent, for: ticket) }
        let event = ticket.given(to: agent, force ? .forced : .hand, by: by)
        events.append(.ticketOwnerChanged(event))
        return .ticket(ticket.id)
    }
}

extension Ticket {
    /// The event that gives the ticket to `agent`: a new chat or call is in progress from then on.
    func given(to agent: AgentIndex, _ rule: AssignmentRule, by: Actor) -> TicketOwnerChanged {
        var event = TicketOwnerChanged()
        event.ticket = id
        event.owner = agent
        event.rule = rule
        event.by = by
        event.status = status == .new ? channel.conversationStatus ?? .new : status
        return event
    }
}
