extension Routing {
    /// Follows one ticket from where it was to where it is: the only way in which holds and queues change.
    ///
    /// - Parameter wish: what the ticket asks for, where it asks for anything.
    mutating func place(
        _ ticket: TicketID, _ change: PlacementChange, wish: TicketWish?, at time: Timestamp, record: LogSequenceNumber
    ) {
        let after = change.after
        guard let before = change.before else {
            ticketCount += 1
            if after.isUnfinished { unfinished[after.department.position] += 1 }
            enter(ticket, after, wish, at: time, record: record)
            if case .waiting = after.kind { timeWait(ticket, after, at: time) }
            if after.owesAnswer { followAnswer(ticket, from: nil, to: after, at: time) }
            return
        }
        guard before != after else { return }
        if before.owesAnswer || after.owesAnswer { followAnswer(ticket, from: before, to: after, at: time) }
        if before.isUnfinished { unfinished[before.department.position] -= 1 }
        if after.isUnfinished { unfinished[after.department.position] += 1 }
        if case .held(let old) = before.kind, case .held(let new) = after.kind, old == new {
            if before.isConversation != after.isConversation {
                agents[old.position].holds.turn(isConversation: after.isConversation)
            }
            if before.weight != after.weight {
                reweigh(old, after.channel, from: before.weight, to: after.weight, record: record)
            }
            return
        }
        if before.weight != after.weight, isRinging(ticket) {
            for offer in offers[ticket]?.offers ?? [] {
                reweigh(offer.agent, after.channel, from: before.weight, to: after.weight, record: record)
            }
        }
        leave(ticket, before, at: time, record: record)
        enter(ticket, after, wish, at: time, record: record)
        followWait(ticket, from: before, to: after, at: time)
    }

    /// What an agent holds, or what rings there, takes more or fewer slots. It does not end the agent's idleness: nothing was done.
    private mutating func reweigh(
        _ agent: AgentIndex, _ channel: Channel, from old: UInt8, to new: UInt8, record: LogSequenceNumber
    ) {
        changeLoad(agent, channel, at: nil, record: record) { $0.reweigh(channel, from: old, to: new) }
    }

    private mutating func enter(
        _ ticket: TicketID, _ placement: Placement, _ wish: TicketWish?, at time: Timestamp, record: LogSequenceNumber
    ) {
        switch placement.kind {
        case .idle:
            break
        case .waiting(let wants):
            if wants == nil { timeWidening(ticket, placement, wish, at: time) }
            insertWaiting(ticket, placement, wants: wants, wish: wish)
        case .held(let agent):
            changeLoad(agent, placement.channel, at: time, record: record) {
                $0.add(
                    ticket, placement.channel, weight: placement.weight, isConversation: placement.isConversation)
            }
        }
    }

    private mutating func leave(
        _ ticket: TicketID, _ placement: Placement, at time: Timestamp, record: LogSequenceNumber
    ) {
        switch placement.kind {
        case .idle:
            break
        case .waiting(let wants):
            if !filed.isEmpty, filed[ticket] != nil { timers.cancel(.ticketWidens(ticket)) }
            removeWaiting(ticket, placement, wants: wants)
        case .held(let agent):
            changeLoad(agent, placement.channel, at: time, record: record) {
                $0.remove(
                    ticket, placement.channel, weight: placement.weight, isConversation: placement.isConversation)
            }
        }
    }

    @inline(__always)
    func isRinging(_ ticket: TicketID) -> Bool { !offers.isEmpty && offers[ticket] != nil }

    /// Notes that a ticket of the queue could perhaps be given to somebody now.
    @inline(__always)
    mutating func markDirty(_ queue: QueueIndex) {
        if !queues[queue.rawValue].waiting.isEmpty, !dirty.contains(queue) { dirty.append(queue) }
    }

    /// Changes what rings at an agent on one channel. It does not end the agent's idleness: nothing was done yet.
    mutating func changeOffers(
        _ agent: AgentIndex, _ channel: Channel, record: LogSequenceNumber, _ body: (inout Holds) -> Void
    ) {
        changeLoad(agent, channel, at: nil, record: record, body)
    }

    /// Changes what an agent holds on one channel, keeping the agent's place among the candidates right.
    ///
    /// - Parameter time: since when the agent is idle; `nil`: as before.
    @inline(__always)
    private mutating func changeLoad(
        _ agent: AgentIndex, _ channel: Channel, at time: Timestamp?, record: LogSequenceNumber,
        _ body: (inout Holds) -> Void
    ) {
        // A limit over all channels makes each of them depend on the others, as does a channel that excludes the others.
        let isExclusive = !agents[agent.position].traits.exclusive.isEmpty
        let isLimited = agents[agent.position].openLimit != .max || isExclusive
        if isLimited {
            for other in Channel.allCases { withdraw(agent, other) }
        } else {
            withdraw(agent, channel)
        }
        agents[agent.position].changeLoad(channel, isExclusive: isExclusive, at: time, record: record, body)
        if isLimited {
            for other in Channel.allCases { propose(agent, other) }
        } else {
            propose(agent, channel)
        }
    }

