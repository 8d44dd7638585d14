/// `OFFER ACCEPT`: the ticket is the agent's. Never fails for capacity: the offer held the slot.
public struct AcceptOffer: Decidable {
    public var ticket: TicketID
    public var by: AgentID
    /// The offer that is meant, where it says.
    public var token: String?
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID) {
        self.ticket = ticket
        self.by = by
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.agent(self.by)
        let round = try routing.round(of: ticket, offeredTo: by, token: token)
        for offer in round.offers {
            var event = OfferEnded()
            event.ticket = ticket.id
            event.agent = offer.agent
            event.outcome = offer.agent == by ? .accepted : .rescinded
            events.append(.offerEnded(event))
        }
        var given = ticket.given(to: by, round.rule, by: .agent(by))
        // The decision was made when it began to ring.
        given.free = round.free
        given.term = round.offer(to: by)?.term ?? 0
        events.append(.ticketOwnerChanged(given))
        return .ticket(ticket.id)
    }
}

/// `OFFER DECLINE`: not this agent. The ticket keeps its age, and goes on ringing at the others it rings at.
public struct DeclineOffer: Decidable {
    public var ticket: TicketID
    public var by: AgentID
    public var token: String?
    public var reason: String?
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID) {
        self.ticket = ticket
        self.by = by
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        let by = try routing.agent(self.by)
        let round = try routing.round(of: ticket, offeredTo: by, token: token)
        var event = routing.ended(ticket, by, .declined, at: now)
        event.reason = reason
        events.append(.offerEnded(event))
        if let skip = routing.skip(ticket, by, .declined, department: ticket.department, at: now) {
            events.append(skip)
        }
        if round.isOverdue, round.offers.count == 1 { events += routing.waitedTooLong(ticket, rings: false, at: now) }
        return .ticket(ticket.id)
    }
}

extension Routing {
    /// The offers of a ticket, one of which must be the agent's.
    fileprivate func round(
        of ticket: Ticket, offeredTo agent: AgentIndex, token: String?
    ) throws(Rejection) -> OfferRound {
        guard let round = offers[ticket.id], let offer = round.offer(to: agent) else {
            let name = agents[agent.position].id.rawValue
            throw Rejection(.conflict, "ticket \(ticket.id.rawValue) is not offered to '\(name)'")
        }
        guard token.map({ $0 == String(offer.token) }) ?? true else {
            throw Rejection(
                .conflict,
                "the offer '\(token ?? "")' of ticket \(ticket.id.rawValue) ended; the present one is another")
        }
        return round
    }

    /// The event that ends an offer which the agent did not take.
    func ended(_ ticket: Ticket, _ agent: AgentIndex, _ outcome: OfferOutcome, at now: Timestamp) -> OfferEnded {
        var event = OfferEnded()
        event.ticket = ticket.id
        event.agent = agent
        event.outcome = outcome
        let backoff = settings(ticket.department, ticket.channel).backoff
        if backoff > .zero { event.backsOffUntil = now + backoff }
        return event
    }

    /// What happens when the ring time of a ticket's offers is over: everyone it rings at has missed it, and who has
    /// missed too many in a row is paused.
    func missed(_ round: OfferRound, _ shards: Shards, at now: Timestamp) throws(Rejection) -> [Event] {
        let ticket = try shards.existing(round.ticket, version: nil)
        let most = settings(ticket.department, ticket.channel).mostMissed
        var events: [Event] = []
        for offer in round.offers {
            events.append(.offerEnded(ended(ticket, offer.agent, .missed, at: now)))
            if let skip = skip(ticket, offer.agent, .missed, department: ticket.department, at: now) {
                events.append(skip)
            }
            let missed = agents[offer.agent.position].missed.inARow + 1
            guard most > 0, missed >= most else { continue }
            var pause = AgentPaused()
            pause.index = offer.agent
            pause.pause.reason = missed == 1 ? "missed an offer" : "missed \(missed) offers"
            pause.pause.since = now
            events.append(.agentPaused(pause))
        }
        let due = timers.due(.waitEnds(ticket.id))
        if round.isOverdue || due.map({ $0 <= now }) ?? false { events += waitedTooLong(ticket, rings: false, at: now) }
        return events
    }
}
