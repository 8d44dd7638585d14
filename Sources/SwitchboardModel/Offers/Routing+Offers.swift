extension Routing {
    /// How many agents ring for one ticket at most.
    static let mostOffersAtOnce = 50

    /// Whether what the queue gives is offered first. `ring_all` is nothing without it.
    func isOffering(_ queue: QueueIndex) -> Bool {
        let settings = settings(queue.department, queue.channel)
        return settings.assignment == .offer || settings.strategy == .ringAll
    }

    /// The event that offers the ticket of a match to the agent who was picked, and with `offers=` or `ring_all` to
    /// those who come next, in their order: with `ring_all` those of the same tier.
    func offering(_ match: Match, at now: Timestamp) -> OffersMade {
        let settings = settings(match.queue.department, match.queue.channel)
        var event = OffersMade()
        event.round.ticket = match.entry.ticket
        event.round.rule = match.rule
        event.round.since = now
        event.round.until = now + settings.ring
        event.round.free = UInt32(clamping: queues[match.queue.rawValue].candidates.count)
        let term = term(of: match.candidate, match.queue, match.rule, at: now)
        event.round.offers = [Offer(agent: match.candidate.agent, token: lastOffer + 1, term: term)]
        if match.rule == .roundRobin {
            event.turn = departments[match.queue.department.position].turn[match.queue.channel] + 1
        }
        guard match.rule != .wanted, match.rule != .lastAgent else { return event }
        let demand = filed[match.entry.ticket]?.demand ?? Demand()
        let ringsAll = settings.strategy == .ringAll
        let most = ringsAll ? Self.mostOffersAtOnce : min(Int(settings.offers), Self.mostOffersAtOnce)
        guard most > 1 else { return event }
        for candidate in queues[match.queue.rawValue].candidates {
            guard event.round.offers.count < most else { break }
            if ringsAll, candidate.tier > match.candidate.tier { break }
            // Who may not have it stands before, and is not asked.
            if ringsAll, candidate.tier < match.candidate.tier { continue }
            guard candidate.agent != match.candidate.agent,
                suits(candidate.agent, tier: candidate.tier, demand, match.queue)
            else { continue }
            let token = lastOffer + UInt64(event.round.offers.count) + 1
            let term = self.term(of: candidate, match.queue, match.rule, at: now)
            event.round.offers.append(Offer(agent: candidate.agent, token: token, term: term))
        }
        return event
    }

    /// - Parameter placement: the ticket's.
    mutating func apply(_ event: OffersMade, _ placement: Placement, at time: Timestamp, record: LogSequenceNumber) {
        guard case .waiting(let wants) = placement.kind else { return }
        let round = event.round
        let wish = filed[round.ticket]?.wish
        removeWaiting(round.ticket, placement, wants: wants)
        offers[round.ticket] = round
        insertWaiting(round.ticket, placement, wants: wants, wish: wish)
        for offer in round.offers {
            lastOffer = max(lastOffer, offer.token)
            noteGrant(of: round.ticket, placement, to: offer.agent, record: record)
            changeOffers(offer.agent, placement.channel, record: record) {
                $0.addOffer(round.ticket, placement.channel, weight: placement.weight)
            }
        }
        if event.turn > 0, let first = round.offers.first { recordTurn(event.turn, first.agent, placement) }
        if round.rule == .random || round.rule == .weighted {
            for offer in round.offers { recordDraw(offer.agent, placement) }
        }
        timers.set(.offersEnd(round.ticket), due: round.until)
    }

    /// - Parameter placement: the ticket's.
    mutating func apply(_ event: OfferEnded, _ placement: Placement, at time: Timestamp, record: LogSequenceNumber) {
        guard case .waiting(let wants) = placement.kind, var round = offers[event.ticket],
            let place = round.offers.firstIndex(where: { $0.agent == event.agent })
        else { return }
        round.offers.remove(at: place)
        if round.offers.isEmpty {
            let wish = filed[event.ticket]?.wish
            removeWaiting(event.ticket, placement, wants: wants)
            offers[event.ticket] = nil
            insertWaiting(event.ticket, placement, wants: wants, wish: wish)
            grants.settle(event.ticket, in: record)
            timers.cancel(.offersEnd(event.ticket))
        } else {
            offers[event.ticket] = round
        }
        changeOffers(event.agent, placement.channel, record: record) {
            $0.removeOffer(event.ticket, placement.channel, weight: placement.weight)
        }
        noteOutcome(event, record: record)
    }

    private mutating func noteOutcome(_ event: OfferEnded, record: LogSequenceNumber) {
        switch event.outcome {
        case .accepted:
            agents[event.agent.position].missed.inARow = 0
        case .missed:
            agents[event.agent.position].missed.inARow += 1
            agents[event.agent.position].missed.total += 1
        case .declined, .rescinded, .callerGone:
            break
        }
        guard let until = event.backsOffUntil else { return }
        changeAgent(event.agent, record: record) { $0.missed.backsOffUntil = until }
        timers.set(.backoffEnds(event.agent), due: until)
    }

    mutating func apply(_ event: BackoffEnded, record: LogSequenceNumber) {
        changeAgent(event.index, record: record) { $0.missed.backsOffUntil = nil }
        timers.cancel(.backoffEnds(event.index))
    }

    /// The agent begins anew: came online, or was resumed.
    mutating func forgiveMisses(_ agent: AgentIndex, record: LogSequenceNumber) {
        guard agents[agent.position].missed.inARow > 0 || agents[agent.position].missed.backsOffUntil != nil else {
            return
        }
        changeAgent(agent, record: record) { agent in
            agent.missed.inARow = 0
            agent.missed.backsOffUntil = nil
        }
        timers.cancel(.backoffEnds(agent))
    }

    /// Whether one more ticket fits: this one, which may ring at the agent and hold its slots already.
    func hasRoom(_ agent: AgentIndex, for ticket: Ticket) -> Bool {
        agents[agent.position].hasRoom(ticket.channel, weight: ticket.weight)
            || offers[ticket.id]?.offer(to: agent) != nil
    }
}
