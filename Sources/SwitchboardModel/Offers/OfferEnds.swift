extension Routing {
    /// Puts the end of every offer that a record's events take the ground from before the event that does it: an offer
    /// of a ticket that goes elsewhere or to somebody, and an offer to an agent who goes away. So no command and no timer
    /// needs to think of offers, and none rings for a caller who is gone.
    func endOffers(in events: inout [Event], _ shards: Shards, at now: Timestamp) {
        guard !offers.isEmpty else { return }
        var result: [Event] = []
        var ended: [OfferEnded] = []
        func end(_ ticket: TicketID, _ agent: AgentIndex, _ outcome: OfferOutcome) {
            guard !ended.contains(where: { $0.ticket == ticket && $0.agent == agent }) else { return }
            var event = OfferEnded()
            event.ticket = ticket
            event.agent = agent
            event.outcome = outcome
            ended.append(event)
            result.append(.offerEnded(event))
        }
        for event in events {
            if case .offerEnded(let event) = event { ended.append(event) }
            if let (ticket, outcome) = event.endsOffersOfTicket {
                for offer in offers[ticket]?.offers ?? [] { end(ticket, offer.agent, outcome) }
            }
            if let agent = event.mayEndOffersOfAgent {
                for ticket in agents[agent.position].holds.offered {
                    guard let held = shards.ticket(ticket), event.endsOffer(of: held) else { continue }
                    end(ticket, agent, .rescinded)
                    // What has waited too long goes on when nobody is asked any more.
                    guard let round = offers[ticket], round.isOverdue else { continue }
                    let isLast = round.offers.allSatisfy { offer in
                        ended.contains { $0.ticket == ticket && $0.agent == offer.agent }
                    }
                    guard isLast else { continue }
                    var timed = TicketWaitTimed()
                    timed.ticket = ticket
                    timed.until = now
                    result.append(.ticketWaitTimed(timed))
                }
            }
            result.append(event)
        }
        events = result
    }
}

extension Event {
    /// The ticket that cannot be offered any more once this has happened.
    fileprivate var endsOffersOfTicket: (TicketID, OfferOutcome)? {
        switch self {
        case .ticketOwnerChanged(let event): (event.ticket, .rescinded)
        case .ticketTransferred(let event): (event.ticket, .rescinded)
        case .ticketMerged(let event): (event.ticket, .rescinded)
        case .ticketPurged(let event): (event.ticket, .rescinded)
        case .ticketStatusChanged(let event):
            event.status.needsAgent ? nil : (event.ticket, event.hungUp ? .callerGone : .rescinded)
        default: nil
        }
    }

    /// The agent who perhaps cannot be offered anything any more once this has happened.
    fileprivate var mayEndOffersOfAgent: AgentIndex? {
        switch self {
        case .agentPresenceChanged(let event): event.presence == .online ? nil : event.index
        case .agentPaused(let event): event.index
        case .agentPauseAsked(let event): event.request?.stage == .work ? event.index : nil
        case .agentWrapUpBegun(let event): event.index
        case .agentRemoved(let event): event.index
        case .agentChanged(let event): event.changesMemberships ? event.index : nil
        default: nil
        }
    }

    /// Whether the agent cannot be offered this ticket any more.
    fileprivate func endsOffer(of ticket: Ticket) -> Bool {
        switch self {
        case .agentPaused(let event): event.pause.channels.contains(ticket.channel)
        case .agentPauseAsked(let event): event.request?.channels.contains(ticket.channel) ?? false
        case .agentChanged(let event): !event.memberships.contains { $0.department == ticket.department }
        default: true
        }
    }
}
