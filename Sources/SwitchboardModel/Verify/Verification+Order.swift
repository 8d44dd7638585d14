extension StateImage {
    /// No ticket was passed over: while a ticket waits, the balancer gives nobody who may have it a ticket of the same queue
    /// that comes after it.
    ///
    /// The rule, for a ticket W that waits in a queue, and an agent A. Let r be the last of the records since which W stands as it
    /// does: the last one that changed W; that in which what W asks for became less, or it last rang at somebody; that in which
    /// the settings or tiers of the queue were last changed. Then of all that the balancer gave or offered A from the queue in
    /// records after r nothing comes after W in the order of the queue, where A may have W.
    ///
    /// That holds because a ticket is given by the balancer only as the first of its queue that anybody free may have, and A was
    /// free, having been given something. What is given by hand or asked for (`ASSIGN`, `TAKE`, `NEXT`) is not the balancer's.
    /// Where it depends on third parties whether A could have been given W (a tier that waits for an earlier one, a ticket kept
    /// for another agent, `manual`), or on how many slots A had free (a ticket that takes several), nothing is compared; nor what
    /// was given before the snapshot that the server started from.
    func verifyOrder(_ result: inout Verification) {
        var given: [QueueIndex: [GrantedPlace]] = [:]
        for (position, grants) in routing.grants.byAgent.enumerated() {
            let agent = AgentIndex(UInt32(position))
            for queue in grants.queues {
                let grants = (queue.earlier + [queue.last]).filter {
                    $0.record > routing.queues[queue.queue.rawValue].settledIn
                }
                given[queue.queue, default: []] += grants.map { GrantedPlace(grant: $0, agent: agent) }
            }
        }
        for (queue, places) in given.sorted(by: { $0.key < $1.key }) {
            let waiting = routing.queues[queue.rawValue].waiting
            guard !waiting.isEmpty else { continue }
            let places = places.sorted { ($0.grant.entry, $0.agent) < ($1.grant.entry, $1.agent) }
            let isManual = routing.departments[queue.department.position].effective[queue.channel].strategy == .manual
            if !isManual { verifyOrder(of: waiting.plain, in: queue, places, &result) }
            for group in waiting.groups where !isManual || group.demand.only != nil {
                let those = places.filter { couldHave($0, group.demand) }
                verifyOrder(of: group.tickets, in: queue, those, &result)
            }
        }
    }

    /// - Parameter places: what was given of the queue to agents who could have had the tickets, in order.
    private func verifyOrder(
        of tickets: SortedBlocks<QueueEntry>, in queue: QueueIndex, _ places: [GrantedPlace],
        _ result: inout Verification
    ) {
        guard !places.isEmpty else { return }
        // Of each place and those behind it, what was given last.
        var lastFrom = places
        for place in places.indices.dropLast().reversed()
        where lastFrom[place + 1].grant.record > lastFrom[place].grant.record {
            lastFrom[place] = lastFrom[place + 1]
        }
        var next = 0
        for entry in tickets {
            while next < places.count, !(entry < places[next].grant.entry) { next += 1 }
            guard let since = standsSince(entry.ticket), since < lastFrom[0].grant.record else { continue }
            result.placesCompared += 1
            let passing = next < places.count && lastFrom[next].grant.record > since ? lastFrom[next] : nil
            result.check(
                passing == nil, passing.map { passedOver(entry.ticket, in: queue, since: since, by: $0) } ?? "")
        }
    }

    /// The last record that changed the ticket, or how it waits.
    private func standsSince(_ ticket: TicketID) -> LogSequenceNumber? {
        let shard = ShardDivision(among: tickets.count).shard(ticket.rawValue)
        guard let changed = tickets[shard].summary(ticket)?.lastRecord else { return nil }
        return routing.grants.settled[ticket].map { max($0, changed) } ?? changed
    }

    /// Whether the agent, who had room, could have been given what asks for this.
    private func couldHave(_ place: GrantedPlace, _ demand: Demand) -> Bool {
        guard demand.weight == TicketWeight.usual else { return false }
        if let only = demand.only { return only == place.agent }
        guard demand.reach == .max, demand.reserved == nil || demand.reserved == place.agent else { return false }
        let agent = routing.agents[place.agent.position]
        for mark in demand.skips where mark.agent == place.agent {
            guard agent.returnedIn != mark.returnedIn, agent.returnedIn < place.grant.record else { return false }
        }
        return demand.needs.isEmpty || agent.traits.skills.lacks(demand.needs) == nil
    }

    private func passedOver(
        _ ticket: TicketID, in queue: QueueIndex, since: LogSequenceNumber, by place: GrantedPlace
    ) -> String {
        "ticket \(ticket.rawValue) stands in \(routing.departments[queue.department.position].id.rawValue)/"
            + "\(queue.channel.name) as it does since record \(since.rawValue), and agent "
            + "'\(routing.agents[place.agent.position].id.rawValue)', who may have it, was given ticket "
            + "\(place.grant.entry.ticket.rawValue), which comes after it, in record \(place.grant.record.rawValue)"
    }
}

/// What somebody was given of a queue.
private struct GrantedPlace {
    var grant: Grant
    var agent: AgentIndex
}
