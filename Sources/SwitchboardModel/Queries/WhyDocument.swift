extension Routing {
    /// How many agents `TICKET WHY` lists.
    static let explainedAgents = 200

    /// Why a ticket was assigned as it was, or what it waits for: for each agent of its department, whether the agent
    /// could be given it now, or the one reason why not.
    func why(_ ticket: TicketView, _ shards: Shards, at now: Timestamp) -> JSON {
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
            fields.append(("waits_for", .string(waitsFor(ticket, queue, at: now))))
            if let due = moreMayHaveIt(ticket) { fields.append(("more_may_have_it_at", .time(due))) }
            fields.append(("position", position(of: ticket.ticket).map { .integer($0) } ?? .null))
            fields.append(("waited", .span(now - ticket.queuedAt)))
            fields.append(("estimated_wait", estimate(ticket.ticket, now)))
        }
        if ticket.status == .postponed, let until = ticket.extras.postponedUntil {
            fields.append(("waits_for", .string("its time")))
            fields.append(("comes_back_at", .time(until)))
        }
        if let callback = ticket.extras.callback.first { fields.append(("callback", callback.document(of: ticket))) }
        let passed = ticket.extras.waitState.overflowedFrom
        if !passed.isEmpty { fields.append(("overflowed_from", .array(passed.map { name($0.index) }))) }
        // What will happen to it by itself, where nobody does anything.
        if let due = timers.due(.waitEnds(ticket.id)) {
            fields.append(("overflows_at", .time(due)))
            fields.append(("overflows_to", overflowGoal(of: ticket.ticket)))
        }
        if let due = timers.due(.answerEnds(ticket.id)) { fields.append(("answer_due_at", .time(due))) }
        if let due = goesBack(ticket) { fields.append(("goes_back_at", .time(due))) }
        if let assignment = lastAssignment(of: ticket) {
            fields.append(("assigned_at", .time(assignment.at)))
            fields.append(("assigned_by", name(assignment.by, ticket)))
            fields.append(("rule", assignment.rule.map { .string($0.name) } ?? .null))
            if assignment.free > 0 { fields.append(("decision", decision(assignment))) }
        }
        var candidates: [Candidate] = []
        var passedOver: [JSON] = []
        for index in staff[ticket.department.position].members {
            guard candidates.count + passedOver.count < Self.explainedAgents else { break }
            let agent = agents[index.position]
            guard let membership = agent.membership(in: ticket.department) else { continue }
            let refusals = refusals(of: agent, for: ticket, shards, at: now)
            if let first = refusals.first {
                let also = refusals.count > 1 ? [("also", JSON.array(refusals.dropFirst().map(\.document)))] : []
                passedOver.append(first.document(of: agent, also))
            } else {
                candidates.append(candidate(index, membership, ticket.channel))
            }
        }
        candidates.sort { $0.precedes($1, among: agents) }
        fields.append(("now", .time(now)))
        fields.append(("candidates", .array(candidates.map { describe($0, queue, strategy) })))
        fields.append(("passed_over", .array(passedOver)))
        return .record(fields)
    }

    /// Who could be given it, with what the strategies look at.
    private func describe(_ candidate: Candidate, _ queue: QueueIndex, _ strategy: Strategy) -> JSON {
        let agent = agents[candidate.agent.position]
        let membership = agent.membership(in: queue.department) ?? Membership()
        var fields: [(String, JSON)] = [
            ("agent", .string(agent.id.rawValue)),
            ("tier", .integer(Int64(membership.tier))),
            ("load", .integer(Int64(agent.load(queue.channel)))),
            ("capacity", .integer(Int64(agent.capacity[queue.channel]))),
            ("turn", .integer(Int64(clamping: membership.turn[queue.channel]))),
            ("idle_since", .time(agent.idleSince[queue.channel])),
        ]
        switch strategy {
        case .fewestContacts: fields.append(("taken", .integer(Int64(membership.taken[queue.channel]))))
        case .weighted: fields.append(("weight", .integer(Int64(agent.traits.weight))))
        case .topDown: fields.append(("position", .integer(Int64(agent.traits.position))))
        case .manual, .leastLoaded, .maxUtilisation, .roundRobin, .longestIdle, .random, .ringAll: break
        }
        return .record(fields)
    }

    /// What was decided when it was given, in the terms of the rule.
    private func decision(_ entry: ThreadEntry) -> JSON {
        var fields: [(String, JSON)] = [("agents_with_room", .integer(Int64(entry.free)))]
        let term = JSON.integer(Int64(clamping: entry.term))
        switch entry.rule {
        case .leastLoaded, .maxUtilisation: fields.append(("load", term))
        case .roundRobin: fields.append(("turn", term))
        case .longestIdle: fields.append(("idle", .span(TimeSpan(milliseconds: Int64(clamping: entry.term)))))
        case .fewestContacts: fields.append(("taken", term))
        case .weighted: fields.append(("weight", term))
        case .topDown: fields.append(("position", term))
        default: break
        }
        return .record(fields)
    }

    /// What becomes of a ticket that has waited too long, if nothing changes until then.
    private func overflowGoal(of ticket: Ticket) -> JSON {
        guard let end = overflow(of: ticket), end.changesAnything(in: ticket.department) else { return .null }
        return end.action.map { .string($0.name) } ?? name(end.department)
    }

    private func waitsFor(_ ticket: TicketView, _ queue: QueueIndex, at now: Timestamp) -> String {
        if let round = offers[ticket.id] {
            let names = round.offers.map { "'\(agents[$0.agent.position].id.rawValue)'" }
            return "an answer to the offer that rings at \(names.joined(separator: ", "))"
        }
        if let wants = ticket.wants { return "agent '\(agents[wants.position].id.rawValue)'" }
        if servingStrategy(queue) == .manual { return "somebody to take it: the department's strategy is manual" }
        let staff = staff[queue.department.position]
        if staff.available[queue.channel] == 0 {
            let isAnybody = staff.members.contains { agents[$0.position].presence == .online }
            return isAnybody
                ? "an agent of the department to be ready: those there are paused or in wrap-up"
                : "an agent of the department to be there: nobody is"
        }
        let demand = filed[ticket.id]?.demand ?? Demand()
        if let reserved = demand.reserved, isThere(reserved, queue) {
            return "agent '\(agents[reserved.position].id.rawValue)', who handled the customer's last ticket"
        }
        let there = staff.members.filter { agents[$0.position].isAvailable(queue.channel) }
        let able = there.filter { agents[$0.position].traits.skills.lacks(demand.needs) == nil }
        if able.isEmpty {
            return "an agent with the skills \(demand.needs.map(\.text).joined(", ")): "
                + absent(demand.needs, in: queue, at: now)
        }
        let weight = ticket.weight
        if weight > TicketWeight.usual {
            guard able.contains(where: { agents[$0.position].capacity[queue.channel] >= UInt32(weight) }) else {
                return "an agent with \(weight) slots: nobody there has so many"
            }
        }
        let onDuty = able.filter { !agents[$0.position].isOffDuty(queue.department, queue.channel) }
        if onDuty.isEmpty { return "an agent on duty" }
        let free = onDuty.filter {
            isFree($0, queue.channel) && fits($0, weight: weight, queue.channel) && !isSkipped(ticket.id, $0)
        }
        if !free.isEmpty { return "the turn of a later tier: an earlier one, where somebody is, comes first" }
        return "an agent who may take it and has " + (weight > TicketWeight.usual ? "\(weight) slots free" : "room")
    }

    /// When the ticket goes back to its queue because its owner is away; `nil`: it stays, or the owner is there.
    private func goesBack(_ ticket: TicketView) -> Timestamp? {
        guard let owner = ticket.agent, case .held = ticket.placement.kind else { return nil }
        let ends = [
            timers.due(.ownerGraceEnds(ticket.id)), timers.due(.absenceEnds(owner, ticket.department, ticket.channel)),
        ]
        return ends.compactMap { $0 }.min()
    }

    /// Who of the department has the skills, where nobody of them may be given anything.
    private func absent(_ needs: [Skill], in queue: QueueIndex, at now: Timestamp) -> String {
        let able = staff[queue.department.position].members.filter {
            agents[$0.position].traits.skills.lacks(needs) == nil
        }
        guard let first = able.first else { return "nobody in the department has them" }
        let named = able.prefix(3).map { "'\(agents[$0.position].id.rawValue)'" }.joined(separator: ", ")
        if able.count == 1 {
            let agent = agents[first.position]
            let why = agent.presence == .online ? absence(of: agent, queue.channel).first?.reason : nil
            return "\(named) has them and is \(why ?? "away")"
        }
        let more = able.count > 3 ? " and \(able.count - 3) more" : ""
        let isAnybody = able.contains { agents[$0.position].presence == .online }
        return "\(named)\(more) have them and are \(isAnybody ? "away, paused or in wrap-up" : "away")"
    }

    private func lastAssignment(of ticket: TicketView) -> ThreadEntry? {
        guard ticket.agent != nil else { return nil }
        var last: ThreadEntry?
        for entry in ticket.thread {
            if case .some(.some) = entry.owner { last = entry }
        }
        return last
    }
}
