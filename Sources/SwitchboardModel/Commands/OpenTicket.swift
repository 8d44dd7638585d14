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
            event.until = preference.until
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
        var event = TicketOpened()
        event.ticket = routing.nextTicket
        event.department = department
        event.channel = channel
        event.priority = priority
        // By field, since a copy of all settings costs more than the rest of this.
        event.weight = weight ?? routing.departments[department.position].effective[channel].weight
        event.subject = subject
        event.from = from
        event.body = body
        event.source = source
        event.reference = reference
        event.tags = tags.map { FieldedText($0) }
        event.fields = fields.filter { !$0.value.isEmpty }
        guard let agent else {
            events.append(.ticketOpened(event))
            if let cause = routing.cannotEnter(QueueIndex(department, channel), weight: event.weight) {
                if let end = try routing.overflowed(event, cause) { events.append(.ticketOverflowed(end)) }
            }
            return .ticket(event.ticket)
        }
        let index = try routing.member(agent, of: department)
        let isFree =
            routing.agents[index.position].isFree(channel) && routing.fits(index, weight: event.weight, channel)
        guard isFree, !routing.agents[index.position].isOffDuty(department, channel) else {
            event.wants = index
            events.append(.ticketOpened(event))
            return .ticket(event.ticket)
        }
        var assigned = TicketOwnerChanged()
        assigned.ticket = event.ticket
        assigned.owner = index
        assigned.rule = .hand
        assigned.status = channel.conversationStatus ?? .new
        events.append(.ticketOpened(event))
        events.append(.ticketOwnerChanged(assigned))
        return .ticket(event.ticket)
    }
}

/// A gateway's own name for a ticket or a message.
enum Reference {
    /// Unique per source: the source and the reference with a NUL between.
    static func key(source: String, _ reference: String) -> String { source + "\u{0}" + reference }
}
