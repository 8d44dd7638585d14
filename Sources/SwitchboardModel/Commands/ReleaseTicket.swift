/// `TICKET RELEASE`: the ticket is nobody's again and goes back to its queue at its age. Who released it, and the
/// owner it was taken from, are not given it by itself for the retry time.
public struct ReleaseTicket: Decidable {
    public var ticket: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        try ticket.requireKept()
        guard let owner = ticket.agent else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) belongs to nobody")
        }
        var skipped = [owner]
        if case .agent(let index) = by, index != owner { skipped.append(index) }
        events.append(routing.unowned(ticket, .released, by: by))
        for agent in skipped {
            if let skip = routing.skip(ticket, agent, .gaveBack, department: ticket.department, at: now) {
                events.append(skip)
            }
        }
        return .ticket(ticket.id)
    }
}
