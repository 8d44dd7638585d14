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
    func refusals(of agent: Agent, for ticket: TicketView, at now: Timestamp) -> [Refusal] {
        if let lasting = lastingRefusal(of: agent, for: ticket, at: now) { return [lasting] }
        if let round = offers[ticket.id], round.offer(to: agent.index) != nil {
            return [Refusal("it rings there", until: round.until)]
        }
        var reasons = absence(of: agent, ticket.channel)
        if agent.isBackingOff {
            reasons.append(Refusal("left alone after an offer", until: timers.due(.backoffEnds(agent.index))))
        }
        let ringsUntil = ringsUntil(at: agent)
        if agent.blocked.contains(ticket.channel) {
            let rings = agent.exclusiveRingsOnly ? ringsUntil : nil
            let verb = rings == nil ? "holds \(agent.exclusiveWork)" : "\(agent.exclusiveWork) rings there"
            reasons.append(Refusal("\(verb), which excludes it", until: rings))
        } else if let full = fullness(of: agent, for: ticket) {
            // What only rings is gone, or is held, when it has rung out.
            reasons.append(Refusal(full, until: agent.isFullOfRings(ticket.channel) ? ringsUntil : nil))
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
    private func absence(of agent: Agent, _ channel: Channel) -> [Refusal] {
        if agent.presence != .online {
            return [Refusal(agent.presence.name, until: timers.due(.recoveryEnds(agent.index)))]
        }
        var reasons: [Refusal] = []
        if agent.isPaused(channel) { reasons.append(Refusal("paused", until: agent.pause?.until)) }
        if agent.isAboutToPause(channel) { reasons.append(Refusal("about to be paused")) }
        if let wrapUp = agent.wrapUp { reasons.append(Refusal("in wrap-up", until: wrapUp.until)) }
        return reasons
    }

    /// When the last offer at the agent has rung out.
    func ringsUntil(at agent: Agent) -> Timestamp? {
        agent.holds.offered.compactMap { offers[$0]?.until }.max()
    }

    private func fullness(of agent: Agent, for ticket: TicketView) -> String? {
        if !agent.hasRoom(ticket.channel) {
            let rings = agent.holds.offered.isEmpty ? "" : ", what rings there included"
            return "full: \(agent.fullness(ticket.channel))\(rings)"
        }
        return agent.lack(ticket.channel, weight: ticket.weight)
    }

    /// Why what the ticket asks for keeps it from the agent.
    private func demandRefuses(_ agent: Agent, _ ticket: TicketView, at now: Timestamp) -> [Refusal] {
        let queue = QueueIndex(ticket.department, ticket.channel)
        let demand = filed[ticket.id]?.demand
        var reasons: [Refusal] = []
        if let reserved = demand?.reserved, reserved != agent.index, isThere(reserved, queue) {
            let until = timers.due(.ticketWidens(ticket.id))
            reasons.append(Refusal("it is kept for '\(agents[reserved.position].id.rawValue)'", until: until))
        }
        if isSkipped(ticket.id, agent.index) {
            let skip = skips[ticket.id]?.filter { $0.agent == agent.index }.max { $0.until < $1.until }
            if let skip { reasons.append(Refusal(skip.cause.text, until: skip.until)) }
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

extension Agent {
    /// Whether what excludes all else only rings.
    fileprivate var exclusiveRingsOnly: Bool {
        Channel.allCases.allSatisfy { !traits.exclusive.contains($0) || holds[$0].isEmpty }
    }

    /// Whether there would be room on the channel if nothing rang; of tickets that take several slots it is not known.
    fileprivate func isFullOfRings(_ channel: Channel) -> Bool {
        let held = Channel.allCases.reduce(0) { $0 + holds[$1].count }
        return !holds.offered.isEmpty && holds[channel].count < capacity[channel] && held < openLimit
    }
}
