/// `TICKET SET`: priority, weight, subject, description, tags, fields, skills, participants, followers. A changed priority re-orders a waiting ticket.
public struct SetTicket: Decidable {
    public var ticket: TicketID
    public var priority: UInt8?
    /// How many slots it takes from then on; nothing is taken from who then has too little room.
    public var weight: UInt8?
    public var subject: String?
    public var addedTags: [String] = []
    public var removedTags: [String] = []
    /// An empty value takes the field away.
    public var fields: [CustomField] = []
    public var description: String?
    /// All that it needs from then on.
    public var needs: [Skill]?
    /// `.some(nil)`: as the department says.
    public var relax: Relaxation??
    public var people = PeopleEdits()
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID) { self.ticket = ticket }

    /// How many tags, and how many fields of its own, a ticket may have.
    public static let mostTags = 64
    public static let mostFields = 256

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        var event = TicketChanged()
        event.ticket = ticket.id
        event.by = try routing.actor(by)
        event.priority = priority == ticket.priority ? 0 : priority ?? 0
        event.weight = weight == ticket.weight ? 0 : weight ?? 0
        event.subject = subject == shards.text(ticket.subject, of: ticket.id) ? nil : subject
        let extras = ticket.extras
        var tags = extras.tags.filter { !removedTags.contains($0.text) }
        for tag in addedTags where !tags.contains(FieldedText(tag)) { tags.append(FieldedText(tag)) }
        if tags != extras.tags {
            guard tags.count <= Self.mostTags || tags.count < extras.tags.count else {
                throw Rejection(.badArgument, "a ticket has at most \(Self.mostTags) tags")
            }
            event.replacesTags = true
            event.tags = tags
        }
        event.fields = fields.filter { field in
            field.value.isEmpty
                ? extras.fields.contains { $0.name == field.name } : !extras.fields.contains(field)
        }
        let replaced = event.fields.count { field in extras.fields.contains { $0.name == field.name } }
        let added = event.fields.count { !$0.value.isEmpty }
        guard extras.fields.count - replaced + added <= Self.mostFields else {
            throw Rejection(.badArgument, "a ticket has at most \(Self.mostFields) fields of its own")
        }
        let changes =
            event.priority != 0 || event.weight != 0 || event.subject != nil || event.replacesTags
            || !event.fields.isEmpty
        if changes { events.append(.ticketChanged(event)) }
        if let description, description != ticket.details.description {
            var event = TicketDescribed()
            event.ticket = ticket.id
            event.description = description
            events.append(.ticketDescribed(event))
        }
        let (needs, relax) = (self.needs ?? extras.needs, self.relax ?? extras.relax)
        if needs != extras.needs || relax != extras.relax {
            var skills = TicketSkillsSet()
            skills.ticket = ticket.id
            skills.by = event.by
            skills.needs = needs
            skills.relax = relax
            events.append(.ticketSkillsSet(skills))
        }
        if let event = try people.event(ticket, by: event.by, routing) { events.append(.ticketPeopleChanged(event)) }
        return .ticket(ticket.id)
    }
}
