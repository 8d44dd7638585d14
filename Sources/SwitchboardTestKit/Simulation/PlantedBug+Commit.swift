import SwitchboardModel

extension PlantedBug {
    /// Carries out the command as a balancer with this bug would; `nil` where the bug has no occasion to show.
    func commit(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        switch self {
        case .overCapacity:
            overfill(command, &routing, &tables, at: now, record: record)
        case .forgottenPull:
            comeOnline(command, &routing, &tables, at: now, record: record)
        case .wrongOrder:
            serveTheLast(command, &routing, &tables, at: now, record: record)
        case .secondServed:
            serveTheSecond(command, &routing, &tables, at: now, record: record)
        case .twoOwners:
            giveTwice(command, &routing, &tables, at: now, record: record)
        case .doubledMessage:
            splitAndKeep(command, &routing, &tables, at: now, record: record)
        case .wrongShare, .wrongTier:
            misplace(command, &routing, &tables, at: now, record: record)
        case .lostOnRestart, .forgottenRequest:
            nil
        }
    }

    private func splitAndKeep(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        guard case .splitTicket(let split) = command, case .numbers = split.selection else { return nil }
        var events: [Event] = []
        guard (try? command.decide(routing, tables, at: now, into: &events)) != nil else { return nil }
        events = events.map { event in
            guard case .ticketEntriesMoved(var moved) = event else { return event }
            moved.places = []
            return .ticketEntriesMoved(moved)
        }
        for event in events { routing.apply(event, &tables, at: now, record: record) }
        routing.finish(at: now, record: record)
        return Carried(outcome: .ok, events: events)
    }