    /// Takes the agent out of the candidates of every queue of the channel. Call before a change of anything that
    /// `Candidate` is made of, and `propose` after it.
    mutating func withdraw(_ agent: AgentIndex, _ channel: Channel) {
        guard isFree(agent, channel) else { return }
        for place in 0..<agents[agent.position].memberships.count {
            let membership = agents[agent.position].memberships[place]
            if membership.offDuty.contains(channel) { continue }
            let queue = QueueIndex(membership.department, channel)
            let candidate = candidate(agent, membership, channel)
            let agents = agents
            queues[queue.rawValue].candidates.remove(candidate) { $0.precedes($1, among: agents) }
        }
    }

    /// Puts the agent among the candidates of every queue of the channel, where the agent may be given anything.
    mutating func propose(_ agent: AgentIndex, _ channel: Channel) {
        guard isFree(agent, channel) else { return }
        for place in 0..<agents[agent.position].memberships.count {
            if agents[agent.position].memberships[place].offDuty.contains(channel) { continue }
            let department = agents[agent.position].memberships[place].department
            let queue = QueueIndex(department, channel)
            let strategy = departments[department.position].effective[channel].strategy
            if strategy.drawsLots { drawWherePassed(agent, place, channel, strategy) }
            let candidate = Candidate(
                agents, agent, agents[agent.position].memberships[place], channel: channel, strategy: strategy)
            let agents = agents
            queues[queue.rawValue].candidates.insert(candidate) { $0.precedes($1, among: agents) }
            if !queues[queue.rawValue].waiting.groups.isEmpty { unmarkHopeless(queue, for: candidate) }
            markDirty(queue)
        }
    }

    /// Changes an agent in a way that may bear on any channel.
    mutating func changeAgent(_ agent: AgentIndex, record: LogSequenceNumber, _ body: (inout Agent) -> Void) {
        for channel in Channel.allCases { withdraw(agent, channel) }
        let (memberships, standing) = (agents[agent.position].memberships, agents[agent.position].standing)
        let wait = agents[agent.position].pauseWait
        body(&agents[agent.position])
        agents[agent.position].lastRecord = record
        restaff(agent, from: memberships, standing)
        followPauseWait(agent, from: wait)
        for channel in Channel.allCases { propose(agent, channel) }
    }

    /// As `Agent.isFree`, looking at the fields in place: a copy of the agent would count a reference for each list.
    @inline(__always)
    func isFree(_ agent: AgentIndex, _ channel: Channel) -> Bool {
        let place = agent.position
        return agents[place].presence == .online && !agents[place].isRemoved && !agents[place].isBackingOff
            && !agents[place].closed.union(agents[place].blocked).contains(channel)
            && agents[place].holds.load[channel] < agents[place].capacity[channel]
            && agents[place].holds.total < agents[place].openLimit
    }

    @inline(__always)
    func candidate(_ agent: AgentIndex, _ membership: Membership, _ channel: Channel) -> Candidate {
        let strategy = departments[membership.department.position].effective[channel].strategy
        return Candidate(agents, agent, membership, channel: channel, strategy: strategy)
    }

    /// Sorts the queues of a department anew where its settings changed what they are sorted by.
    mutating func reorder(
        _ department: DepartmentIndex, from before: PerChannel<EffectiveSettings>, at now: Timestamp,
        record: LogSequenceNumber
    ) {
        for channel in Channel.allCases {
            let queue = QueueIndex(department, channel)
            let settings = settings(department, channel)
            if settings != before[channel] { queues[queue.rawValue].settledIn = record }
            let widensOtherwise =
                settings.tierWait != before[channel].tierWait || settings.relax != before[channel].relax
            if settings.ageing != before[channel].ageing || widensOtherwise {
                refileAll(queue, retimed: widensOtherwise, at: now, record: record)
            }
            if settings.strategy != before[channel].strategy {
                if settings.strategy.drawsLots || before[channel].strategy.drawsLots { beginDraws(queue) }
                rankCandidates(queue, settings.strategy)
            }
            if settings.maxWait != before[channel].maxWait { retimeWaits(queue, at: now) }
            markDirty(queue)
        }
        followPresence(in: department, at: now)
    }

    private mutating func rankCandidates(_ queue: QueueIndex, _ strategy: Strategy) {
        var candidates = SortedBlocks<Candidate>()
        let agents = agents
        for agent in staff[queue.department.position].members where isFree(agent, queue.channel) {
            guard let membership = agents[agent.position].membership(in: queue.department),
                !membership.offDuty.contains(queue.channel)
            else { continue }
            let candidate = Candidate(agents, agent, membership, channel: queue.channel, strategy: strategy)
            candidates.insert(candidate) { $0.precedes($1, among: agents) }
        }
        queues[queue.rawValue].candidates = candidates
    }
}
