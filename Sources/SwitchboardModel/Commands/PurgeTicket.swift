/// `TICKET PURGE`: the ticket and all that was merged into it are gone for good. Their ids are not given again.
public struct PurgeTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.perhapsMerged(self.ticket, version: version)
        // One that was given up in the middle of an import can go.
        if ticket.status == .merged, ticket.putAway == nil { throw ticket.isMerged }
        _ = try routing.actor(by)
        var last = ticket.summary
        last.version += 1
        last.status = .deleted
        last.wants = nil
        for id in shards.withAbsorbed(ticket) {
            var event = TicketPurged()
            event.ticket = id
            events.append(.ticketPurged(event))
        }
        return .purged(ticket.id, last)
    }
}

extension Shards {
    /// The ticket and all that were merged into it, and into those.
    fileprivate func withAbsorbed(_ ticket: Ticket) -> [TicketID] {
        var found = [ticket.id]
        var next = 0
        while next < found.count {
            let absorbed = self.ticket(found[next])?.extras.absorbed ?? []
            found += absorbed.filter { !$0.isUndone }.map(\.ticket)
            next += 1
        }
        return found
    }
}
