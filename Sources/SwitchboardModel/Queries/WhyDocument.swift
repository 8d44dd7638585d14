extension Routing {
    /// How many agents `TICKET WHY` lists.
    static let explainedAgents = 200

    /// Why a ticket was assigned as it was, or what it waits for: for each agent of its department, whether the agent
    /// could be given it now, or the one reason why not.
    func why(_ ticket: TicketView, at now: Timestamp) -> JSON {
        let queue = QueueIndex(ticket.department, ticket.channel)
        let strategy = settings(ticket.department, ticket.channel).strategy
        var fields: [(String, JSON)] = [
            ("id", .integer(Int64(ticket.id.rawValue))),
            ("status", .string(ticket.status.name)),
            ("dept", name(ticket.department)),
            ("channel", .string(ticket.channel.name)),
            ("agent", name(ticket.agent)),
            ("strategy", .string(strategy.name)),
        ]
        if case .waiting = ticket.placement.kind {
            fields.append(("waits_for", .string(waitsFor(ticket, strategy))))
            fields.append(("position", position(of: ticket, in: queue)))
            fields.append(("waited", .span(now - ticket.queuedAt)))
        }
        if let assignment = lastAssignment(of: ticket) {
            fields.append(("assigned_at", .time(assignment.at)))
            fields.append(("assigned_by", name(assignment.by, ticket)))
            fields.append(("rule", assignment.rule.map { .string($0.name) } ?? .null))
        }
        var candidates: [JSON] = []
        var passedOver: [JSON] = []
        for agent in agents {
            guard candidates.count + passedOver.count < Self.explainedAgents else { break }
            guard !agent.isRemoved, let membership = agent.membership(in: ticket.department) else { continue }
            if let reason = reason(against: agent, for: ticket, strategy) {
                passedOver.append(.record([("agent", .string(agent.id.rawValue)), ("reason", .string(reason))]))
            } else {
                candidates.append(
                    .record([
                        ("agent", .string(agent.id.rawValue)),
                        ("tier", .integer(Int64(membership.tier))),
                        ("load", .integer(Int64(agent.load(ticket.channel)))),
                        ("capacity", .integer(Int64(agent.capacity[ticket.channel]))),
                        ("turn", .integer(Int64(clamping: membership.turn[ticket.channel]))),
                        ("idle_since", .time(agent.idleSince[ticket.channel])),
                    ]))
            }
        }
        fields.append(("candidates", .array(candidates)))
        fields.append(("passed_over", .array(passedOver)))
        return .record(fields)
    }

    private func waitsFor(_ ticket: TicketView, _ strategy: Strategy) -> String {
        if let round = offers[ticket.id] {
            let names = round.offers.map { "'\(agents[$0.agent.position].id.rawValue)'" }
            return "an answer to the offer that rings at \(names.joined(separator: ", "))"
        }
        if let wants = ticket.wants { return "agent '\(agents[wants.position].id.rawValue)'" }
        let served = servingStrategy(QueueIndex(ticket.department, ticket.channel))
        if served == .manual { return "somebody to take it: the department's strategy is manual" }
        return "an agent who may take it and has room"
    }

    private func position(of ticket: TicketView, in queue: QueueIndex) -> JSON {
        var position: Int64 = 0
        var found = false
        for entry in queues[queue.rawValue].allWaiting(atMost: .max) {
            position += 1
            found = entry.ticket == ticket.id
            if found { break }
        }
        return found ? .integer(position) : .null
    }

    private func lastAssignment(of ticket: TicketView) -> ThreadEntry? {
        guard ticket.agent != nil else { return nil }
        var last: ThreadEntry?
        for entry in ticket.thread {
            if case .some(.some) = entry.owner { last = entry }
        }
        return last
    }

    /// The one reason why the balancer would not give the ticket to the agent now; `nil` when it would.
    func reason(against agent: Agent, for ticket: TicketView, _ strategy: Strategy) -> String? {
        if agent.presence == .offline { return "offline" }
        if agent.isPaused(ticket.channel) { return "paused" }
        if ticket.agent == agent.index { return "owns it" }
        if offers[ticket.id]?.offer(to: agent.index) != nil { return "it rings there" }
        if agent.isBackingOff { return "left alone after an offer" }
        if !agent.hasRoom(ticket.channel) {
            return "full: \(agent.fullness(ticket.channel))"
        }
        if let wants = ticket.wants, wants != agent.index {
            return "it waits for '\(agents[wants.position].id.rawValue)'"
        }
        if isSkipped(ticket.id, agent.index) { return "gave it away a moment ago" }
        return nil
    }
}
