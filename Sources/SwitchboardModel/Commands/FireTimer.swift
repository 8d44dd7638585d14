extension ServiceTimer: Decidable {
    /// What a timer does when it is due. It always leaves an event that takes the timer away.
    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> Decision {
        switch purpose {
        case .pauseEnds(let agent):
            var event = AgentResumed()
            event.index = agent
            return Decision(.ok, [.agentResumed(event)])
        case .ticketWakes(let id):
            let ticket = try shards.existing(id, version: nil)
            var event = TicketStatusChanged()
            event.ticket = id
            event.status = ticket.wakesAsNew ? .new : .open
            event.by = .automatic
            event.renewsQueueTime = ticket.renewsQueueTimeOnWaking
            event.woke = true
            let owner = routing.ownerOnWaking(ticket, at: now)
            // A chat or call that wakes with its owner is in progress again.
            if event.status == .new, ticket.agent != nil, owner.before.isEmpty {
                event.status = ticket.channel.conversationStatus ?? .new
            }
            return Decision(.ok, owner.before + [.ticketStatusChanged(event)] + owner.after)
        case .skipExpires(let id):
            var event = TicketSkipsExpired()
            event.ticket = id
            return Decision(.ok, [.ticketSkipsExpired(event)])
        case .absenceEnds(let agent, let department, let channel):
            var event = AbsenceEnded()
            event.index = agent
            event.department = department
            event.channel = channel
            let policy = routing.settings(department, channel).absence
            let isAway = routing.agents[agent.position].presence == .offline
            guard policy != .keep, isAway else { return Decision(.ok, [.absenceEnded(event)]) }
            let rule: AssignmentRule = policy == .release ? .absent : .ownerAway
            let returned = routing.returned(agent, shards, rule: rule) { ticket in
                ticket.department == department && ticket.channel == channel
            }
            return Decision(.ok, [.absenceEnded(event)] + returned)
        case .ownerGraceEnds(let id):
            var ended = OwnerGraceEnded()
            ended.ticket = id
            let ticket = try shards.existing(id, version: nil)
            guard let owner = ticket.agent, ticket.status.needsAgent,
                routing.agents[owner.position].isPaused(ticket.channel)
            else { return Decision(.ok, [.ownerGraceEnded(ended)]) }
            return Decision(.ok, [.ownerGraceEnded(ended), routing.unowned(ticket, .ownerPaused, by: .automatic)])
        }
    }
}
