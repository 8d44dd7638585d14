extension Routing {
    /// Applies an event that concerns one agent. Never fails.
    mutating func applyToAgent(_ event: Event, at time: Timestamp, record: LogSequenceNumber) {
        switch event {
        case .agentAdded(let event):
            var agent = Agent()
            agent.index = event.index
            agent.id = event.id
            agent.capacity = event.capacity
            agent.maxOpen = event.maxOpen
            agent.traits = event.traits
            agent.memberships = withDuty(event.memberships, of: event.index)
            agent.times = event.times
            agent.presenceSince = time
            agent.idleSince = PerChannel(time)
            agent.lastRecord = record
            agents.append(agent)
            agentFigures.append(AgentFigures())
            enrol(event.index)
            keepFewest(of: event.memberships, besides: [])
            for membership in event.memberships { retimeTiers(of: membership.department, at: time, record: record) }
            agentIndexes[event.id.rawValue] = event.index
            agentCount += 1
        case .agentChanged(let event):
            grants.forget(event.index)
            let before = agents[event.index.position].memberships
            let lease = agents[event.index.position].times.lease
            let memberships = withDuty(event.memberships, of: event.index)
            changeAgent(event.index, record: record) { agent in
                if event.changesCapacity { agent.capacity = event.capacity }
                if event.changesMaxOpen { agent.maxOpen = event.maxOpen }
                if event.changesMemberships { agent.memberships = memberships }
                if let traits = event.traits { agent.take(traits) }
                if let times = event.times { agent.set(times, at: time) }
            }
            if let times = event.times {
                timeSchedules(of: event.index, after: time)
                if times.lease != lease { timeLease(of: event.index, at: time) }
            }
            if event.changesMemberships {
                keepFewest(of: event.memberships, besides: before)
                for membership in before + event.memberships {
                    retimeTiers(of: membership.department, at: time, record: record)
                }
            }
            guard event.changesMemberships else { return }
            for membership in before { followPresence(in: membership.department, at: time) }
            followPresence(of: event.index, at: time)
        case .agentRemoved(let event):
            changeAgent(event.index, record: record) { agent in
                agent.isRemoved = true
                agent.presence = .offline
                agent.pause = nil
                agent.missed.backsOffUntil = nil
                agent.wrapUp = nil
                agent.asked = nil
            }
            timers.cancel(.wrapUpEnds(event.index))
            removeSchedules(of: event.index)
            timers.cancel(.leaseEnds(event.index))
            timers.cancel(.recoveryEnds(event.index))
            let agent = agents[event.index.position]
            agentIndexes[agent.id.rawValue] = nil
            formerNames.add(agent.index, named: agent.id.rawValue)
            agentCount -= 1
            timers.cancel(.pauseEnds(event.index))
            timers.cancel(.backoffEnds(event.index))
            followPresence(of: event.index, at: time)
            timers.cancelAbsences(of: event.index)
            for membership in agent.memberships { retimeTiers(of: membership.department, at: time, record: record) }
            if agentCount == 1 { markSingleAgent() }
        case .agentPresenceChanged(let event):
            let old = agents[event.index.position].presence
            changeAgent(event.index, record: record) { agent in
                agent.presence = event.presence
                agent.presenceSince = time
                if event.presence == .offline { agent.asked = nil }
                guard event.presence == .online else { return }
                agent.idleSince = PerChannel(time)
                agent.returnedIn = record
            }
            followPresence(of: event.index, at: time)
            timePresence(event, from: old, at: time)
            if event.presence == .online { forgiveMisses(event.index, record: record) }
        case .agentPaused(let event):
            changeAgent(event.index, record: record) { agent in
                agent.chargePause(at: time)
                agent.pause = event.pause
                agent.asked = nil
            }
            cancelOwnerGrace(event.index)
            timers.cancel(.pauseEnds(event.index))
            if let until = event.pause.until { timers.set(.pauseEnds(event.index), due: until) }
        case .agentResumed(let event):
            changeAgent(event.index, record: record) { agent in
                agent.chargePause(at: time)
                agent.pause = nil
                if !event.keepsRequest { agent.asked = nil }
                agent.idleSince = PerChannel(time)
                agent.returnedIn = record
            }
            cancelOwnerGrace(event.index)
            timers.cancel(.pauseEnds(event.index))
            forgiveMisses(event.index, record: record)
        case .absenceEnded(let event):
            timers.cancel(.absenceEnds(event.index, event.department, event.channel))
        default:
            preconditionFailure("\(event) does not concern an agent")
        }
    }

    /// What woke while its owner was paused is theirs for good on every channel on which they are back.
    private mutating func cancelOwnerGrace(_ agent: AgentIndex) {
        for channel in Channel.allCases where !agents[agent.position].isPaused(channel) {
            for ticket in agents[agent.position].holds[channel] { timers.cancel(.ownerGraceEnds(ticket)) }
        }
    }

    /// One agent is left: `manual` queues are now served, so they are to be looked at.
    private mutating func markSingleAgent() {
        guard let agent = agentIndexes.values.first else { return }
        for membership in agents[agent.position].memberships {
            for channel in Channel.allCases { markDirty(QueueIndex(membership.department, channel)) }
        }
    }
}
