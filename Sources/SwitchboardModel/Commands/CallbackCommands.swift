/// `TICKET CALLBACK`: the caller hangs up and keeps the place; the call is called back when its turn comes.
public struct RequestCallback: Decidable {
    public var ticket: TicketID
    /// Where it differs from the ticket's `from`.
    public var phone: String?
    /// Nobody named: the customer.
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        guard ticket.channel == .call else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) is no call")
        }
        guard ticket.status == .new, ticket.agent == nil else { throw ticket.refusal }
        guard ticket.extras.callback.isEmpty else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) is to be called back already")
        }
        var event = CallbackRequested()
        event.ticket = ticket.id
        event.by = by == nil ? .customer : try routing.actor(by)
        event.phone = phone ?? ""
        let from = try shards.existing(ticket.id).from
        guard phone != nil || !from.isEmpty else {
            throw Rejection(.badArgument, "phone= is needed: ticket \(ticket.id.rawValue) has no from=")
        }
        events.append(.callbackRequested(event))
        return .ticket(ticket.id)
    }
}

/// `TICKET NOANSWER`: a call back was not answered. It is tried again after a while, at its age; after the last attempt
/// it is resolved.
public struct FailCallback: Decidable {
    public var ticket: TicketID
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.actor(self.by)
        guard let callback = ticket.extras.callback.first else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) is not to be called back")
        }
        guard ticket.status == .calling else { throw ticket.refusal }
        let settings = routing.settings(ticket.department, ticket.channel)
        var failed = CallbackFailed()
        failed.ticket = ticket.id
        failed.by = by
        events.append(.callbackFailed(failed))
        var change = TicketStatusChanged()
        change.ticket = ticket.id
        change.by = .automatic
        if UInt64(callback.attempts) + 1 >= settings.callbackAttempts {
            events += ticket.endingTimers(.resolved, at: now)
            change.status = .resolved
        } else {
            events.append(routing.unowned(ticket, .callbackFailed, by: by))
            // At once: it is in its queue again.
            guard settings.callbackDelay > .zero else { return .ticket(ticket.id) }
            change.status = .postponed
            change.until = now + settings.callbackDelay
        }
        events.append(.ticketStatusChanged(change))
        return .ticket(ticket.id)
    }
}
