import SwitchboardModel

extension Shadow {
    private static let day: Int64 = 86_400_000

    /// The present pause is over or replaced.
    mutating func endPause(of agent: Int, at now: Timestamp) {
        if let pause = agents[agent].pause, !pause.isPlanned { agents[agent].rests.append((pause.since, now)) }
        agents[agent].pause = nil
    }

    /// Another clock: what is planned is at its next time from now on, and what was used of the day stays so.
    mutating func set(_ times: AgentTimes, of agent: Int, at now: Timestamp) {
        let used = rested(agents[agent].rests, midnight(agents[agent], now)) + carried(agents[agent], now)
        let lease = agents[agent].times.lease
        agents[agent].times = times
        followLease(of: agent, from: lease, at: now)
        agents[agent].rests = []
        agents[agent].carried = (midnight(agents[agent], now), used)
        for place in agents[agent].schedules.indices { agents[agent].schedules[place].last = now }
    }

    /// For how long the agent was paused since midnight, planned pauses apart.
    func rested(_ agent: Agent, at now: Timestamp) -> TimeSpan {
        var rests = agent.rests
        if let pause = agent.pause, !pause.isPlanned { rests.append((pause.since, now)) }
        return TimeSpan(milliseconds: rested(rests, midnight(agent, now)) + carried(agent, now))
    }

    private func midnight(_ agent: Agent, _ now: Timestamp) -> Int64 {
        now.milliseconds - (now.milliseconds + agent.times.offset.milliseconds) % Self.day
    }

    private func rested(_ rests: [(from: Timestamp, to: Timestamp)], _ midnight: Int64) -> Int64 {
        rests.reduce(0) { $0 + max(0, $1.to.milliseconds - max($1.from.milliseconds, midnight)) }
    }

    private func carried(_ agent: Agent, _ now: Timestamp) -> Int64 {
        agent.carried.midnight == midnight(agent, now) ? agent.carried.used : 0
    }

    /// The next beginning of a planned pause, looked for day by day.
    func begin(_ schedule: Schedule, after last: Timestamp, _ offset: TimeSpan) -> Timestamp {
        var midnight = last.milliseconds - (last.milliseconds + offset.milliseconds) % Self.day
        while true {
            let start = midnight + schedule.at.milliseconds
            // 2000-01-03 was a Monday.
            let weekday = ((midnight + offset.milliseconds - 946_857_600_000) / Self.day % 7 + 7) % 7
            if start > last.milliseconds, schedule.days.rawValue & (1 << UInt8(weekday)) != 0 {
                return Timestamp(milliseconds: start)
            }
            midnight += Self.day
        }
    }

    func takesPausePlace(_ agent: Agent) -> Bool { agent.pause != nil || agent.asked?.stage == .work }

    /// Whether one more of each of the agent's departments may be paused.
    func hasPausePlace(_ agent: Agent) -> Bool {
        agent.places.allSatisfy { place in
            guard let limit = departments[place.department].settings.maxPaused else { return true }
            let paused = agents.count { other in
                !other.isRemoved && other.place(place.department) != nil && takesPausePlace(other)
            }
            return paused < Int(limit)
        }
    }

    /// Whoever is given a pause after waiting for it is the first of those who could be.
    func checkGrant(_ event: Event, _ record: SimulatedRecord) throws(Violation) {
        let index: Int
        switch event {
        case .agentPaused(let event): index = Int(event.index.rawValue)
        case .agentPauseAsked(let event) where event.request?.stage == .work: index = Int(event.index.rawValue)
        default: return
        }
        // By hand, or by a schedule, nobody's turn is waited for.
        switch record.command {
        case .pauseAgent, .loginAgent: return
        default: break
        }
        for case .scheduleCame(let came) in record.events where Int(came.index.rawValue) == index { return }
        guard let own = agents[index].asked, own.stage == .place else { return }
        func comesFirst(_ other: PauseRequest, _ number: Int) -> Bool {
            (other.askedAt.milliseconds, other.record.rawValue, number)
                < (own.askedAt.milliseconds, own.record.rawValue, index)
        }
        for (number, other) in agents.enumerated() {
            guard let asked = other.asked, asked.stage == .place, comesFirst(asked, number) else { continue }
            try require(
                !hasPausePlace(other), .attendance,
                "'\(agents[index].id)' is given the pause that '\(other.id)' waits for")
        }
    }

    /// Nobody waits for a pause that could begin.
    func checkPauses(_ number: UInt64) throws(Violation) {
        for (index, agent) in agents.enumerated() where !agent.isRemoved {
            guard let asked = agent.asked else { continue }
            let isBusy = agent.wrapUp != nil || tickets.contains { $0.isConversation && $0.holder == index }
            let waits = asked.stage == .work ? isBusy : !hasPausePlace(agent)
            try require(
                waits, .attendance, "record \(number) leaves '\(agent.id)' waiting for a pause that could begin")
        }
    }
}
