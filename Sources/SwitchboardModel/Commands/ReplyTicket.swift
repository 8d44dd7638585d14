/// `TICKET REPLY`: an agent answers the customer. Answering takes ownership of an unowned ticket; a full agent's
/// answer is kept and leaves it unowned.
public struct ReplyTicket: Decidable {
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
        try ticket.requireCustomers(in: conversation)
        let by = try routing.agent(self.by)
        try ticket.requireKept()
        var reply = TicketReplied()
        reply.ticket = ticket.id
        reply.by = by
        reply.body = body
        reply.conversation = conversation
        // An idle ticket may still name an owner who was removed meanwhile.
        let isOrphan = ticket.status != .resolved && ticket.agent.map { routing.agents[$0.position].isRemoved } ?? false
        if isOrphan { events.append(routing.unowned(ticket, .ownerRemoved, by: .automatic)) }
        if ticket.status == .postponed, ticket.agent == nil {
            if let before = routing.ownerOnWaking(ticket, at: now).before { events.append(before) }
        }
        let takes =
            (ticket.agent == nil || isOrphan) && ticket.status != .resolved
            && routing.hasRoom(by, for: ticket)
            && routing.agents[by.position].isMember(of: ticket.department)
        // A chat or call that is taken by answering is in progress from then on.
        let status = takes && ticket.status == .new ? ticket.channel.conversationStatus ?? .new : ticket.status
        switch status {
        case .chatting, .calling, .resolved: reply.status = status
        case .new where ticket.channel != .ticket: reply.status = status
        case .spam, .deleted, .merged: throw ticket.refusal
        case .new, .answered, .open, .postponed: reply.status = .answered
        }
        let slot = routing.departments[ticket.department.position].settings.slot
        reply.freesSlot = ticket.channel == .ticket && slot == .untilAnswered && reply.status == .answered
        guard takes else {
            events.append(.ticketReplied(reply))
            return .ticket(ticket.id)
        }
        var owner = TicketOwnerChanged()
        owner.ticket = ticket.id
        owner.owner = by
        owner.rule = .answered
        owner.by = .agent(by)
        owner.status = status
        // Ownership first, so that the answer may give the slot back.
        events.append(.ticketOwnerChanged(owner))
        events.append(.ticketReplied(reply))
        return .ticket(ticket.id)
    }
}
