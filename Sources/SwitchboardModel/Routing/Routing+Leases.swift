extension AgentTimes {
    /// How long after a renewal that stands in the journal a lease ends. A renewal is written only when half of the lease
    /// has passed since the last one, so that heartbeats cost at most two records a lease: a lease then ends no earlier than
    /// its time after the last heartbeat, and no later than one and a half times that.
    static func leaseTerm(_ lease: TimeSpan) -> TimeSpan {
        TimeSpan(milliseconds: lease.milliseconds + lease.milliseconds / 2)
    }
}

extension Routing {
    /// The events that follow from a sign of an agent: coming online, or a lease that runs anew.
    func sign(of agent: AgentIndex, lease: TimeSpan?, at now: Timestamp) -> [Event] {
        guard agents[agent.position].presence == .online else {
            var event = AgentPresenceChanged()
            event.index = agent
            event.presence = .online
            return [.agentPresenceChanged(event)]
        }
        // A lease that is set in this very command runs from now on anyway.
        guard let lease, agents[agent.position].times.lease == lease,
            let due = timers.due(.leaseEnds(agent)), due <= now + lease
        else { return [] }
        var event = LeaseRenewed()
        event.index = agent
        event.until = now + AgentTimes.leaseTerm(lease)
        return [.leaseRenewed(event)]
    }

    /// The event with which nothing more is heard of an agent: their work stays theirs for the longest grace of their
    /// departments, and what moves before that moves by its own.
    func lost(_ agent: AgentIndex, at now: Timestamp) -> Event {
        var event = AgentPresenceChanged()
        event.index = agent
        event.presence = .recovering
        event.until = now + longestGrace(of: agent)
        return .agentPresenceChanged(event)
    }

    private func longestGrace(of agent: AgentIndex) -> TimeSpan {
        var longest = TimeSpan.zero
        for membership in agents[agent.position].memberships {
            for channel in Channel.allCases { longest = max(longest, settings(membership.department, channel).grace) }
        }
        return longest
    }

    /// Follows a change of presence with the timers of absence and lease.
    mutating func timePresence(_ event: AgentPresenceChanged, from old: Presence, at time: Timestamp) {
        let agent = event.index
        let goesOn = old == .recovering && event.presence == .offline
        timers.cancel(.leaseEnds(agent))
        timers.cancel(.recoveryEnds(agent))
        if !goesOn { timers.cancelAbsences(of: agent) }
        guard event.presence != .online else { return timeLease(of: agent, at: time) }
        for membership in agents[agent.position].memberships {
            for channel in Channel.allCases where !goesOn || agents[agent.position].load(channel) > 0 {
                setAbsence(agent, membership.department, channel, at: time)
            }
        }
        if event.presence == .recovering, let until = event.until { timers.set(.recoveryEnds(agent), due: until) }
    }

    /// The lease runs from now on, if the agent has one.
    mutating func timeLease(of agent: AgentIndex, at time: Timestamp) {
        guard agents[agent.position].presence == .online, let lease = agents[agent.position].times.lease else {
            return timers.cancel(.leaseEnds(agent))
        }
        timers.set(.leaseEnds(agent), due: time + AgentTimes.leaseTerm(lease))
    }

    /// After a start: whether a lease or what follows its end would be counted from before it.
    public func needsLeaseRenewal(at now: Timestamp) -> Bool {
        for place in 0..<agents.count where !agents[place].isRemoved {
            let agent = AgentIndex(UInt32(place))
            switch agents[place].presence {
            case .offline: break
            case .online:
                guard let lease = agents[place].times.lease else { break }
                if timers.due(.leaseEnds(agent)) != now + AgentTimes.leaseTerm(lease) { return true }
            case .recovering:
                if timers.due(.recoveryEnds(agent)) != now + longestGrace(of: agent) { return true }
            }
        }
        return false
    }

    /// All leases run anew from `now`, and so does the grace of those of whom nothing was heard.
    mutating func renewLeases(at now: Timestamp) {
        for place in 0..<agents.count where !agents[place].isRemoved {
            let agent = AgentIndex(UInt32(place))
            switch agents[place].presence {
            case .offline: break
            case .online: timeLease(of: agent, at: now)
            case .recovering:
                let absences = timers.absences(of: agent)
                timers.cancelAbsences(of: agent)
                for queue in absences { setAbsence(agent, queue.department, queue.channel, at: now) }
                timers.set(.recoveryEnds(agent), due: now + longestGrace(of: agent))
            }
        }
    }
}
