import SwitchboardModel

extension Shadow {
    /// A chat or call that a record ended for an agent.
    struct Ended {
        var ticket: UInt64
        var agent: Int
        var department: Int
        var channel: Channel
        var isTakenBack: Bool
    }

    /// The conversation that `event` ended, going by what the ticket was before it and is now.
    func ended(_ event: Event, _ before: Ticket?) -> Ended? {
        guard let before, before.isConversation, let agent = before.holder else { return nil }
        let after = tickets[Int(before.id) - 1]
        guard !after.isConversation || after.holder != agent else { return nil }
        var isTakenBack = false
        if case .ticketOwnerChanged(let change) = event {
            switch change.rule {
            // Of a call back that nobody answered there is nothing to finish with.
            case .absent, .ownerAway, .ownerPaused, .ownerRemoved, .pauseReturned, .callbackFailed,
                .unanswered:
                isTakenBack = true
            default: break
            }
        }
        return Ended(
            ticket: before.id, agent: agent, department: before.department, channel: before.channel,
            isTakenBack: isTakenBack)
    }

    /// Every conversation that a record ended gave its agent the time to finish with it, once, and nothing else did.
    ///
    /// - Parameter before: the agents before the record.
    func checkWrapUps(_ record: SimulatedRecord, _ ended: [Ended], _ before: [Agent]) throws(Violation) {
        var until = before.map { $0.wrapUp?.until }
        var right: [String] = []
        for conversation in ended where !conversation.isTakenBack && agents[conversation.agent].isOnline {
            let end = record.time + departments[conversation.department].wrapUp(conversation.channel)
            guard end > record.time, until[conversation.agent].map({ $0 < end }) ?? true else { continue }
            until[conversation.agent] = end
            right.append("\(conversation.agent) for \(conversation.ticket) until \(end.milliseconds)")
        }
        var given: [String] = []
        for case .agentWrapUpBegun(let event) in record.events {
            given.append("\(event.index.rawValue) for \(event.ticket.rawValue) until \(event.until.milliseconds)")
        }
        try require(
            given == right, .attendance, "record \(record.number) gives the wrap-ups \(given), not \(right)")
    }

    /// Follows what concerns when an agent is given anything.
    mutating func applyToAttendance(_ event: Event, at now: Timestamp) {
        switch event {
        case .agentWrapUpBegun(let event):
            let index = Int(event.index.rawValue)
            var wrapUp = WrapUp()
            wrapUp.since = agents[index].wrapUp?.since ?? now
            wrapUp.until = event.until
            wrapUp.ticket = event.ticket
            agents[index].wrapUp = wrapUp
        case .agentReady(let event):
            let index = Int(event.index.rawValue)
            agents[index].wrapUp = nil
            agents[index].idleSince = [now, now, now]
        case .agentPauseAsked(let event):
            let index = Int(event.index.rawValue)
            agents[index].asked = event.request
            agents[index].asked?.record = LogSequenceNumber(record)
        case .leaseRenewed(let event):
            agents[Int(event.index.rawValue)].leaseUntil = event.until
        case .leasesRenewed(let event): renewLeases(at: event.at)
        case .scheduleAdded(let event):
            agents[Int(event.index.rawValue)].schedules.append((event.schedule, now))
        case .scheduleRemoved(let event):
            agents[Int(event.index.rawValue)].schedules.removeAll { $0.schedule.number == event.number }
        case .scheduleCame(let event):
            let index = Int(event.index.rawValue)
            for place in agents[index].schedules.indices
            where agents[index].schedules[place].schedule.number == event.number {
                agents[index].schedules[place].last = now
            }
        default: break
        }
    }

    /// Compares what an agent's times are with what the records said.
    func compareAttendance(_ agent: Agent, _ other: SwitchboardModel.Agent, _ now: Timestamp) throws(Violation) {
        try require(
            other.wrapUp == agent.wrapUp, .attendance, "the wrap-up of '\(agent.id)' is not what the records say")
        try require(
            agent.wrapUp.map { $0.until > now } ?? true, .time, "the wrap-up of '\(agent.id)' should be over")
        try require(
            other.asked == agent.asked && other.times == agent.times
                && other.schedules == agent.schedules.map(\.schedule), .attendance,
            "the pauses of '\(agent.id)' are not what the records say")
        try require(
            (other.presence == .recovering) == agent.isRecovering, .attendance,
            "'\(agent.id)' is \(other.presence.name), which the records do not say")
        try require(
            agent.leaseUntil.map { $0 > now } ?? true, .time, "the lease of '\(agent.id)' should be over")
        let (used, right) = (other.pauseUsed(at: now), rested(agent, at: now))
        try require(
            used == right, .attendance, "'\(agent.id)' has used \(used.text) of the day's pauses, not \(right.text)")
        for (schedule, last) in agent.schedules {
            try require(
                begin(schedule, after: last, agent.times.offset) > now, .time,
                "the planned pause \(schedule.number) of '\(agent.id)' should have begun")
        }
    }
}
