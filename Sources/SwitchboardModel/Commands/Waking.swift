extension Ticket {
    /// A ticket that wakes or is reopened is of that moment in its queue; an unowned postponed one only stepped out of
    /// its queue and comes back with its queue time.
    var renewsQueueTimeOnWaking: Bool { !(status == .postponed && agent == nil) }

    /// That something cannot be done in this status.
    var refusal: Rejection { Rejection(.state, "ticket \(id.rawValue) is \(status.name)") }

    /// Throws where the request said of which version it must be, and it is of another.
    @inline(__always)
    func require(version: UInt32?) throws(Rejection) {
        guard let version, version != self.version else { return }
        throw Rejection(.conflict, "ticket \(id.rawValue) is at version \(self.version), not \(version)")
    }

    /// That a merged ticket is written to.
    var isMerged: Rejection {
        guard let mark = putAway else {
            return Rejection(.state, "merged into \(extras.merged?.ticket.rawValue ?? 0)")
        }
        let missing =
            mark.isInParts
            ? "the rest of its thread has" : "ticket \(mark.merged?.ticket.rawValue ?? 0), which it is merged into, has"
        return Rejection(.state, "ticket \(id.rawValue) is being imported: \(missing) not come")
    }

    /// Throws unless the ticket is being worked on, or will be by itself.
    func requireUnfinished() throws(Rejection) {
        guard status.isUnfinished else { throw refusal }
    }

    /// Throws when the ticket was put away.
    func requireKept() throws(Rejection) {
        guard status != .spam, status != .deleted else { throw refusal }
    }
}

extension Routing {
    /// What becomes of the owner when a ticket wakes. Online and not paused on the channel: theirs again, even over
    /// the limit. Paused: theirs for the grace period. Offline, removed or no longer in the department: nobody's, and
    /// queued at once.
    ///
    /// `before` goes before the event that wakes the ticket (so that an absent owner is never over the limit for a
    /// moment), `after` behind it.
    func ownerOnWaking(
        _ ticket: Ticket, at now: Timestamp
    ) -> (before: Event?, after: Event?) {
        guard let owner = ticket.agent else {
            // Who it waited for may have gone while it was idle.
            guard let wants = ticket.wants, !belongs(wants, to: ticket.department) else { return (nil, nil) }
            return (.ticketChanged(ticket.wantingNobody), nil)
        }
        let agent = agents[owner.position]
        if agent.presence == .offline || !belongs(owner, to: ticket.department) {
            var event = TicketOwnerChanged()
            event.ticket = ticket.id
            event.owner = nil
            event.rule = .ownerAway
            event.by = .automatic
            event.status = ticket.status
            return (.ticketOwnerChanged(event), nil)
        }
        guard agent.isPaused(ticket.channel) else { return (nil, nil) }
        var grace = OwnerGraceSet()
        grace.ticket = ticket.id
        grace.until = now + settings(ticket.department, ticket.channel).grace
        return (nil, .ownerGraceSet(grace))
    }

    /// Whether the agent is there still and in the department.
    func belongs(_ agent: AgentIndex, to department: DepartmentIndex) -> Bool {
        !agents[agent.position].isRemoved && agents[agent.position].isMember(of: department)
    }

    /// Throws where the ticket's department was removed: nothing comes back to it.
    func requireDepartment(of ticket: Ticket) throws(Rejection) {
        let department = departments[ticket.department.position]
        guard department.isRemoved else { return }
        let name = department.id.rawValue
        throw Rejection(.state, "department '\(name)' was removed: transfer ticket \(ticket.id.rawValue) first")
    }

    /// The agent, who must belong to the department.
    func member(_ id: AgentID, of department: DepartmentIndex) throws(Rejection) -> AgentIndex {
        let index = try agent(id)
        guard agents[index.position].isMember(of: department) else {
            throw Rejection(
                .badArgument,
                "agent '\(id.rawValue)' is not in department '\(departments[department.position].id.rawValue)'")
        }
        return index
    }

    /// An agent who is given a ticket by hand must have room, unless the ticket holds no slot or it is forced.
    func requireRoom(_ agent: AgentIndex, for ticket: Ticket) throws(Rejection) {
        guard !hasRoom(agent, for: ticket) else { return }
        throw full(agent, ticket.channel, ticket.weight)
    }

    /// That an agent has no room, or not enough.
    func full(_ agent: AgentIndex, _ channel: Channel, _ weight: UInt8) -> Rejection {
        let full = agents[agent.position]
        let (name, place) = (full.id.rawValue, "on channel \(channel.name)")
        guard full.hasRoom(channel), let lack = full.lack(channel, weight: weight) else {
            return Rejection(.capacity, "agent '\(name)' is full: \(full.fullness(channel)) \(place)")
        }
        return Rejection(.capacity, "agent '\(name)' has not enough room \(place): the ticket \(lack)")
    }

    /// An agent who is given a ticket by hand must be able to do what it still needs at its age, unless it is forced.
    func requireSkills(_ agent: AgentIndex, _ ticket: Ticket, at now: Timestamp) throws(Rejection) {
        guard let need = agents[agent.position].traits.skills.lacks(needs(of: ticket, at: now)) else { return }
        let name = agents[agent.position].id.rawValue
        throw Rejection(
            .state, "agent '\(name)' lacks the skill \(need.text), which ticket \(ticket.id.rawValue) needs")
    }

    /// What a ticket needs at its age.
    func needs(of ticket: Ticket, at now: Timestamp) -> [Skill] {
        guard ticket.hasWish else { return [] }
        let wish = ticket.wish
        let relax = wish.relax ?? settings(ticket.department, ticket.channel).relax
        return relax.relaxed(wish.needs, after: now - ticket.queuedAt)
    }

    /// The event that takes the owner from a ticket.
    func unowned(_ ticket: Ticket, _ rule: AssignmentRule, by: Actor) -> Event {
        var event = TicketOwnerChanged()
        event.ticket = ticket.id
        event.rule = rule
        event.by = by
        event.status = ticket.status.isConversation ? .new : ticket.status
        return .ticketOwnerChanged(event)
    }

    /// The event that keeps a ticket from going straight back to `agent`; none when the retry time is zero.
    func skip(
        _ ticket: Ticket, _ agent: AgentIndex, _ cause: SkipCause, department: DepartmentIndex, at now: Timestamp
    ) -> Event? {
        let retry = settings(department, ticket.channel).retry
        guard retry > .zero else { return nil }
        var event = TicketSkipped()
        event.ticket = ticket.id
        event.agent = agent
        event.until = now + retry
        event.cause = cause
        return .ticketSkipped(event)
    }
}

extension Shards {
    /// The ticket, which must exist, not be merged and, where the request said so, be of that version.
    func existing(_ id: TicketID, version: UInt32?) throws(Rejection) -> Ticket {
        let ticket = try perhapsMerged(id, version: version)
        if ticket.status == .merged { throw ticket.isMerged }
        return ticket
    }

    /// As `existing`, also where it is merged.
    func perhapsMerged(_ id: TicketID, version: UInt32?) throws(Rejection) -> Ticket {
        guard let ticket = ticket(id) else { throw Self.missing(id) }
        try ticket.require(version: version)
        return ticket
    }

    /// The ticket with its texts, which must exist.
    func existing(_ id: TicketID) throws(Rejection) -> TicketView {
        guard let view = view(id) else { throw Self.missing(id) }
        return view
    }

    private static func missing(_ id: TicketID) -> Rejection { Rejection(.notFound, "no ticket \(id.rawValue)") }
}
