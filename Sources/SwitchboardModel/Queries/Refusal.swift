/// Why the balancer would not give an agent a ticket now.
struct Refusal {
    var reason: String
    /// When that ends by itself, where it does.
    var until: Timestamp?

    init(_ reason: String, until: Timestamp? = nil) {
        self.reason = reason
        self.until = until
    }
}

extension Routing {
    /// The one reason why the balancer would not give the ticket to the agent now; `nil` when it would. Of several the one that
    /// lasts longest: first what does not end by itself, so that nobody waits for the end of a pause after which it is
    /// something else.
    func refusal(of agent: Agent, for ticket: TicketView, at now: Timestamp) -> Refusal? {
        if ticket.agent == agent.index { return Refusal("owns it") }
        if let wants = ticket.wants, wants != agent.index {
            return Refusal("it waits for '\(agents[wants.position].id.rawValue)'")
        }
        if ticket.wants == nil {
            let needs = filed[ticket.id]?.demand.needs ?? needs(of: ticket.ticket, at: now)
            if let need = agent.traits.skills.lacks(needs) { return Refusal("lacks the skill \(need.text)") }
        }
        if agent.capacity[ticket.channel] < UInt32(ticket.weight),
            let lack = agent.lack(ticket.channel, weight: ticket.weight)
        {
            return Refusal(lack)
        }
        if let absent = absence(of: agent, ticket.channel) { return absent }
        if agent.isOffDuty(ticket.department, ticket.channel) { return Refusal("off duty") }
        if let round = offers[ticket.id], round.offer(to: agent.index) != nil {
            return Refusal("it rings there", until: round.until)
        }
        if agent.isBackingOff {
            return Refusal("left alone after an offer", until: timers.due(.backoffEnds(agent.index)))
        }
        if agent.blocked.contains(ticket.channel) {
            return Refusal("holds \(agent.exclusiveWork), which excludes it")
        }
        if let full = fullness(of: agent, for: ticket) { return Refusal(full) }
        return ticket.wants == nil ? demandRefuses(agent, ticket, at: now) : nil
    }

    /// Why nothing of the channel is given to the agent, whatever it is.
    private func absence(of agent: Agent, _ channel: Channel) -> Refusal? {
        if agent.presence != .online {
            return Refusal(agent.presence.name, until: timers.due(.recoveryEnds(agent.index)))
        }
        var reasons: [Refusal] = []
        if agent.isPaused(channel) { reasons.append(Refusal("paused", until: agent.pause?.until)) }
        if agent.isAboutToPause(channel) { reasons.append(Refusal("about to be paused")) }
        if let wrapUp = agent.wrapUp { reasons.append(Refusal("in wrap-up", until: wrapUp.until)) }
        // Of those that last equally long the first.
        let longest = Timestamp(milliseconds: .max)
        return reasons.max { ($0.until ?? longest) < ($1.until ?? longest) }
    }

    private func fullness(of agent: Agent, for ticket: TicketView) -> String? {
        if !agent.hasRoom(ticket.channel) {
            let rings = agent.holds.offered.isEmpty ? "" : ", what rings there included"
            return "full: \(agent.fullness(ticket.channel))\(rings)"
        }
        return agent.lack(ticket.channel, weight: ticket.weight)
    }

    /// Why what the ticket asks for keeps it from the agent.
    private func demandRefuses(_ agent: Agent, _ ticket: TicketView, at now: Timestamp) -> Refusal? {
        let queue = QueueIndex(ticket.department, ticket.channel)
        let demand = filed[ticket.id]?.demand
        if let reserved = demand?.reserved, reserved != agent.index, isThere(reserved, queue) {
            let until = timers.due(.ticketWidens(ticket.id))
            return Refusal("it is kept for '\(agents[reserved.position].id.rawValue)'", until: until)
        }
        if isSkipped(ticket.id, agent.index) {
            let until = skips[ticket.id]?.filter { $0.agent == agent.index }.map(\.until).max()
            return Refusal("gave it away, declined it or did not answer it", until: until)
        }
        let tier = agent.membership(in: ticket.department)?.tier ?? 0
        if let reach = demand?.reach, reach < .max,
            staff[queue.department.position].tiers(before: tier, queue.channel) > reach
        {
            return Refusal("tier \(tier) has to wait", until: timers.due(.ticketWidens(ticket.id)))
        }
        return nil
    }
}
