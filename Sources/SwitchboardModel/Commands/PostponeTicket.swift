/// `TICKET POSTPONE`: out of the way until a moment, with its owner, without a slot. Comes back by itself.
public struct PostponeTicket: Decidable {
    public enum Until: Sendable {
        case time(Timestamp)
        case span(TimeSpan)
    }

    public var ticket: TicketID
    public var until: Until
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, until: Until) {
        self.ticket = ticket
        self.until = until
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        let until =
            switch self.until {
            case .time(let time): time
            case .span(let span): now + span
            }
        try ticket.requireUnfinished()
        guard until > now else { throw Rejection(.badArgument, "a ticket is postponed to a later time than now") }
        guard until <= Timestamp.latest else { throw Rejection(.badArgument, "that is later than the year 9999") }
        var event = TicketStatusChanged()
        event.ticket = ticket.id
        event.status = .postponed
        event.by = by
        event.until = until
        events.append(.ticketStatusChanged(event))
        return .ticket(ticket.id)
    }
}
