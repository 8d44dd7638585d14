/// A ticket that can be given to somebody now, and to whom.
struct Match: Sendable {
    var queue: QueueIndex
    var entry: QueueEntry
    var candidate: Candidate
    var rule: AssignmentRule

    /// Which of several heads is served first: the tier of who would be given it, then priority, queue time, id.
    func precedes(_ other: Match) -> Bool {
        if candidate.tier != other.candidate.tier { return candidate.tier < other.candidate.tier }
        if entry.priority != other.entry.priority { return entry.priority < other.entry.priority }
        if entry.queuedAt != other.entry.queuedAt { return entry.queuedAt < other.entry.queuedAt }
        return entry.ticket < other.entry.ticket
    }
}

extension Routing {
    /// The next assignment that is due, if any: of the heads of all queues that changed, the one served first.
    /// Queues in which nothing can be given are struck from the list.
    mutating func nextMatch() -> Match? {
        var best: Match?
        var place = 0
        while place < dirty.count {
            guard let match = match(in: dirty[place]) else {
                dirty.remove(at: place)
                continue
            }
            if best.map({ match.precedes($0) }) ?? true { best = match }
            place += 1
        }
        return best
    }

    /// The first ticket of the queue, in its order, that somebody may be given, and who that is. A ticket that nobody
    /// free may take does not stop those behind it, and those that ask for the same are looked at once.
    private mutating func match(in queue: QueueIndex) -> Match? {
        guard let first = queues[queue.rawValue].candidates.first else { return nil }
        let strategy = servingStrategy(queue)
        var found: Match?
        if strategy != .manual, let head = queues[queue.rawValue].waiting.plain.first {
            found = match(head, Demand(), first, queue, strategy)
        }
        guard !queues[queue.rawValue].waiting.groups.isEmpty else { return found }
        for place in queues[queue.rawValue].waiting.groups.indices {
            let group = queues[queue.rawValue].waiting.groups[place]
            guard !group.isHopeless, strategy != .manual || group.demand.only != nil else { continue }
            guard let head = group.tickets.first, found.map({ head < $0.entry }) ?? true else { continue }
            if let candidate = candidate(for: group.demand, in: queue) {
                found = match(head, group.demand, candidate, queue, strategy)
            } else {
                queues[queue.rawValue].waiting.mark(place, isHopeless: true)
            }
        }
        return found
    }

    /// `first`: who is to have it, unless the customer's last agent may.
    private func match(
        _ entry: QueueEntry, _ demand: Demand, _ first: Candidate, _ queue: QueueIndex, _ strategy: Strategy
    ) -> Match {
        if demand.only != nil { return Match(queue: queue, entry: entry, candidate: first, rule: .wanted) }
        if !filed.isEmpty, let agent = filed[entry.ticket]?.wish?.prefers, isFree(agent, queue.channel),
            let membership = agents[agent.position].membership(in: queue.department),
            !membership.offDuty.contains(queue.channel),
            suits(agent, tier: membership.tier, demand, queue)
        {
            let candidate = candidate(agent, membership, queue.channel)
            return Match(queue: queue, entry: entry, candidate: candidate, rule: .lastAgent)
        }
        return Match(queue: queue, entry: entry, candidate: first, rule: AssignmentRule(strategy))
    }

    /// The first candidate who may have what asks for this.
    func candidate(for demand: Demand, in queue: QueueIndex) -> Candidate? {
        if let only = demand.only {
            guard isFree(only, queue.channel), fits(only, demand, queue),
                let membership = agents[only.position].membership(in: queue.department),
                !membership.offDuty.contains(queue.channel)
            else { return nil }
            return candidate(only, membership, queue.channel)
        }
        return queues[queue.rawValue].candidates.first { suits($0.agent, tier: $0.tier, demand, queue) }
    }

    /// As the balancer would find it, without relying on any mark: a ticket that waits although somebody may have it.
    func overlooked(in queue: QueueIndex) -> (ticket: TicketID, agent: AgentIndex)? {
        let strategy = servingStrategy(queue)
        let waiting = queues[queue.rawValue].waiting
        guard let first = queues[queue.rawValue].candidates.first else { return nil }
        if strategy != .manual, let head = waiting.plain.first { return (head.ticket, first.agent) }
        for group in waiting.groups where strategy != .manual || group.demand.only != nil {
            if let candidate = candidate(for: group.demand, in: queue), let head = group.tickets.first {
                return (head.ticket, candidate.agent)
            }
        }
        return nil
    }

    /// The event that carries out a match.
    func assignment(_ match: Match, at now: Timestamp) -> TicketOwnerChanged {
        var event = TicketOwnerChanged()
        event.ticket = match.entry.ticket
        event.owner = match.candidate.agent
        event.rule = match.rule
        event.by = .automatic
        event.free = UInt32(clamping: queues[match.queue.rawValue].candidates.count)
        event.term = term(of: match.candidate, match.queue, match.rule, at: now)
        if match.rule == .roundRobin {
            event.turn = departments[match.queue.department.position].turn[match.queue.channel] + 1
        }
        return event
    }

    /// What the rule goes by, in its own terms.
    @inline(__always)
    func term(
        of candidate: Candidate, _ queue: QueueIndex, _ rule: AssignmentRule, at now: Timestamp
    ) -> UInt64 {
        switch rule {
        case .leastLoaded, .maxUtilisation: UInt64(agents[candidate.agent.position].load(queue.channel))
        case .roundRobin, .fewestContacts, .topDown: candidate.key
        case .longestIdle: UInt64(clamping: now.milliseconds &- candidate.idleSince.milliseconds)
        case .weighted: UInt64(agents[candidate.agent.position].traits.weight)
        default: 0
        }
    }

    /// Looks at every queue again: after a start, when nothing should be left to give.
    mutating func markAllDirty() {
        for department in 0..<departments.count {
            for channel in Channel.allCases { markDirty(QueueIndex(DepartmentIndex(UInt32(department)), channel)) }
        }
    }

    /// The best ticket that waits for anyone with the agent's skills, or for this agent, in the agent's queues of the channel. Skip
    /// lists and tiers do not hold: the agent asked.
    ///
    /// - Parameter fitting: only what the agent, who has a free slot, has enough of them for.
    func bestWaiting(for agent: AgentIndex, _ channel: Channel, fitting: Bool) -> QueueEntry? {
        var best: (tier: UInt16, entry: QueueEntry)?
        for membership in agents[agent.position].memberships {
            let queue = QueueIndex(membership.department, channel)
            var head = queues[queue.rawValue].waiting.plain.first
            for group in queues[queue.rawValue].waiting.groups where mayAskFor(group.demand, agent, queue) {
                if fitting, !fits(agent, group.demand, queue) { continue }
                if let first = group.tickets.first, head.map({ first < $0 }) ?? true { head = first }
            }
            guard let head else { continue }
            let precedes =
                best.map { best in
                    (membership.tier, head.priority, head.queuedAt.milliseconds, head.ticket.rawValue)
                        < (best.tier, best.entry.priority, best.entry.queuedAt.milliseconds, best.entry.ticket.rawValue)
                } ?? true
            if precedes { best = (membership.tier, head) }
        }
        return best?.entry
    }
}
