/// The agents of one department. Derived from the agents, who say where they belong, so that nothing that asks about a
/// department walks all agents.
struct Staff: Sendable {
    /// Who was not removed, in order of index.
    private(set) var members = SortedBlocks<AgentIndex>()
    /// Of them, who is online and not paused, by channel.
    private(set) var available = PerChannel<Int>(0)
    /// Of them, who is paused on any channel.
    private(set) var paused = 0

    /// `agent` belongs to the department from now on.
    mutating func join(_ agent: AgentIndex) { members.insert(agent) }

    /// `agent` no longer belongs to it.
    mutating func leave(_ agent: AgentIndex) { members.remove(agent) }

    /// Counts what an agent may be given, or no longer counts it.
    mutating func count(_ standing: Standing, by step: Int) {
        for channel in Channel.allCases where standing.available.contains(channel) { available[channel] += step }
        if standing.isPaused { paused += step }
    }
}

/// What of an agent a department counts.
struct Standing: Equatable, Sendable {
    /// Was not removed.
    var isMember: Bool
    var available: ChannelSet
    var isPaused: Bool
}

extension Agent {
    var standing: Standing {
        var available = ChannelSet()
        for channel in Channel.allCases where isAvailable(channel) { available.insert(ChannelSet(channel)) }
        return Standing(isMember: !isRemoved, available: available, isPaused: pause != nil)
    }
}

extension Routing {
    /// Counts an agent who is new in the table in every department of theirs.
    mutating func enrol(_ agent: AgentIndex) {
        let nobody = Standing(isMember: false, available: [], isPaused: false)
        restaff(agent, from: [], nobody)
    }

    /// Follows a change of where an agent belongs, or of what they may be given.
    mutating func restaff(_ agent: AgentIndex, from old: [Membership], _ before: Standing) {
        let new = agents[agent.position].memberships
        let after = agents[agent.position].standing
        guard before != after || old != new else { return }
        let moves = before.isMember != after.isMember || old != new
        for membership in old {
            let place = membership.department.position
            staff[place].count(before, by: -1)
            if moves, before.isMember { staff[place].leave(agent) }
        }
        for membership in new {
            let place = membership.department.position
            staff[place].count(after, by: 1)
            if moves, after.isMember { staff[place].join(agent) }
        }
    }
}
