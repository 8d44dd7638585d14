/// `TICKET MESSAGE`: the customer writes again.
public struct MessageTicket: Decidable {
    public var ticket: TicketID
    public var body: String
    public var from: String?
    public var source: String?
    public var reference: String?
    /// 0 is the main one.
    public var conversation: UInt32 = 0
    public var version: UInt32?

    public init(ticket: TicketID, body: String) {
        self.ticket = ticket
        self.body = body
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        // What is written to a merged ticket lands in the one it is part of, in its main conversation; `if=` means that one's
        // version, which is what the answers tell.
        let named = try shards.perhapsMerged(self.ticket, version: nil)
        let isMerged = named.status == .merged
        let ticket = isMerged ? try shards.existing(shards.survivor(of: named.id), version: nil) : named
        try ticket.require(version: version)
        try named.requireCustomers(in: conversation)
        let reference = reference.map { Reference.key(source: source ?? ticket.extras.source, $0) }
        if let reference, let known = routing.references[reference] { return .duplicate(shards.survivor(of: known)) }
        var event = TicketMessageAdded()
        event.ticket = ticket.id
        event.body = body
        event.conversation = isMerged ? 0 : conversation
        if let from, from != shards.text(ticket.from, of: ticket.id) { event.from = from }
        event.reference = reference
        switch ticket.status {
        case .new, .chatting, .calling:
            event.status = ticket.status
            events.append(.ticketMessageAdded(event))
            return .ticket(ticket.id)
        case .answered where ticket.slotIsFreed && ticket.agent != nil:
            // It holds no slot, so it wakes; its age is that of a ticket that was answered all the same.
            event.status = .open
            let owner = routing.ownerOnWaking(ticket, at: now)
            if let before = owner.before { events.append(before) }
            events.append(.ticketMessageAdded(event))
            if let after = owner.after { events.append(after) }
            return .ticket(ticket.id)
        case .answered, .open:
            event.status = .open
            events.append(.ticketMessageAdded(event))
            return .ticket(ticket.id)
        case .resolved
        where !routing.settings(ticket.department, ticket.channel).reopen
            || routing.departments[ticket.department.position].isRemoved:
            event.status = .resolved
            events.append(.ticketMessageAdded(event))
            return .ticket(ticket.id)
        case .spam, .deleted, .merged:
            throw ticket.refusal
        case .postponed, .resolved:
            event.status = .open
            event.renewsQueueTime = ticket.renewsQueueTimeOnWaking
            let owner = routing.ownerOnWaking(ticket, at: now)
            if let before = owner.before { events.append(before) }
            events.append(.ticketMessageAdded(event))
            if let after = owner.after { events.append(after) }
            return .ticket(ticket.id)
        }
    }
}
