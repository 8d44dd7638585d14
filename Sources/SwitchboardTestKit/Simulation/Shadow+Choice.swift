import SwitchboardModel

extension Shadow {
    /// What the balancer has to do next.
    struct Choice {
        var ticket: UInt64
        var agent: Int
        var tier: UInt16
        var priority: UInt8
        var queuedAt: Timestamp
        var rule: AssignmentRule

        /// Heads of several queues: the tier of who would be given it, then priority, then age, then id.
        func precedes(_ other: Choice) -> Bool {
            (Int64(tier), Int64(priority), queuedAt.milliseconds, Int64(ticket))
                < (Int64(other.tier), Int64(other.priority), other.queuedAt.milliseconds, Int64(other.ticket))
        }
    }

    /// The strategy in force: `manual` acts as `least_loaded` while there is exactly one agent.
    func servingStrategy(_ department: Int, _ channel: Channel) -> Strategy {
        let strategy = departments[department].strategy(channel)
        return strategy == .manual && staff == 1 ? .leastLoaded : strategy
    }

    /// The tickets that wait in each queue (department × 3 + channel), in the order in which they are served.
    func queues() -> [[Ticket]] {
        var queues = [[Ticket]](repeating: [], count: departments.count * 3)
        for ticket in tickets where ticket.waits && !isRinging(ticket.id) {
            queues[ticket.department * 3 + Int(ticket.channel.rawValue)].append(ticket)
        }
        for index in queues.indices where queues[index].count > 1 {
            let ageing = departments[index / 3].ageing(Channel.allCases[index % 3])
            queues[index].sort { precedes($0, $1, ageing) }
        }
        return queues
    }

    /// How many tickets each agent holds (agent × 3 + channel).
    func loads() -> [Int] {
        var loads = [Int](repeating: 0, count: agents.count * 3)
        for ticket in tickets {
            if let holder = ticket.holder { loads[holder * 3 + Int(ticket.channel.rawValue)] += 1 }
        }
        for ring in rings { loads[ring.agent * 3 + Int(channel(ring.ticket).rawValue)] += 1 }
        return loads
    }

    /// The assignment that is due, if any.
    func choice() -> Choice? {
        let queues = queues()
        guard queues.contains(where: { !$0.isEmpty }) else { return nil }
        let loads = loads()
        var best: Choice?
        for (index, queue) in queues.enumerated() where !queue.isEmpty {
            guard let choice = choice(queue, index / 3, Channel.allCases[index % 3], loads) else { continue }
            if best.map({ choice.precedes($0) }) ?? true { best = choice }
        }
        return best
    }

    /// The first ticket of one queue that somebody may be given, and who that is.
    private func choice(
        _ queue: [Ticket], _ department: Int, _ channel: Channel, _ loads: [Int]
    ) -> Choice? {
        let free = ranked(department, channel, loads)
        guard !free.isEmpty else { return nil }
        let strategy = servingStrategy(department, channel)
        for ticket in queue {
            let chosen: Int?
            if let wants = ticket.wants {
                chosen = free.first { $0 == wants }
            } else if strategy == .manual {
                chosen = nil
            } else {
                chosen = free.first { !isSkipped(ticket.id, $0) }
            }
            guard let chosen, let place = agents[chosen].place(department) else { continue }
            return Choice(
                ticket: ticket.id, agent: chosen, tier: place.tier, priority: ticket.priority,
                queuedAt: ticket.queuedAt, rule: ticket.wants == nil ? strategy.rule : .wanted)
        }
        return nil
    }

    /// Everyone who may be given something in the queue, best first: tier, then the strategy, then longest idle, then
    /// id.
    func ranked(_ department: Int, _ channel: Channel, _ loads: [Int]) -> [Int] {
        let slot = Int(channel.rawValue)
        let free = agents.indices.filter { agent in
            isAvailable(agent, channel) && agents[agent].backsOffUntil == nil
                && agents[agent].place(department) != nil
                && loads[agent * 3 + slot] < Int(agents[agent].capacity[channel])
                && loads[agent * 3..<agent * 3 + 3].reduce(0, +) < agents[agent].mostOpen
        }
        guard free.count > 1 else { return free }
        let strategy = departments[department].strategy(channel)
        return free.sorted { left, right in
            let (first, second) = (agents[left], agents[right])
            guard let here = first.place(department), let there = second.place(department) else { return false }
            if here.tier != there.tier { return here.tier < there.tier }
            // Shares of the capacity, compared without dividing.
            let share = loads[left * 3 + slot] * Int(second.capacity[channel])
            let otherShare = loads[right * 3 + slot] * Int(first.capacity[channel])
            switch strategy {
            case .manual, .leastLoaded: if share != otherShare { return share < otherShare }
            case .maxUtilisation: if share != otherShare { return share > otherShare }
            case .roundRobin:
                if here.picked[slot] != there.picked[slot] { return here.picked[slot] < there.picked[slot] }
            case .longestIdle, .ringAll: break
            }
            if first.idleSince[slot] != second.idleSince[slot] { return first.idleSince[slot] < second.idleSince[slot] }
            return first.id < second.id
        }
    }

    /// What `TICKET NEXT` has to give the agent: the best of the heads of the agent's queues, of the first channel
    /// that has any.
    func next(for agent: Int, _ wanted: Channel?) -> UInt64? {
        let queues = queues()
        for channel in wanted.map({ [$0] }) ?? [.call, .chat, .ticket] {
            guard !agents[agent].isPaused(channel), hasRoom(agent, channel) else { continue }
            var best: Choice?
            for place in agents[agent].places {
                let queue = queues[place.department * 3 + Int(channel.rawValue)]
                guard let head = queue.first(where: { $0.wants == nil || $0.wants == agent }) else { continue }
                let choice = Choice(
                    ticket: head.id, agent: agent, tier: place.tier, priority: head.priority, queuedAt: head.queuedAt,
                    rule: .next)
                if best.map({ choice.precedes($0) }) ?? true { best = choice }
            }
            if let best { return best.ticket }
        }
        return nil
    }
}

extension Strategy {
    fileprivate var rule: AssignmentRule {
        switch self {
        case .manual, .leastLoaded: .leastLoaded
        case .maxUtilisation: .maxUtilisation
        case .roundRobin: .roundRobin
        case .longestIdle: .longestIdle
        case .ringAll: .ringAll
        }
    }
}
