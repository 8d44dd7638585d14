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
        let status: TicketStatus
        var wakes = false
        switch ticket.status {
        case .new, .chatting, .calling: status = ticket.status
        case .answered, .open:
            status = .open
            // It holds no slot, so it wakes; its age is that of a ticket that was answered all the same.
            wakes = ticket.status == .answered && ticket.slotIsFreed && ticket.agent != nil
        case .resolved
        where !routing.settings(ticket.department, ticket.channel).reopen
            || routing.departments[ticket.department.position].isRemoved:
            status = .resolved
        case .spam, .deleted, .merged:
            throw ticket.refusal
        case .postponed, .resolved:
            status = .open
            wakes = true
        }
        let owner = wakes ? routing.ownerOnWaking(ticket, at: now) : (before: nil, after: nil)
        if let before = owner.before { events.append(before) }
        var event = TicketMessageAdded()
        event.ticket = ticket.id
        event.body = body
        if let from, from != shards.text(ticket.from, of: ticket.id) { event.from = from }
        event.status = status
        event.reference = reference
        event.renewsQueueTime = wakes && ticket.status != .answered && ticket.renewsQueueTimeOnWaking
        event.conversation = isMerged ? 0 : conversation
        events.append(.ticketMessageAdded(event))
        if let after = owner.after { events.append(after) }
        return .ticket(ticket.id)
    }
}
