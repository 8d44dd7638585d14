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
    /// The one reason why the balancer would not give the ticket to the agent now; `nil` when it would.
    func refusal(of agent: Agent, for ticket: TicketView, at now: Timestamp) -> Refusal? {
        if let absent = absence(of: agent, ticket.channel) { return absent }
        if ticket.agent == agent.index { return Refusal("owns it") }
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
        if let wants = ticket.wants, wants != agent.index {
            return Refusal("it waits for '\(agents[wants.position].id.rawValue)'")
        }
        guard ticket.wants == nil else { return nil }
        return demandRefuses(agent, ticket, at: now)
    }

    /// Why nothing of the channel is given to the agent, whatever it is.
    private func absence(of agent: Agent, _ channel: Channel) -> Refusal? {
        if agent.presence != .online {
            return Refusal(agent.presence.name, until: timers.due(.recoveryEnds(agent.index)))
        }
        if let wrapUp = agent.wrapUp { return Refusal("in wrap-up", until: wrapUp.until) }
        if agent.isAboutToPause(channel) { return Refusal("about to be paused") }
        if agent.isPaused(channel) { return Refusal("paused", until: agent.pause?.until) }
        return nil
    }

    private func fullness(of agent: Agent, for ticket: TicketView) -> String? {
        let lack = agent.lack(ticket.channel, weight: ticket.weight)
        if let lack, agent.capacity[ticket.channel] < UInt32(ticket.weight) { return lack }
        if !agent.hasRoom(ticket.channel) {
            let rings = agent.holds.offered.isEmpty ? "" : ", what rings there included"
            return "full: \(agent.fullness(ticket.channel))\(rings)"
        }
        return lack
    }

    /// Why what the ticket asks for keeps it from the agent.
    private func demandRefuses(_ agent: Agent, _ ticket: TicketView, at now: Timestamp) -> Refusal? {
        let queue = QueueIndex(ticket.department, ticket.channel)
        let demand = filed[ticket.id]?.demand
        if let reserved = demand?.reserved, reserved != agent.index, isThere(reserved, queue) {
            let until = timers.due(.ticketWidens(ticket.id))
            return Refusal("it is kept for '\(agents[reserved.position].id.rawValue)'", until: until)
        }
        let needs = demand?.needs ?? needs(of: ticket.ticket, at: now)
        if let need = agent.traits.skills.lacks(needs) { return Refusal("lacks the skill \(need.text)") }
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