    private func overfill(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried {
        var carried = routing.carryOut(command, &tables, at: now, record: record)
        guard !carried.events.isEmpty, case .open = command else { return carried }
        for ticket in Self.waiting(routing, tables) {
            var full: AgentIndex?
            for agent in routing.agents {
                let isThere = agent.isAvailable(ticket.channel) && agent.isMember(of: ticket.department)
                if isThere, !agent.hasRoom(ticket.channel) { full = agent.index }
            }
            guard let full else { continue }
            let event = Self.given(ticket, to: full, .leastLoaded)
            routing.apply(event, &tables, at: now, record: record)
            carried.events.append(event)
            break
        }
        return carried
    }

    private func comeOnline(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        guard let index = Self.comesOnline(command, routing) else { return nil }
        // An answer to change; it does nothing.
        var carried = routing.carryOut(.routeWaiting, &tables, at: now, record: record)
        carried.events = [Self.online(index)]
        routing.apply(Self.online(index), &tables, at: now, record: record)
        routing.forgetChangedQueues()
        routing.finish(at: now, record: record)
        return carried
    }

    private static func online(_ agent: AgentIndex) -> Event {
        var event = AgentPresenceChanged()
        event.index = agent
        event.presence = .online
        return .agentPresenceChanged(event)
    }

    /// Where the agent who comes online has room for one, so that the head does not get the next place at once.
    private func serveTheSecond(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        guard let index = Self.comesOnline(command, routing) else { return nil }
        let agent = routing.agents[Int(index.rawValue)]
        let takeable = Self.takeable(by: agent, routing, tables).filter { ticket in
            Int(agent.capacity[ticket.channel]) - agent.load(ticket.channel) == 1
        }
        let second = takeable.indices.dropFirst().first { place in
            let (head, ticket) = (takeable[place - 1], takeable[place])
            return head.department == ticket.department && head.channel == ticket.channel
        }
        guard let second else { return nil }
        // An answer to change; it does nothing.
        var carried = routing.carryOut(.routeWaiting, &tables, at: now, record: record)
        carried.events = [Self.online(index), Self.given(takeable[second], to: index, .leastLoaded)]
        for event in carried.events { routing.apply(event, &tables, at: now, record: record) }
        routing.finish(at: now, record: record)
        return carried
    }

    private func serveTheLast(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        guard let index = Self.comesOnline(command, routing) else { return nil }
        let agent = routing.agents[Int(index.rawValue)]
        let takeable = Self.takeable(by: agent, routing, tables)
        let last = takeable.last { ticket in
            takeable.count { $0.department == ticket.department && $0.channel == ticket.channel } > 1
        }
        guard let last else { return nil }
        guard var carried = comeOnline(command, &routing, &tables, at: now, record: record) else { return nil }
        let event = Self.given(last, to: agent.index, .leastLoaded)
        routing.apply(event, &tables, at: now, record: record)
        routing.forgetChangedQueues()
        carried.events.append(event)
        return carried
    }

    /// What waits, queue by queue in order, and could be given to the agent by a bug that is wrong in nothing else.
    private static func takeable(by agent: Agent, _ routing: borrowing Routing, _ tables: Shards) -> [Ticket] {
        var takeable: [Ticket] = []
        for ticket in waiting(routing, tables) {
            let department = routing.departments[Int(ticket.department.rawValue)]
            let isTakeable =
                ticket.wants == nil && agent.isMember(of: ticket.department) && !agent.isPaused(ticket.channel)
                && agent.hasRoom(ticket.channel) && ticket.weight == 1
                && department.effective[ticket.channel].strategy == .leastLoaded
                && department.effective[ticket.channel].tierWait == .zero && agent.traits.exclusive.isEmpty
                && ticket.extras.needs.isEmpty && ticket.extras.prefers == nil
            if isTakeable { takeable.append(ticket) }
        }
        return takeable
    }

    private func giveTwice(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        guard case .assignTicket(let assign) = command, assign.force, assign.version == nil else { return nil }
        guard let ticket = tables.ticket(assign.ticket), case .held(let holder) = ticket.placement.kind else {
            return nil
        }
        // Wrong in nothing else: somebody who waits would be due the slot that seems to be free.
        guard Self.waiting(routing, tables).isEmpty else { return nil }
        var index: AgentIndex?
        for agent in routing.agents where agent.id == assign.agent && !agent.isRemoved { index = agent.index }
        guard let index, index != holder else { return nil }
        var carried = routing.carryOut(.routeWaiting, &tables, at: now, record: record)
        let event = Self.given(ticket, to: index, .forced)
        _ = tables.apply(event, toTicket: ticket.id, at: now, record: record)
        routing.finish(at: now, record: record)
        carried.events = [event]
        return carried
    }

    /// The agent who comes online by this command, if anyone does.
    private static func comesOnline(_ command: Command, _ routing: borrowing Routing) -> AgentIndex? {
        guard case .setPresence(let presence) = command, presence.presence == .online else { return nil }
        var index: AgentIndex?
        for agent in routing.agents where agent.id == presence.id && !agent.isRemoved && agent.presence == .offline {
            index = agent.index
        }
        return index
    }

    private static func given(_ ticket: Ticket, to agent: AgentIndex, _ rule: AssignmentRule) -> Event {
        given(ticket.id, ticket.channel, ticket.status, to: agent, rule)
    }

    static func given(
        _ ticket: TicketID, _ channel: Channel, _ status: TicketStatus, to agent: AgentIndex, _ rule: AssignmentRule
    ) -> Event {
        var event = TicketOwnerChanged()
        event.ticket = ticket
        event.owner = agent
        event.rule = rule
        event.by = .automatic
        event.status = status
        if status == .new, channel == .chat { event.status = .chatting }
        if status == .new, channel == .call { event.status = .calling }
        return .ticketOwnerChanged(event)
    }

    /// The waiting tickets of all queues, each queue in its order.
    private static func waiting(_ routing: borrowing Routing, _ tables: Shards) -> [Ticket] {
        routing.derived.waiting.flatMap { $0 }.compactMap { tables.ticket($0) }
    }
}
