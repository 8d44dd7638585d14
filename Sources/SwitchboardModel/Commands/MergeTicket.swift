/// `TICKET MERGE`: two tickets are one request. The source becomes a pointer; the other one keeps its owner, department
/// and channel, and takes the higher priority and the older queue time.
public struct MergeTicket: Decidable {
    public var ticket: TicketID
    public var into: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, into: TicketID) {
        self.ticket = ticket
        self.into = into
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let source = try shards.existing(ticket, version: version)
        guard into != ticket else { throw Rejection(.badArgument, "a ticket cannot be merged into itself") }
        let target = try shards.perhapsMerged(into, version: nil)
        if target.putAway != nil { throw target.isMerged }
        if target.status == .merged {
            let final = shards.survivor(of: into)
            throw Rejection(.state, "ticket \(into.rawValue) is merged into \(final.rawValue)")
        }
        let by = try routing.actor(self.by)
        try source.requireKept()
        try target.requireKept()
        guard !source.status.isConversation else { throw source.refusal }
        try requireRoom(shards, source, target)
        var absorbed = TicketAbsorbed()
        absorbed.ticket = target.id
        absorbed.source = source.id
        absorbed.by = by
        absorbed.status = target.status
        absorbed.span = source.entryNumbers
        if source.priority < target.priority { absorbed.priority = source.priority }
        if source.queuedAt < target.queuedAt { absorbed.queuedAt = source.queuedAt }
        let tags = target.extras.tags
        absorbed.tags = source.extras.tags.filter { !tags.contains($0) }
        guard absorbed.tags.isEmpty || tags.count + absorbed.tags.count <= SetTicket.mostTags else {
            throw Rejection(.state, "together they have more than \(SetTicket.mostTags) tags")
        }

        events += source.endingTimers(.merged, at: now)
        let requester = try shards.existing(target.id).from
        if let joined = try target.joined(by: try shards.existing(source.id), requester: requester, by: by) {
            events.append(.ticketPeopleChanged(joined))
        }
        var merged = TicketMerged()
        merged.ticket = source.id
        merged.into = target.id
        merged.by = by
        events.append(.ticketMerged(merged))
        guard source.isUnanswered, target.isOpenedByMerge else {
            events.append(.ticketAbsorbed(absorbed))
            return .ticket(target.id)
        }
        try routing.requireDepartment(of: target)
        absorbed.status = .open
        // One that holds its slot goes on with its owner; the others wake.
        let wakes = target.status != .answered || target.slotIsFreed && target.agent != nil
        let owner = wakes ? routing.ownerOnWaking(target, at: now) : (before: nil, after: nil)
        if let before = owner.before { events.append(before) }
        events.append(.ticketAbsorbed(absorbed))
        if let after = owner.after { events.append(after) }
        return .ticket(target.id)
    }

    private func requireRoom(_ shards: Shards, _ source: Ticket, _ target: Ticket) throws(Rejection) {
        let (theirs, ours) = (shards.mergedTree(source.id), shards.mergedTree(target.id))
        guard
            target.extras.absorbed.count < MergeLimit.tickets,
            ours.tickets + 1 + theirs.tickets <= MergeLimit.tickets
        else {
            throw Rejection(
                .state, "at most \(MergeLimit.tickets) tickets are merged into one, those unmerged again included")
        }
        guard 1 + theirs.depth <= MergeLimit.depth else {
            throw Rejection(.state, "a ticket is merged into another through at most \(MergeLimit.depth) merges")
        }
        guard UInt64(source.entryNumbers) + UInt64(target.entryNumbers) <= MergeLimit.numbers else {
            throw Rejection(.state, "the two have no numbers left for each other's entries")
        }
    }
}

extension Ticket {
    /// The customer waits for an answer.
    fileprivate var isUnanswered: Bool { status == .new || status == .open }
    /// It is open once a question is added to it.
    fileprivate var isOpenedByMerge: Bool { status == .answered || status == .postponed || status == .resolved }
}
