import SwitchboardModel

extension Shadow {
    /// What the balancer has to do next.
    struct Choice {
        var ticket: UInt64
        var agent: Int
        /// Where agents are picked by lot: everyone who may be.
        var lot: [Int] = []
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

    /// How many slots each agent has taken (agent × 3 + channel), and how many tickets that are.
    struct Loads {
        var slots: [Int]
        var tickets: [Int]
    }

    /// - Parameter before: as it was before this record, when what stopped ringing in it still held its slot.
    func loads(before: Bool = false) -> Loads {
        var loads = Loads(
            slots: [Int](repeating: 0, count: agents.count * 3), tickets: [Int](repeating: 0, count: agents.count))
        func add(_ ticket: Ticket, _ agent: Int) {
            loads.slots[agent * 3 + Int(ticket.channel.rawValue)] += ticket.weight
            loads.tickets[agent] += 1
        }
        for ticket in tickets {
            if let holder = ticket.holder { add(ticket, holder) }
        }
        for ring in before ? rings + stopped : rings { add(tickets[Int(ring.ticket) - 1], ring.agent) }
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
        _ queue: [Ticket], _ department: Int, _ channel: Channel, _ loads: Loads
    ) -> Choice? {
        let free = ranked(department, channel, loads)
        guard !free.isEmpty else { return nil }
        let strategy = servingStrategy(department, channel)
        for ticket in queue {
            let free = free.filter { fits($0, ticket) }
            let chosen: Int?
            if let wants = ticket.wants {
                chosen = free.first { $0 == wants }
            } else if strategy == .manual {
                chosen = nil
            } else {
                let preferred = ticket.prefers.flatMap { free.contains($0) && may($0, have: ticket) ? $0 : nil }
                chosen = preferred ?? free.first { may($0, have: ticket) }
            }
            guard let chosen, let place = agents[chosen].place(department) else { continue }
            var choice = Choice(
                ticket: ticket.id, agent: chosen, tier: place.tier, priority: ticket.priority,
                queuedAt: ticket.queuedAt, rule: ticket.wants == nil ? strategy.rule : .wanted)
            if ticket.wants == nil, ticket.prefers == chosen { choice.rule = .lastAgent }
            if ticket.wants == nil, strategy.isByLot, ticket.prefers != chosen {
                choice.lot = free.filter {
                    may($0, have: ticket) && agents[$0].place(department)?.tier == place.tier
                }
            }
            return choice
        }
        return nil
    }

    func may(_ agent: Int, have ticket: Ticket) -> Bool {
        !isSkipped(ticket.id, agent) && hasSkills(ticket, agent) && isReached(ticket, agent)
            && !isReserved(ticket, from: agent) && fits(agent, ticket)
    }

    /// Whether an agent with a free slot has as many as the ticket takes.
    func fits(_ agent: Int, _ ticket: Ticket) -> Bool {
        ticket.weight == 1
            || load(agent, ticket.channel) + ticket.weight <= Int(agents[agent].capacity[ticket.channel])
    }

    /// Everyone who may be given something in the queue, best first: tier, then the strategy, then longest idle, then
    /// id.
    func ranked(_ department: Int, _ channel: Channel, _ loads: Loads) -> [Int] {
        let slot = Int(channel.rawValue)
        let free = agents.indices.filter { agent in
            isAvailable(agent, channel) && agents[agent].backsOffUntil == nil
                && agents[agent].place(department) != nil && !isOffDuty(agent, department, channel)
                && loads.slots[agent * 3 + slot] < Int(agents[agent].capacity[channel])
                && loads.tickets[agent] < agents[agent].mostOpen
                && !Channel.allCases.contains { other in
                    other != channel && agents[agent].exclusive.contains(other)
                        && loads.slots[agent * 3 + Int(other.rawValue)] > 0
                }
        }
        guard free.count > 1 else { return free }
        let strategy = departments[department].strategy(channel)
        return free.sorted { left, right in
            let (first, second) = (agents[left], agents[right])
            guard let here = first.place(department), let there = second.place(department) else { return false }
            if here.tier != there.tier { return here.tier < there.tier }
            // Shares of the capacity, compared without dividing.
            let share = loads.slots[left * 3 + slot] * Int(second.capacity[channel])
            let otherShare = loads.slots[right * 3 + slot] * Int(first.capacity[channel])
            switch strategy {
            case .manual, .leastLoaded: if share != otherShare { return share < otherShare }
            case .maxUtilisation: if share != otherShare { return share > otherShare }
            case .roundRobin:
                if here.picked[slot] != there.picked[slot] { return here.picked[slot] < there.picked[slot] }
            case .longestIdle, .ringAll, .random, .weighted: break
            case .fewestContacts:
                if here.taken[slot] != there.taken[slot] { return here.taken[slot] < there.taken[slot] }
            case .topDown: return (first.position, first.id) < (second.position, second.id)
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
            guard isAvailable(agent, channel), hasRoom(agent, channel, weight: 1), !isExcluded(agent, channel) else {
                continue
            }
            var best: Choice?
            for place in agents[agent].places {
                let queue = queues[place.department * 3 + Int(channel.rawValue)]
                let head = queue.first {
                    fits(agent, $0)
                        && ($0.wants == agent
                            || ($0.wants == nil && hasSkills($0, agent) && !isReserved($0, from: agent)))
                }
                guard let head else { continue }
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
    var rule: AssignmentRule {
        switch self {
        case .manual, .leastLoaded: .leastLoaded
        case .maxUtilisation: .maxUtilisation
        case .roundRobin: .roundRobin
        case .longestIdle: .longestIdle
        case .ringAll: .ringAll
        case .fewestContacts: .fewestContacts
        case .random: .random
        case .weighted: .weighted
        case .topDown: .topDown
        }
    }

    /// Any of the lowest tier may be picked. That each is as often as it should be, is tested by itself.
    var isByLot: Bool { self == .random || self == .weighted }
}
