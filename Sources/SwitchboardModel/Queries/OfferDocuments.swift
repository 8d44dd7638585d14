extension Routing {
    /// What rings at an agent: what must be answered first comes first.
    func offers(to agent: AgentIndex, _ range: ListRange, _ shards: Shards) throws(Rejection) -> [JSON] {
        var found: [(round: OfferRound, token: UInt64)] = []
        for ticket in agents[agent.position].holds.offered {
            guard let round = offers[ticket], let offer = round.offer(to: agent) else { continue }
            found.append((round, offer.token))
        }
        found.sort { ($0.round.until, $0.token) < ($1.round.until, $1.token) }
        let documents = found.enumerated().map { place, offer in
            JSON.record(
                [
                    ("ticket", .integer(Int64(offer.round.ticket.rawValue))),
                    ("token", .string(String(offer.token))),
                    ("agent", name(agent)),
                    ("since", .time(offer.round.since)),
                    ("until", .time(offer.round.until)),
                    ("rule", .string(offer.round.rule.name)),
                    ("shared_with", .integer(Int64(offer.round.offers.count - 1))),
                ] + (shards.view(offer.round.ticket).map { offered($0) } ?? []) + [
                    ("cursor", .string(String(place + 1)))
                ])
        }
        return try range.page(documents)
    }

    /// What an agent sees of a ticket before taking it.
    private func offered(_ ticket: TicketView) -> [(String, JSON)] {
        [
            ("channel", .string(ticket.channel.name)),
            ("dept", name(ticket.department)),
            ("priority", .integer(Int64(ticket.priority))),
            ("subject", .string(ticket.subject)),
            ("from", ticket.from.isEmpty ? .null : .string(ticket.from)),
            ("queued_at", .time(ticket.queuedAt)),
            ("callback", ticket.extras.callback.first.map { $0.document(of: ticket) } ?? .null),
        ]
    }

    /// At whom a ticket rings; `nil` when it does not.
    func describeOffers(of ticket: TicketID) -> JSON? {
        guard let round = offers[ticket] else { return nil }
        return .array(
            round.offers.map { offer in
                .record([
                    ("agent", name(offer.agent)), ("token", .string(String(offer.token))),
                    ("until", .time(round.until)),
                ])
            })
    }
}
