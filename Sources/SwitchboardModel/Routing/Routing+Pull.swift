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
    /// free may take does not stop those behind it.
    private func match(in queue: QueueIndex) -> Match? {
        guard let first = queues[queue.rawValue].candidates.first else { return nil }
        let strategy = servingStrategy(queue)
        let onlyWanting = strategy == .manual
        if onlyWanting, queues[queue.rawValue].wanting == 0 { return nil }
        // Nearly always the head goes to the first: without an iterator, which counts references.
        if !onlyWanting, let head = queues[queue.rawValue].waiting.first, head.wants == nil, skips[head.ticket] == nil {
            return Match(queue: queue, entry: head, candidate: first, rule: AssignmentRule(strategy))
        }
        let candidates = queues[queue.rawValue].candidates
        var found: Match?
        for entry in queues[queue.rawValue].waiting {
            if let wants = entry.wants {
                if isFree(wants, queue.channel),
                    let membership = agents[wants.position].membership(in: queue.department)
                {
                    let candidate = candidate(wants, membership, queue.channel)
                    found = Match(queue: queue, entry: entry, candidate: candidate, rule: .wanted)
                }
            } else if !onlyWanting {
                let free =
                    skips[entry.ticket] == nil
                    ? first : candidates.first { !isSkipped(entry.ticket, $0.agent) }
                if let free {
                    found = Match(queue: queue, entry: entry, candidate: free, rule: AssignmentRule(strategy))
                }
            }
            if found != nil { break }
        }
        return found
    }

    /// The event that carries out a match.
    func assignment(_ match: Match) -> TicketOwnerChanged {
        var event = TicketOwnerChanged()
        event.ticket = match.entry.ticket
        event.owner = match.candidate.agent
        event.rule = match.rule
        event.by = .automatic
        if match.rule == .roundRobin {
            event.turn = departments[match.queue.department.position].turn[match.queue.channel] + 1
        }
        return event
    }

    /// Looks at every queue again: after a start, when nothing should be left to give.
    mutating func markAllDirty() {
        for department in 0..<departments.count {
            for channel in Channel.allCases { markDirty(QueueIndex(DepartmentIndex(UInt32(department)), channel)) }
        }
    }

    /// The best ticket that waits for anyone, or for this agent, in the agent's queues of the channel. Skip lists do
    /// not hold: the agent asked.
    func bestWaiting(for agent: AgentIndex, _ channel: Channel) -> QueueEntry? {
        var best: (tier: UInt16, entry: QueueEntry)?
        for membership in agents[agent.position].memberships {
            let queue = QueueIndex(membership.department, channel)
            let head = queues[queue.rawValue].waiting.first { $0.wants == nil || $0.wants == agent }
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
