/// `TICKET UNMERGE`: a merged ticket is one of its own again, with the thread and the status it had. What was written
/// since stays with the other one, which gives back the tags, the priority and the queue time that it took over, unless they
/// were changed meanwhile.
public struct UnmergeTicket: Decidable {
    public var ticket: TicketID
    /// Where it goes; `nil`: where it was.
    public var department: DepartmentID?
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.perhapsMerged(self.ticket, version: version)
        let by = try routing.actor(self.by)
        if ticket.putAway != nil { throw ticket.isMerged }
        guard ticket.status == .merged, let was = ticket.extras.merged else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) is not merged, it is \(ticket.status.name)")
        }
        let survivor = try shards.perhapsMerged(was.ticket, version: nil)
        if let further = survivor.extras.merged {
            throw Rejection(
                .state, "ticket \(survivor.id.rawValue) is merged into \(further.ticket.rawValue): unmerge that first")
        }
        var unmerged = TicketUnmerged()
        unmerged.ticket = ticket.id
        unmerged.by = by
        unmerged.status = was.status
        if was.status == .postponed {
            if let until = was.until, until > now {
                unmerged.until = until
            } else {
                // It should have come back meanwhile.
                unmerged.status = was.wakesAsNew ? .new : .open
            }
        }
        if let department {
            let index = try routing.department(department)
            if index != ticket.department { return try decide(ticket, survivor, unmerged, to: index, into: &events) }
        }
        if unmerged.status.isUnfinished { try routing.requireDepartment(of: ticket) }
        let wakes = unmerged.status.needsAgent && !was.slotIsFreed
        let owner = wakes ? routing.ownerOnWaking(ticket, at: now) : (before: nil, after: nil)
        // A chat or call that comes back with its owner is in progress again.
        if unmerged.status == .new, ticket.agent != nil, owner.before == nil {
            unmerged.status = ticket.channel.conversationStatus ?? .new
        }

        if let before = owner.before { events.append(before) }
        separate(ticket, survivor, unmerged, into: &events)
        if let after = owner.after { events.append(after) }
        return .ticket(ticket.id)
    }

    /// It enters another department, and is nobody's there.
    private func decide(
        _ ticket: Ticket, _ survivor: Ticket, _ unmerged: TicketUnmerged, to department: DepartmentIndex,
        into events: inout [Event]
    ) throws(Rejection) -> Subject {
        var transferred = TicketTransferred()
        transferred.ticket = ticket.id
        transferred.department = department
        transferred.by = unmerged.by
        transferred.status = ticket.status
        events.append(.ticketTransferred(transferred))
        separate(ticket, survivor, unmerged, into: &events)
        return .ticket(ticket.id)
    }

    /// Both sides of it, and what was told since of the entries that go.
    private func separate(
        _ ticket: Ticket, _ survivor: Ticket, _ unmerged: TicketUnmerged, into events: inout [Event]
    ) {
        var separated = TicketSeparated()
        separated.ticket = survivor.id
        separated.source = ticket.id
        separated.by = unmerged.by
        let merge = survivor.absorbedRanges().last { $0.absorbed.ticket == ticket.id && !$0.absorbed.isUndone }
        guard let (base, absorbed) = merge else { preconditionFailure("ticket \(ticket.id.rawValue) is not known") }
        if absorbed.priority != 0, survivor.priority == ticket.priority { separated.priority = absorbed.priority }
        if survivor.queuedAt == ticket.queuedAt { separated.queuedAt = absorbed.queuedAt }
        events.append(.ticketUnmerged(unmerged))
        if survivor.hasDetails {
            events += survivor.details.reported(for: ticket.id, withRatings: true) { number in
                number > base && number - base <= absorbed.span ? number - base : nil
            }
        }
        events.append(.ticketSeparated(separated))
    }
}
