import SwitchboardModel

extension Shadow {
    /// A lease ends no earlier than its time after the last heartbeat, of which one may go unrecorded for half of it.
    private func leaseEnd(_ agent: Agent, from now: Timestamp) -> Timestamp? {
        agent.times.lease.map { Timestamp(milliseconds: now.milliseconds + $0.milliseconds * 3 / 2) }
    }

    private func recoveryEnd(_ agent: Agent, from now: Timestamp) -> Timestamp {
        let graces = agent.places.flatMap { place in
            Channel.allCases.map { departments[place.department].grace($0) }
        }
        return now + (graces.max() ?? .zero)
    }

    /// Follows a change of presence.
    mutating func follow(_ event: AgentPresenceChanged, at now: Timestamp) {
        let index = Int(event.index.rawValue)
        agents[index].isOnline = event.presence == .online
        agents[index].isRecovering = event.presence == .recovering
        switch event.presence {
        case .online: agents[index].leaseUntil = leaseEnd(agents[index], from: now)
        case .recovering: agents[index].leaseUntil = recoveryEnd(agents[index], from: now)
        case .offline: agents[index].leaseUntil = nil
        }
    }

    /// Another lease runs from the moment it is set.
    mutating func followLease(of index: Int, from old: TimeSpan?, at now: Timestamp) {
        guard agents[index].isOnline, agents[index].times.lease != old else { return }
        agents[index].leaseUntil = leaseEnd(agents[index], from: now)
    }

    mutating func renewLeases(at now: Timestamp) {
        for index in agents.indices {
            if agents[index].isOnline { agents[index].leaseUntil = leaseEnd(agents[index], from: now) }
            if agents[index].isRecovering { agents[index].leaseUntil = recoveryEnd(agents[index], from: now) }
        }
    }

    /// The server changes presence only when a lease ends or its grace, and renews leases by signs of the agent.
    func checkPresence(_ event: Event, _ record: SimulatedRecord) throws(Violation) {
        switch event {
        case .agentPresenceChanged(let event):
            switch record.command {
            case .fireTimer, nil: break
            default: return try require(event.presence != .recovering, .attendance, "somebody recovers by a command")
            }
            let agent = agents[Int(event.index.rawValue)]
            let isRight =
                switch event.presence {
                case .online: false
                case .recovering: agent.isOnline
                case .offline: agent.isRecovering
                }
            try require(
                isRight && agent.leaseUntil.map { $0 <= record.time } ?? false, .attendance,
                "'\(agent.id)' is \(event.presence.name) by itself before the time")
        case .leaseRenewed(let event):
            let agent = agents[Int(event.index.rawValue)]
            try require(
                agent.isOnline && leaseEnd(agent, from: record.time) == event.until, .attendance,
                "the lease of '\(agent.id)' is renewed until \(event.until.milliseconds)")
        default: break
        }
    }
}
