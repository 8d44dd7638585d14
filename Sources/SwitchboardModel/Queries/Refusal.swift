/// Why the balancer would not give an agent a ticket now.
struct Refusal {
    var reason: String
    /// When that ends by itself, where it does.
    var until: Timestamp?

    init(_ reason: String, until: Timestamp? = nil) {
        self.reason = reason
        self.until = until
    }

    var document: JSON { .record(members) }

    func document(of agent: Agent, _ more: [(String, JSON)]) -> JSON {
        .record([("agent", .string(agent.id.rawValue))] + members + more)
    }

    private var members: [(String, JSON)] {
        [("reason", .string(reason)), ("until", until.map { .time($0) } ?? .null)]
    }
}

extension Routing {
    /// Why the balancer would not give the ticket to the agent now, the one that lasts longest first; none when it would. First
    /// comes what does not end by itself, so that nobody waits for the end of a pause after which it is something else.
    func refusals(
        of agent: Agent, for ticket: TicketView, _ shards: Shards, at now: Timestamp
    ) -> [Refusal] {
        if let lasting = lastingRefusal(of: agent, for: ticket, at: now) { return [lasting] }
        if let round = offers[ticket.id], round.offer(to: agent.index) != nil {
            return [Refusal("it rings there", until: round.until)]
        }
        var reasons = absence(of: agent, ticket.channel)
        if agent.isBackingOff {
            let until = timers.due(.backoffEnds(agent.index))
            reasons.append(Refusal("left alone after an offer", until: untilBack(agent, until)))
        }
        if agent.blocked.contains(ticket.channel) {
            reasons.append(exclusion(of: agent, shards))
        } else if let full = fullness(of: agent, for: ticket, shards) {
            reasons.append(full)
        }
        if ticket.wants == nil { reasons += demandRefuses(agent, ticket, at: now) }
        // Of those that last equally long in the order in which they are looked at.
        let longest = Timestamp(milliseconds: .max)
        return reasons.enumerated().sorted { left, right in
            let (one, other) = (left.element.until ?? longest, right.element.until ?? longest)
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }

    /// What does not change before somebody changes it.
    private func lastingRefusal(of agent: Agent, for ticket: TicketView, at now: Timestamp) -> Refusal? {
        if ticket.agent == agent.index { return Refusal("owns it") }
        if let wants = ticket.wants, wants != agent.index {
            return Refusal("it waits for '\(agents[wants.position].id.rawValue)'")
        }
        if ticket.wants == nil {
            let needs = filed[ticket.id]?.demand.needs ?? needs(of: ticket.ticket, at: now)
            if let need = agent.traits.skills.lacks(needs) { return Refusal("lacks the skill \(need.text)") }
        }
        if agent.capacity[ticket.channel] == 0 { return Refusal("takes nothing of channel \(ticket.channel.name)") }
        if agent.capacity[ticket.channel] < UInt32(ticket.weight),
            let lack = agent.lack(ticket.channel, weight: ticket.weight)
        {
            return Refusal(lack)
        }
        if agent.presence == .online, agent.isOffDuty(ticket.department, ticket.channel) { return Refusal("off duty") }
        return nil
    }

    /// Why nothing of the channel is given to the agent, whatever it is.
    func absence(of agent: Agent, _ channel: Channel) -> [Refusal] {
        if agent.presence != .online {
            return [Refusal(agent.presence.name, until: timers.due(.recoveryEnds(agent.index)))]
        }
        var reasons: [Refusal] = []
        if agent.isPaused(channel) { reasons.append(Refusal("paused", until: agent.pause?.until)) }
        if agent.isAboutToPause(channel) { reasons.append(Refusal("about to be paused")) }
        if let wrapUp = agent.wrapUp { reasons.append(Refusal("in wrap-up", until: wrapUp.until)) }
        return reasons
    }

    /// Until then, or until the agent is back from a pause: what was given back or not answered before counts no more.
    private func untilBack(_ agent: Agent, _ until: Timestamp?) -> Timestamp? {
        guard let until, let back = agent.pause?.until else { return until }
        return min(until, back)
    }

    /// When the last offer at the agent has rung out.
    func ringsUntil(at agent: Agent) -> Timestamp? {
        agent.holds.offered.compactMap { offers[$0]?.until }.max()
    }

    /// What keeps all else away. What only rings is gone, or is held, when it has rung out.
    private func exclusion(of agent: Agent, _ shards: Shards) -> Refusal {
        let isHeld = Channel.allCases.contains { agent.traits.exclusive.contains($0) && !agent.holds[$0].isEmpty }
        guard !isHeld else { return Refusal("holds \(agent.exclusiveWork), which excludes it") }
        let ends = agent.holds.offered.compactMap { ticket -> Timestamp? in
            guard let channel = shards.ticket(ticket)?.channel, agent.traits.exclusive.contains(channel) else {
                return nil
            }
            return offers[ticket]?.until
        }
        return Refusal("\(agent.exclusiveWork) rings there, which excludes it", until: ends.max())
    }

    private func fullness(of agent: Agent, for ticket: TicketView, _ shards: Shards) -> Refusal? {
        guard !agent.hasRoom(ticket.channel) else {
            return agent.lack(ticket.channel, weight: ticket.weight).map { Refusal($0) }
        }
        let full = "full: \(agent.fullness(ticket.channel))"
        let isFullOfAll = agent.holds.total >= agent.openLimit
        var rings: [(until: Timestamp, weight: UInt32)] = []
        for id in agent.holds.offered {
            guard let until = offers[id]?.until, let other = shards.ticket(id) else { continue }
            if isFullOfAll || other.channel == ticket.channel { rings.append((until, UInt32(other.weight))) }
        }
        guard !rings.isEmpty else {
            let isOver = agent.holds[ticket.channel].contains {
                guard let held = shards.ticket($0) else { return false }
                return held.channel.conversationStatus != nil && !held.status.isConversation
            }
            return Refusal(full + (isOver ? ", one of them over and not resolved" : ""))
        }
        // Room when as much has rung out as is too much.
        rings.sort { $0.until < $1.until }
        var excess = Int64(agent.load(ticket.channel)) - Int64(agent.capacity[ticket.channel]) + 1
        if isFullOfAll { excess = max(excess, Int64(agent.holds.total) - Int64(agent.openLimit) + 1) }
        var end: Timestamp?
        for ring in rings where excess > 0 {
            excess -= isFullOfAll ? 1 : Int64(ring.weight)
            end = ring.until
        }
        return Refusal(full + ", what rings there included", until: excess > 0 ? nil : end)
    }

    /// Why what the ticket asks for keeps it from the agent.
    private func demandRefuses(_ agent: Agent, _ ticket: TicketView, at now: Timestamp) -> [Refusal] {
        let queue = QueueIndex(ticket.department, ticket.channel)
        let demand = filed[ticket.id]?.demand
        var reasons: [Refusal] = []
        if let reserved = demand?.reserved, reserved != agent.index, isThere(reserved, queue) {
            let until = filed[ticket.id]?.wish?.reservedUntil
            reasons.append(Refusal("it is kept for '\(agents[reserved.position].id.rawValue)'", until: until))
        }
        if isSkipped(ticket.id, agent.index) {
            let skip = skips[ticket.id]?.filter { $0.agent == agent.index }.max { $0.until < $1.until }
            if let skip { reasons.append(Refusal(skip.cause.text, until: untilBack(agent, skip.until))) }
        }
        let tier = agent.membership(in: ticket.department)?.tier ?? 0
        if let reach = demand?.reach, reach < .max {
            let before = staff[queue.department.position].tiers(before: tier, queue.channel)
            if before > reach {
                let step = settings(ticket.department, ticket.channel).tierWait
                let wait = TimeSpan(milliseconds: step.milliseconds * Int64(before))
                reasons.append(Refusal("tier \(tier) has to wait", until: ticket.queuedAt + wait))
            }
        }
        return reasons
    }
}
