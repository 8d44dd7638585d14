/// An agent who waits for a place among the paused. In order of time.
struct PauseWait: Comparable, Sendable {
    var askedAt: Timestamp
    var record: LogSequenceNumber
    var agent: AgentIndex

    static func < (left: Self, right: Self) -> Bool {
        if left.askedAt != right.askedAt { return left.askedAt < right.askedAt }
        if left.record != right.record { return left.record < right.record }
        return left.agent < right.agent
    }
}

extension Routing {
    /// Follows a change of what an agent waits for.
    mutating func followPauseWait(_ agent: AgentIndex, from old: PauseWait?) {
        let new = agents[agent.position].isRemoved ? nil : agents[agent.position].pauseWait
        guard old != new else { return }
        if let old { pauseWaits.remove(old) }
        if let new { pauseWaits.insert(new) }
    }

    /// A department of the agent in which as many are paused as may be, and how many these are.
    func fullOfPauses(_ agent: AgentIndex) -> (department: DepartmentIndex, paused: Int, limit: UInt32)? {
        for place in 0..<agents[agent.position].memberships.count {
            let department = agents[agent.position].memberships[place].department
            guard let limit = departments[department.position].settings.maxPaused else { continue }
            let paused = staff[department.position].paused
            if paused >= limit { return (department, paused, limit) }
        }
        return nil
    }

    /// The events with which a pause begins.
    func beginning(_ pause: Pause, of agent: AgentIndex, _ shards: Shards) -> [Event] {
        var event = AgentPaused()
        event.index = agent
        event.pause = pause
        var events = [Event.agentPaused(event)]
        if pause.kind == .return {
            events += returned(agent, shards, rule: .pauseReturned) { ticket in
                pause.channels.contains(ticket.channel) && ticket.isUntouched
            }
        }
        return events
    }

    /// The events with which a request that has its place goes on: the pause begins, or waits for the agent's work.
    func granted(_ request: PauseRequest, _ agent: AgentIndex, _ shards: Shards, at now: Timestamp) -> [Event] {
        guard request.isAfterWork, agents[agent.position].isFinishing else {
            return beginning(request.pause(at: now), of: agent, shards)
        }
        var event = AgentPauseAsked()
        event.index = agent
        event.request = request
        event.request?.stage = .work
        return [.agentPauseAsked(event)]
    }

    /// The pause that the agent asked for after work, if it can begin now but for the wrap-up.
    func pauseAfterWork(of agent: AgentIndex, at now: Timestamp) -> Pause? {
        guard let asked = agents[agent.position].asked, asked.stage == .work,
            agents[agent.position].holds.conversations == 0
        else { return nil }
        return asked.pause(at: now)
    }

    /// Where the agent stands among those who wait in the departments that keep the agent waiting: the furthest back.
    func pausePosition(of agent: AgentIndex) -> Int? {
        guard let own = agents[agent.position].pauseWait else { return nil }
        var furthest = 1
        for membership in agents[agent.position].memberships {
            guard let limit = departments[membership.department.position].settings.maxPaused,
                staff[membership.department.position].paused >= limit
            else { continue }
            let before = pauseWaits.count { wait in
                wait < own && agents[wait.agent.position].isMember(of: membership.department)
            }
            furthest = max(furthest, before + 1)
        }
        return furthest
    }
}
