extension ServiceTimer: Decidable {
    /// What a timer does when it is due. It always leaves an event that takes the timer away.
    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        switch purpose {
        case .pauseEnds(let agent):
            var event = AgentResumed()
            event.index = agent
            event.keepsRequest = true
            events.append(.agentResumed(event))
            return .ok
        case .wrapUpEnds(let agent):
            events += routing.ready(agent, shards, at: now)
            return .ok
        case .rosterTurns(let number):
            var event = RosterTurned()
            event.number = number
            events.append(.rosterTurned(event))
            return .ok
        case .leaseEnds(let agent):
            events.append(routing.lost(agent, at: now))
            return .ok
        case .recoveryEnds(let agent):
            var event = AgentPresenceChanged()
            event.index = agent
            event.presence = .offline
            events.append(.agentPresenceChanged(event))
            return .ok
        case .scheduleBegins(let agent, let number):
            events += routing.scheduleDue(agent, number, shards, at: now)
            return .ok
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
            if event.status == .new, ticket.agent != nil, owner.before == nil {
                event.status = ticket.channel.conversationStatus ?? .new
            }
            if let before = owner.before { events.append(before) }
            events.append(.ticketStatusChanged(event))
            if let after = owner.after { events.append(after) }
            return .ok
        case .skipExpires(let id):
            var event = TicketSkipsExpired()
            event.ticket = id
            events.append(.ticketSkipsExpired(event))
            return .ok
        case .deliveryDetailsExpire(let id):
            var event = DeliveryDetailsExpired()
            event.ticket = id
            events.append(.deliveryDetailsExpired(event))
            return .ok
        case .offersEnd(let id):
            if let round = routing.offers[id] { events += try routing.missed(round, shards, at: now) }
            return .ok
        case .answerEnds(let id):
            events += routing.unanswered(try shards.existing(id, version: nil), at: now)
            return .ok
        case .waitEnds(let id):
            let ticket = try shards.existing(id, version: nil)
            events += routing.waitedTooLong(ticket, rings: routing.offers[id] != nil, at: now)
            return .ok
        case .queueEmpties(let department, let channel):
            events += routing.emptied(QueueIndex(department, channel), shards, at: now)
            return .ok
        case .backoffEnds(let agent):
            var event = BackoffEnded()
            event.index = agent
            events.append(.backoffEnded(event))
            return .ok
        case .ticketWidens(let id):
            var event = TicketWidened()
            event.ticket = id
            events.append(.ticketWidened(event))
            return .ok
        case .absenceEnds(let agent, let department, let channel):
            var event = AbsenceEnded()
            event.index = agent
            event.department = department
            event.channel = channel
            let policy = routing.settings(department, channel).absence
            let isAway = routing.agents[agent.position].presence != .online
            events.append(.absenceEnded(event))
            guard policy != .keep, isAway else { return .ok }
            let rule: AssignmentRule = policy == .release ? .absent : .ownerAway
            events += routing.returned(agent, shards, rule: rule) { ticket in
                ticket.department == department && ticket.channel == channel
            }
            return .ok
        case .ownerGraceEnds(let id):
            var ended = OwnerGraceEnded()
            ended.ticket = id
            let ticket = try shards.existing(id, version: nil)
            events.append(.ownerGraceEnded(ended))
            guard let owner = ticket.agent, ticket.status.needsAgent,
                routing.agents[owner.position].isPaused(ticket.channel)
            else { return .ok }
            events.append(routing.unowned(ticket, .ownerPaused, by: .automatic))
            return .ok
        }
    }
}
