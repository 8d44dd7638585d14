import SwitchboardModel

/// To whom a waiting ticket may be given as it waits: skills that are asked for less and less, tiers one after the other.
extension Shadow {
    /// What of a ticket stands for its place in a queue; `nil` while it does not wait.
    struct Waited: Equatable {
        var department: Int
        var channel: Channel
        var priority: UInt8
        var weight: Int
        var queuedAt: Timestamp
        var wants: Int?
    }

    func waited(_ ticket: UInt64) -> Waited? {
        guard ticket >= 1, ticket <= tickets.count, tickets[Int(ticket) - 1].waits else { return nil }
        let ticket = tickets[Int(ticket) - 1]
        return Waited(
            department: ticket.department, channel: ticket.channel, priority: ticket.priority,
            weight: ticket.weight, queuedAt: ticket.queuedAt, wants: ticket.wants)
    }

    /// A ticket that enters a queue, or another place in it, has taken all steps up to then; so has one whose timer fired, and all of
    /// a queue whose steps are others now.
    mutating func followWidening(_ event: Event, _ before: Waited?, at now: Timestamp) {
        if let id = event.ticket, let after = waited(id), after != before { tickets[Int(id) - 1].widenedAt = now }
        switch event {
        case .ticketWidened(let event): tickets[Int(event.ticket.rawValue) - 1].widenedAt = now
        case .agentAdded(let event): retimeTiers(event.memberships.map { Int($0.department.rawValue) }, at: now)
        default: break
        }
    }

    /// Tickets of these departments that wait by tiers begin at this moment.
    mutating func retimeTiers(_ departments: [Int], at now: Timestamp) {
        for place in tickets.indices where departments.contains(tickets[place].department) && tickets[place].waits {
            let ticket = tickets[place]
            if self.departments[ticket.department].tierWait(ticket.channel) > .zero { tickets[place].widenedAt = now }
        }
    }

    /// Tickets of a department whose settings for it changed begin at this moment.
    mutating func retime(_ department: Int, from old: Department, at now: Timestamp) {
        let new = departments[department]
        for place in tickets.indices where tickets[place].department == department && tickets[place].waits {
            let channel = tickets[place].channel
            if old.tierWait(channel) != new.tierWait(channel) || old.relax(channel) != new.relax(channel) {
                tickets[place].widenedAt = now
            }
        }
    }

    /// How many spans of its age the ticket has behind it.
    private func steps(_ ticket: Ticket, of span: TimeSpan) -> Int64 {
        max(0, (ticket.widenedAt - ticket.queuedAt).milliseconds) / span.milliseconds
    }

    func hasSkills(_ ticket: Ticket, _ agent: Int) -> Bool {
        let relax = ticket.relax ?? departments[ticket.department].relax(ticket.channel)
        let fall = relax.span > .zero ? steps(ticket, of: relax.span) : 0
        return ticket.needs.allSatisfy { need in
            if fall > 0, relax.step == 0 { return true }
            let level = Int64(need.level) - fall * Int64(relax.step)
            return level < 1 || agents[agent].skills.contains { $0.name == need.name && Int64($0.level) >= level }
        }
    }

    /// Whether the agent's tier may have the ticket: each tier before it that has anybody there takes one wait.
    func isReached(_ ticket: Ticket, _ agent: Int) -> Bool {
        let wait = departments[ticket.department].tierWait(ticket.channel)
        guard wait > .zero, let tier = agents[agent].place(ticket.department)?.tier else { return true }
        var before: Set<UInt16> = []
        for other in agents.indices where isAvailable(other, ticket.channel) {
            if let earlier = agents[other].place(ticket.department)?.tier, earlier < tier { before.insert(earlier) }
        }
        return steps(ticket, of: wait) >= Int64(before.count)
    }

    /// Whether a step of a waiting ticket should have been carried out and was not.
    func overdue(_ ticket: Ticket, at now: Timestamp) -> Bool {
        guard ticket.waits, ticket.wants == nil else { return false }
        var late = ticket
        late.widenedAt = now
        return agents.indices.contains { agent in
            guard !agents[agent].isRemoved, agents[agent].place(ticket.department) != nil else { return false }
            return hasSkills(late, agent) != hasSkills(ticket, agent)
                || isReached(late, agent) != isReached(ticket, agent)
                || isReserved(late, from: agent) != isReserved(ticket, from: agent)
        }
    }
}

extension Shadow.Department {
    func tierWait(_ channel: Channel) -> TimeSpan { settings.own[channel].tierWait ?? settings.base.tierWait ?? .zero }
    func relax(_ channel: Channel) -> Relaxation { settings.own[channel].relax ?? settings.base.relax ?? Relaxation() }
}
