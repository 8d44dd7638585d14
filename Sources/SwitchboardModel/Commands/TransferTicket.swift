/// `TICKET TRANSFER`: the ticket enters a department. Without `agent=` nobody is assigned by hand and the department's
/// strategy applies, but never to who transferred it.
public struct TransferTicket: Decidable {
    public var ticket: TicketID
    public var department: DepartmentID
    public var agent: AgentID?
    public var by: AgentID?
    public var note: String?
    public var version: UInt32?

    public init(ticket: TicketID, department: DepartmentID) {
        self.ticket = ticket
        self.department = department
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let department = try routing.department(self.department)
        let by = try routing.actor(self.by)
        let agent = try self.agent.map { (id) throws(Rejection) in try routing.member(id, of: department) }
        let keepsSlot = ticket.agent == agent && ticket.placement.kind == agent.map { .held($0) }
        if let agent, ticket.status.needsAgent, !keepsSlot { try routing.requireRoom(agent, for: ticket) }

        if let note {
            var event = TicketNoted()
            event.ticket = ticket.id
            event.by = by
            event.body = note
            events.append(.ticketNoted(event))
        }
        var event = TicketTransferred()
        event.ticket = ticket.id
        event.department = department
        event.by = by
        event.owner = agent
        event.status = ticket.status.isConversation ? .new : ticket.status
        if agent != nil, event.status == .new { event.status = ticket.channel.conversationStatus ?? .new }
        events.append(.ticketTransferred(event))
        if department != ticket.department, routing.skips[ticket.id] != nil {
            var cleared = TicketSkipsExpired()
            cleared.ticket = ticket.id
            cleared.all = true
            events.append(.ticketSkipsExpired(cleared))
        }
        if agent == nil, let transferrer = by.agent ?? ticket.agent {
            if let skip = routing.skip(ticket, transferrer, .gaveBack, department: department, at: now) {
                events.append(skip)
            }
        }
        return .ticket(ticket.id)
    }
}

extension Actor {
    var agent: AgentIndex? {
        switch self {
        case .agent(let index): index
        case .unnamed, .customer, .automatic: nil
        }
    }
}
