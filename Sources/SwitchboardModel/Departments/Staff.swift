/// The agents of one department. Derived from the agents, who say where they belong, so that nothing that asks about a
/// department walks all agents.
struct Staff: Sendable {
    /// Who was not removed, in order of index.
    private(set) var members = SortedBlocks<AgentIndex>()
    /// Of them, who is online and not paused, by channel.
    private(set) var available = PerChannel<Int>(0)
    /// Of these, whose limit there is not 0.
    private(set) var takers = PerChannel<Int>(0)
    /// Of them, who is online, paused or not.
    private(set) var online = 0
    /// Of them, who is paused on any channel, or will be when their present work ends.
    private(set) var paused = 0
    /// Of them, who is in each state.
    private(set) var states = [Int](repeating: 0, count: AgentState.allCases.count)
    /// The tiers that its agents are in, the lowest first.
    private(set) var tiers: [TierStaff] = []
    /// The fewest contacts that a member was given, where known: so that adding many agents walks the department once.
    var fewest: PerChannel<UInt32>?

    /// `agent` belongs to the department from now on.
    mutating func join(_ agent: AgentIndex, tier: UInt16) {
        members.insert(agent)
        changeTier(tier) { $0.members += 1 }
    }

    /// `agent` no longer belongs to it.
    mutating func leave(_ agent: AgentIndex, tier: UInt16) {
        members.remove(agent)
        changeTier(tier) { $0.members -= 1 }
        fewest = nil
    }

    /// Counts what an agent may be given, or no longer counts it.
    mutating func count(_ standing: Standing, tier: UInt16, by step: Int) {
        if !standing.available.isEmpty {
            changeTier(tier) { staff in
                for channel in Channel.allCases where standing.available.contains(channel) {
                    staff.available[channel] += step
                }
            }
        }
        for channel in Channel.allCases where standing.available.contains(channel) {
            available[channel] += step
            if standing.takes.contains(channel) { takers[channel] += step }
        }
        if standing.takesPausePlace { paused += step }
        if standing.isMember { states[Int(standing.state.rawValue)] += step }
        if standing.isOnline { online += step }
    }

    /// How many tiers before this one have anybody there.
    func tiers(before tier: UInt16, _ channel: Channel) -> Int {
        var count = 0
        for staff in tiers {
            guard staff.tier < tier else { break }
            if staff.available[channel] > 0 { count += 1 }
        }
        return count
    }

    private mutating func changeTier(_ tier: UInt16, _ change: (inout TierStaff) -> Void) {
        let place = tiers.firstIndex { $0.tier >= tier } ?? tiers.count
        if place == tiers.count || tiers[place].tier != tier { tiers.insert(TierStaff(tier: tier), at: place) }
        change(&tiers[place])
        if tiers[place].members == 0, tiers[place].available == PerChannel(0) { tiers.remove(at: place) }
    }
}

/// The agents of one tier of a department.
struct TierStaff: Equatable, Sendable {
    var tier: UInt16
    var members = 0
    /// Who is online and not paused, by channel.
    var available = PerChannel<Int>(0)
}

/// What of an agent a department counts.
struct Standing: Equatable, Sendable {
    /// Was not removed.
    var isMember: Bool
    var available: ChannelSet
    /// Where the limit is not 0.
    var takes: ChannelSet
    var takesPausePlace: Bool
    var state: AgentState
    var isOnline: Bool
}

extension Agent {
    var standing: Standing {
        var available = ChannelSet()
        var takes = ChannelSet()
        for channel in Channel.allCases {
            if isAvailable(channel) { available.insert(ChannelSet(channel)) }
            if capacity[channel] > 0 { takes.insert(ChannelSet(channel)) }
        }
        return Standing(
            isMember: !isRemoved, available: available, takes: takes, takesPausePlace: takesPausePlace, state: state,
            isOnline: presence == .online && !isRemoved)
    }
}

extension Routing {
    /// Counts an agent who is new in the table in every department of theirs.
    mutating func enrol(_ agent: AgentIndex) {
        let nobody = Standing(
            isMember: false, available: [], takes: [], takesPausePlace: false, state: .offline, isOnline: false)
        restaff(agent, from: [], nobody)
    }

    /// Follows a change of where an agent belongs, or of what they may be given.
    mutating func restaff(_ agent: AgentIndex, from old: [Membership], _ before: Standing) {
        let new = agents[agent.position].memberships
        let after = agents[agent.position].standing
        guard before != after || old != new else { return }
        if !pauseWaits.isEmpty, before.takesPausePlace || old != new { pausesMayBegin = true }
        let moves = before.isMember != after.isMember || old != new
        for membership in old {
            let place = membership.department.position
            staff[place].count(before, tier: membership.tier, by: -1)
            if moves, before.isMember { staff[place].leave(agent, tier: membership.tier) }
        }
        for membership in new {
            let place = membership.department.position
            staff[place].count(after, tier: membership.tier, by: 1)
            if moves, after.isMember { staff[place].join(agent, tier: membership.tier) }
        }
        for membership in old + new {
            for channel in Channel.allCases { reconsider(QueueIndex(membership.department, channel)) }
        }
    }
}
