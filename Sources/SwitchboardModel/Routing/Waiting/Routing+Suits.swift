extension Routing {
    /// Whether the balancer may give the agent, who has a free slot, a ticket that asks for this.
    func suits(_ agent: AgentIndex, tier: UInt16, _ demand: Demand, _ queue: QueueIndex) -> Bool {
        guard fits(agent, demand, queue) else { return false }
        if let only = demand.only { return only == agent }
        if let reserved = demand.reserved, reserved != agent, isThere(reserved, queue) { return false }
        if !demand.needs.isEmpty, agents[agent.position].traits.skills.lacks(demand.needs) != nil { return false }
        for mark in demand.skips where mark.agent == agent {
            if agents[agent.position].returnedIn == mark.returnedIn { return false }
        }
        return demand.reach == .max
            || staff[queue.department.position].tiers(before: tier, queue.channel) <= demand.reach
    }

    /// Whether the agent, who has a free slot, has as many as it takes.
    @inline(__always)
    func fits(_ agent: AgentIndex, _ demand: Demand, _ queue: QueueIndex) -> Bool {
        demand.weight == TicketWeight.usual || fits(agent, weight: demand.weight, queue.channel)
    }

    func fits(_ agent: AgentIndex, weight: UInt8, _ channel: Channel) -> Bool {
        let place = agent.position
        return UInt64(agents[place].holds.load[channel]) + UInt64(weight) <= UInt64(agents[place].capacity[channel])
    }

    /// Whether an agent who asks for work may have it, room apart: neither skips nor tiers are looked at.
    func mayAskFor(_ demand: Demand, _ agent: AgentIndex, _ queue: QueueIndex) -> Bool {
        if let only = demand.only { return only == agent }
        if let reserved = demand.reserved, reserved != agent, isThere(reserved, queue) { return false }
        return demand.needs.isEmpty || agents[agent.position].traits.skills.lacks(demand.needs) == nil
    }

    /// Whether the agent could be given something of the queue, room apart.
    func isThere(_ agent: AgentIndex, _ queue: QueueIndex) -> Bool {
        guard agents[agent.position].isAvailable(queue.channel),
            let membership = agents[agent.position].membership(in: queue.department)
        else { return false }
        return !membership.offDuty.contains(queue.channel)
    }

    /// The agent has become a candidate: who waits in vain may have waited for them.
    @inline(never)
    mutating func unmarkHopeless(_ queue: QueueIndex, for candidate: Candidate) {
        for place in queues[queue.rawValue].waiting.groups.indices
        where queues[queue.rawValue].waiting.groups[place].isHopeless {
            let demand = queues[queue.rawValue].waiting.groups[place].demand
            if suits(candidate.agent, tier: candidate.tier, demand, queue) {
                queues[queue.rawValue].waiting.mark(place, isHopeless: false)
            }
        }
    }

    /// Who is there changed, so that others may be given what waits.
    mutating func reconsider(_ queue: QueueIndex) {
        guard !queues[queue.rawValue].waiting.groups.isEmpty else { return }
        queues[queue.rawValue].waiting.unmarkAll()
        markDirty(queue)
    }
}
