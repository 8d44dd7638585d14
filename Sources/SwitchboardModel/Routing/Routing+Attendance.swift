extension Routing {
    /// Applies an event on when an agent is given anything. Never fails.
    mutating func applyToAttendance(_ event: Event, at time: Timestamp, record: LogSequenceNumber) {
        switch event {
        case .agentWrapUpBegun(let event):
            changeAgent(event.index, record: record) { agent in
                var wrapUp = agent.wrapUp ?? WrapUp()
                if agent.wrapUp == nil { wrapUp.since = time }
                wrapUp.until = event.until
                wrapUp.ticket = event.ticket
                agent.wrapUp = wrapUp
            }
            timers.set(.wrapUpEnds(event.index), due: event.until)
        case .agentReady(let event):
            changeAgent(event.index, record: record) { agent in
                agent.wrapUp = nil
                agent.idleSince = PerChannel(time)
            }
            timers.cancel(.wrapUpEnds(event.index))
        case .agentPauseAsked(let event):
            changeAgent(event.index, record: record) { agent in
                agent.asked = event.request
                agent.asked?.record = record
            }
        case .scheduleAdded(let event):
            let place = event.index.position
            agents[place].schedules.append(event.schedule)
            agents[place].lastSchedule = event.schedule.number
            agents[place].lastRecord = record
            self.time(event.schedule, of: event.index, after: time)
        case .scheduleRemoved(let event):
            agents[event.index.position].schedules.removeAll { $0.number == event.number }
            agents[event.index.position].lastRecord = record
            timers.cancel(.scheduleBegins(event.index, event.number))
        case .scheduleCame(let event):
            timers.cancel(.scheduleBegins(event.index, event.number))
            let schedule = agents[event.index.position].schedules.first { $0.number == event.number }
            if let schedule { self.time(schedule, of: event.index, after: time) }
        case .leaseRenewed(let event):
            timers.set(.leaseEnds(event.index), due: event.until)
            agents[event.index.position].lastRecord = record
        case .leasesRenewed(let event):
            renewLeases(at: event.at)
        default:
            preconditionFailure("\(event) does not concern when an agent is given anything")
        }
    }

    /// Sets the timer of a planned pause to its next time.
    private mutating func time(_ schedule: Schedule, of agent: AgentIndex, after time: Timestamp) {
        let next = schedule.next(after: time, agents[agent.position].times.offset)
        timers.set(.scheduleBegins(agent, schedule.number), due: next)
    }

    /// The agent's clock was perhaps set anew.
    mutating func timeSchedules(of agent: AgentIndex, after time: Timestamp) {
        for schedule in agents[agent.position].schedules { self.time(schedule, of: agent, after: time) }
    }

    mutating func removeSchedules(of agent: AgentIndex) {
        for schedule in agents[agent.position].schedules { timers.cancel(.scheduleBegins(agent, schedule.number)) }
        agents[agent.position].schedules = []
    }

    /// The event that gives the agent time to finish with what ended; none where the department gives none, where the
    /// agent is not there, or where the present time is longer.
    func wrapUp(after ended: EndedConversation, at now: Timestamp) -> Event? {
        let agent = ended.agent.position
        let span = settings(ended.department, ended.channel).wrapUp
        guard span > .zero, !ended.isTakenBack, agents[agent].presence == .online else { return nil }
        if let present = agents[agent].wrapUp, present.until >= now + span { return nil }
        var event = AgentWrapUpBegun()
        event.index = ended.agent
        event.ticket = ended.ticket
        event.until = now + span
        return .agentWrapUpBegun(event)
    }
}

extension PlacementChange {
    /// The chat or call that this ended for an agent, if it did. A ticket that goes on with the same agent has not ended.
    @inline(__always)
    func ended(by event: Event) -> EndedConversation? {
        guard let before, before.isConversation, case .held(let agent) = before.kind else { return nil }
        guard !after.isConversation || after.kind != before.kind else { return nil }
        var isTakenBack = false
        if case .ticketOwnerChanged(let event) = event { isTakenBack = event.rule.isAutomatic }
        return EndedConversation(
            ticket: event.changedTicket ?? TicketID(0), agent: agent, department: before.department,
            channel: before.channel, isTakenBack: isTakenBack)
    }
}
