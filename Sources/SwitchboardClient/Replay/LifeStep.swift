/// One request of a ticket's life and what the ticket must show after it.
package struct LifeStep: Sendable {
    /// The service time at which it is sent.
    package let at: ServiceTime
    /// The row it comes from, counted over the whole log.
    package let row: Int
    /// The incident it is about, counted over the whole log.
    package let incident: Int
    package let request: LifeRequest
    /// Whether it is the last request of its row.
    package let endsRow: Bool
    /// The ticket's department after it.
    package let department: String
    /// The ticket's owner after it.
    package let agent: String?
}

/// What is asked of the server for one ticket.
package enum LifeRequest: Equatable, Sendable {
    case open(LifeOpening)
    case assign(String)
    case release
    /// To a department, and there to nobody or to this agent, who may be the owner it has.
    case transfer(department: String, agent: String?)
    case setPriority(Int)
    case message(from: String?, body: String)
    case note(by: String, body: String)
    case resolve
    case reopen

    /// The words of the request, for the ticket with that id. (An OPEN has no id to name yet.)
    package func words(ticket id: String) -> [String] {
        switch self {
        case .open(let opening): opening.words
        case .assign(let agent): ["TICKET", "ASSIGN", id, agent]
        case .release: ["TICKET", "RELEASE", id]
        case .transfer(let department, nil): ["TICKET", "TRANSFER", id, "dept=" + department]
        case .transfer(let department, .some(let agent)):
            ["TICKET", "TRANSFER", id, "dept=" + department, "agent=" + agent]
        case .setPriority(let priority): ["TICKET", "SET", id, "priority=\(priority)"]
        case .message(nil, let body): ["TICKET", "MESSAGE", id, "body=" + body]
        case .message(.some(let customer), let body):
            ["TICKET", "MESSAGE", id, "body=" + body, "from=" + customer]
        case .note(let author, let body): ["TICKET", "NOTE", id, "by=" + author, "body=" + body]
        case .resolve: ["TICKET", "RESOLVE", id]
        case .reopen: ["TICKET", "REOPEN", id]
        }
    }
}

/// How a ticket begins.
package struct LifeOpening: Equatable, Sendable {
    package let department: String
    package let agent: String?
    package let priority: Int
    package let source: String
    package let reference: String
    package let customer: String?
    package let subject: String

    /// The opening of `incident` as its first row has it; without `agent` it waits for one.
    package init(_ incident: Incident, row: IncidentRow, agent: String?) {
        department = row.group
        self.agent = agent
        priority = row.priority
        source = incident.source
        reference = incident.number
        customer = incident.caller
        subject = incident.subject
    }

    package var words: [String] {
        var words = [
            "TICKET", "OPEN", "channel=ticket", "dept=" + department, "source=" + source, "priority=\(priority)",
            "ref=" + reference,
        ]
        if let customer { words.append("from=" + customer) }
        if !subject.isEmpty { words.append("subject=" + subject) }
        if let agent { words.append("agent=" + agent) }
        return words
    }
}
