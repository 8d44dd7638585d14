/// `TICKET OPEN`: a contact becomes a ticket and is routed.
public struct OpenTicket: Decidable {
    public var department: DepartmentID
    public var channel: Channel
    public var priority: UInt8 = 5
    public var subject = ""
    public var body: String?
    public var from = ""
    public var source = ""
    public var reference: String?
    public var tags: [String] = []
    public var fields: [CustomField] = []
    /// Who it is for. Full, paused or offline: it waits for this agent.
    public var agent: AgentID?
    public var description: String?
    public var needs: [Skill] = []
    /// `nil`: as the department says.
    public var relax: Relaxation?
    /// How many slots it takes; `nil`: as the department says.
    public var weight: UInt8?

    public init(department: DepartmentID, channel: Channel) {
        self.department = department
        self.channel = channel
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let subject = try open(routing, shards, into: &events)
        if agent == nil, !from.isEmpty, case .ticket(let id) = subject,
            let department = routing.departmentIndexes[self.department.rawValue],
            let preference = routing.preference(department, channel, from: from, at: now)
        {
            var event = TicketPreferred()
            event.ticket = id
            event.agent = preference.agent
            // Waiting for who lacks the skill would be in vain.
            let lacks = routing.agents[preference.agent.position].traits.skills.lacks(needs) != nil
            event.until = lacks ? nil : preference.until
            events.append(.ticketPreferred(event))
        }
        guard description != nil || !needs.isEmpty || relax != nil, case .ticket(let id) = subject else {
            return subject
        }
        if let description, !description.isEmpty {
            var event = TicketDescribed()
            event.ticket = id
            event.description = description
            events.append(.ticketDescribed(event))
        }
        guard !needs.isEmpty || relax != nil else { return subject }
        var event = TicketSkillsSet()
        event.ticket = id
        event.needs = needs
        event.relax = relax
        events.append(.ticketSkillsSet(event))
        return subject
    }

    @inline(__always)
    private func open(
        _ routing: borrowing Routing, _ shards: Shards, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let department = try routing.department(self.department)
        let reference = reference.map { Reference.key(source: source, $0) }
        if let reference, let known = routing.references[reference] { return .duplicate(shards.survivor(of: known)) }
        let id = routing.nextTicket
        // By field, since a copy of all settings costs more than the rest of this.
        let weight = weight ?? routing.departments[department.position].effective[channel].weight
        guard let agent else {
            var end: TicketOverflowed?
            let queue = QueueIndex(department, channel)
            if let cause = routing.cannotEnter(queue, weight: weight) {
                end = try routing.overflowed(
                    new: id, from: queue, weight: weight, hasNumber: !from.isEmpty, cause)
            }
            events.append(.ticketOpened(opened(id, department, reference, weight, wants: nil)))
            if let end { events.append(.ticketOverflowed(end)) }
            return .ticket(id)
        }
        let index = try routing.member(agent, of: department)
        let isFree = routing.agents[index.position].isFree(channel) && routing.fits(index, weight: weight, channel)
        guard isFree, !routing.agents[index.position].isOffDuty(department, channel) else {
            events.append(.ticketOpened(opened(id, department, reference, weight, wants: index)))
            return .ticket(id)
        }
        var assigned = TicketOwnerChanged()
        assigned.ticket = id
        assigned.owner = index
        assigned.rule = .hand
        assigned.status = channel.conversationStatus ?? .new
        events.append(.ticketOpened(opened(id, department, reference, weight, wants: nil)))
        events.append(.ticketOwnerChanged(assigned))
        return .ticket(id)
    }

    private func opened(
        _ id: TicketID, _ department: DepartmentIndex, _ reference: String?, _ weight: UInt8, wants: AgentIndex?
    ) -> TicketOpened {
        var event = TicketOpened()
        event.ticket = id
        event.department = department
        event.channel = channel
        event.priority = priority
        event.weight = weight
        event.subject = subject
        event.from = from
        event.body = body
        event.source = source
        event.reference = reference
        // An empty list stays the one it is: nothing is allocated and counted for it.
        if !tags.isEmpty { event.tags = tags.map { FieldedText($0) } }
        if !fields.isEmpty { event.fields = fields.filter { !$0.value.isEmpty } }
        event.wants = wants
        return event
    }
}

/// A gateway's own name for a ticket or a message.
enum Reference {
    /// Unique per source: the source and the reference with a NUL between.
    static func key(source: String, _ reference: String) -> String { source + "\u{0}" + reference }
}
