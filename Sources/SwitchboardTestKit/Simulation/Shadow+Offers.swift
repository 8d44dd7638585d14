import SwitchboardModel

extension Shadow {
    /// A ticket that rings at an agent.
    struct Ring: Equatable {
        var ticket: UInt64
        var agent: Int
        var token: UInt64
        var until: Timestamp
        var rule: AssignmentRule
    }

    /// The channel of a ticket, by its id.
    func channel(_ ticket: UInt64) -> Channel { tickets[Int(ticket) - 1].channel }

    func isRinging(_ ticket: UInt64) -> Bool { rings.contains { $0.ticket == ticket } }

    /// The balancer offers the ticket to those whose turn it is, and to no more of them than it should.
    func check(_ made: OffersMade, at now: Timestamp) throws(Violation) {
        let id = made.round.ticket.rawValue
        let asked = made.round.offers.map { Int($0.agent.rawValue) }
        let what = "ticket \(id) is offered to \(asked.map { agents[$0].id })"
        guard let first = asked.first, let choice = choice() else {
            throw Violation(.eligibility, "\(what), but nothing is to be offered")
        }
        try require(choice.ticket == id, .order, "\(what), but \(choice.ticket) comes first")
        try require(
            choice.agent == first || choice.lot.contains(first), .strategy,
            "\(what), but it is the turn of '\(agents[choice.agent].id)'")
        try require(choice.rule == made.round.rule, .strategy, "\(what), but the rule is \(choice.rule.name)")
        let ticket = tickets[Int(id) - 1]
        let department = departments[ticket.department]
        try require(department.isOffering(ticket.channel), .strategy, "\(what), but is to be given at once")
        try require(
            made.round.until == now + department.ring(ticket.channel), .time, "\(what) for another time than it rings")
        try require(
            made.round.offers.allSatisfy { offer in offer.token > lastToken }, .identifiers, "\(what) with an old token"
        )
        let right = invited(for: ticket, choice)
        func tiers(_ agents: [Int]) -> [UInt16?] { agents.map { self.agents[$0].place(ticket.department)?.tier } }
        // Who is picked by lot may be any of the tier.
        let isRight =
            choice.lot.isEmpty
            ? asked == right
            : tiers(asked) == tiers(right) && Set(asked).count == asked.count
                && asked.allSatisfy { may($0, have: ticket) }
        try require(isRight, .strategy, "\(what), not to \(right.map { agents[$0].id })")
    }

    /// Who is asked at once.
    private func invited(for ticket: Ticket, _ choice: Choice) -> [Int] {
        guard ticket.wants == nil, choice.rule != .lastAgent else { return [choice.agent] }
        let department = departments[ticket.department]
        let ranked = ranked(ticket.department, ticket.channel, loads()).filter { may($0, have: ticket) }
        if department.strategy(ticket.channel) == .ringAll {
            let tier = choice.tier
            return Array(ranked.filter { agents[$0].place(ticket.department)?.tier == tier }.prefix(50))
        }
        return Array(ranked.prefix(department.offers(ticket.channel)))
    }

    mutating func follow(_ made: OffersMade) {
        for offer in made.round.offers {
            lastToken = max(lastToken, offer.token)
            rings.append(
                Ring(
                    ticket: made.round.ticket.rawValue, agent: Int(offer.agent.rawValue), token: offer.token,
                    until: made.round.until, rule: made.round.rule))
        }
        if made.round.rule == .roundRobin, let first = made.round.offers.first {
            countPick(Int(first.agent.rawValue), tickets[Int(made.round.ticket.rawValue) - 1])
        }
    }

    mutating func follow(_ ended: OfferEnded, _ record: SimulatedRecord) throws(Violation) {
        let (id, agent) = (ended.ticket.rawValue, Int(ended.agent.rawValue))
        let what = "the offer of ticket \(id) to '\(agents[agent].id)' is \(ended.outcome.name)"
        guard let ring = rings.first(where: { $0.ticket == id && $0.agent == agent }) else {
            throw Violation(.owners, "\(what), but it does not ring there")
        }
        rings.removeAll { $0 == ring }
        stopped.append(ring)
        switch ended.outcome {
        case .missed: try require(ring.until == record.time, .time, "\(what) before or after its time")
        case .accepted:
            guard case .acceptOffer = record.command else { throw Violation(.owners, "\(what) by nobody") }
        case .declined, .rescinded, .callerGone: break
        }
        if ended.outcome == .missed || ended.outcome == .declined {
            let backoff = departments[tickets[Int(id) - 1].department].backoff(channel(id))
            agents[agent].backsOffUntil = backoff > .zero ? record.time + backoff : agents[agent].backsOffUntil
        }
    }

    /// Of an answer to ticket 0, which means what rings: the answer to it.
    func meant(_ command: Command) -> Command? {
        guard command.ticket == TicketID(0), let ring = rings.first else { return nil }
        switch command {
        case .acceptOffer(var command):
            command.ticket = TicketID(ring.ticket)
            return .acceptOffer(command)
        case .declineOffer(var command):
            command.ticket = TicketID(ring.ticket)
            return .declineOffer(command)
        default: return nil
        }
    }

    /// What rings waits, rings in time, and at agents who are there.
    func checkRings(at now: Timestamp) throws(Violation) {
        for ring in rings {
            let ticket = tickets[Int(ring.ticket) - 1]
            let what = "ticket \(ring.ticket) rings at '\(agents[ring.agent].id)'"
            try require(ticket.waits, .owners, "\(what) and does not wait")
            try require(isAvailable(ring.agent, ticket.channel), .eligibility, "\(what), who is away or paused")
            try require(
                agents[ring.agent].place(ticket.department) != nil, .eligibility,
                "\(what), who is not in its department")
        }
    }

    func compareRings(_ seen: SeenState) throws(Violation) {
        for (index, agent) in agents.enumerated() {
            let right = rings.filter { $0.agent == index }.map { TicketID($0.ticket) }.sorted()
            try require(
                seen.derived.offered[index] == right, .owners,
                "at '\(agent.id)' ring \(seen.derived.offered[index].map(\.rawValue)), not \(right.map(\.rawValue))")
            try require(
                seen.agents[index].missed.backsOffUntil == agent.backsOffUntil, .records,
                "'\(agent.id)' is left alone until another time")
            try require(
                agent.backsOffUntil.map { $0 > seen.now } ?? true, .time, "'\(agent.id)' is left alone for too long")
        }
        for ring in rings {
            try require(ring.until > seen.now, .time, "ticket \(ring.ticket) rings for too long")
        }
    }
}

extension Shadow.Department {
    func isOffering(_ channel: Channel) -> Bool {
        strategy(channel) == .ringAll
            || (settings.own[channel].assignment ?? settings.base.assignment ?? .direct) == .offer
    }
    func ring(_ channel: Channel) -> TimeSpan { settings.own[channel].ring ?? settings.base.ring ?? .seconds(30) }
    func offers(_ channel: Channel) -> Int { Int(settings.own[channel].offers ?? settings.base.offers ?? 1) }
    func backoff(_ channel: Channel) -> TimeSpan { settings.own[channel].backoff ?? settings.base.backoff ?? .zero }
}
