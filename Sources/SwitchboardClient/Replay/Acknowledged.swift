/// What the server has acknowledged: each ticket as its last reply showed it, and the changes from reply to reply.
package struct Acknowledged: Sendable {
    /// A ticket as a reply to a write shows it.
    package struct Ticket: Sendable {
        package let id: String
        /// Whom the opening gave it to.
        package let firstAgent: String?
        package fileprivate(set) var department: String
        package fileprivate(set) var agent: String?
        package fileprivate(set) var status: String
    }

    /// By incident; `nil` before the reply to its opening.
    package private(set) var tickets: [Ticket?]
    package private(set) var totals = ReplayTotals()
    /// Answers that are refusals or show something else than the log has: how many, and the first few in words.
    package private(set) var surprises = 0
    package private(set) var firstSurprises: [String] = []

    private static let surprisesKept = 5

    package init(incidents: Int) { tickets = Array(repeating: nil, count: incidents) }

    /// Takes the reply to a step of the log.
    package mutating func take(_ reply: Reply, to step: LifeStep) {
        guard let shown = read(reply, to: step) else { return }
        if case .open = step.request {
            open(shown, step.incident)
        } else {
            change(to: shown, step.incident)
        }
        if case .setPriority = step.request { totals.priorityChanges += 1 }
        if shown.department != step.department || shown.agent != step.agent {
            let expected = "\(step.department) and \(step.agent ?? "nobody")"
            surprise("\(words(of: step)): with \(shown.department) and \(shown.agent ?? "nobody"), not \(expected)")
        }
    }

    /// Notes that something is not as it should be.
    package mutating func surprise(_ message: String) {
        surprises += 1
        if firstSurprises.count < Acknowledged.surprisesKept { firstSurprises.append(message) }
    }

    private mutating func open(_ shown: Shown, _ incident: Int) {
        totals.opened += 1
        tickets[incident] = Ticket(
            id: shown.id, firstAgent: shown.agent, department: shown.department, agent: shown.agent,
            status: shown.status)
    }

    private mutating func change(to shown: Shown, _ incident: Int) {
        guard var ticket = tickets[incident] else { return }
        if shown.department != ticket.department { totals.groupChanges += 1 }
        if shown.agent != ticket.agent {
            totals.assigneeChanges += 1
            if shown.agent == nil { totals.releases += 1 }
        }
        switch (ticket.status == "resolved", shown.status == "resolved") {
        case (false, true): totals.resolvedAtEnd += 1
        case (true, false):
            totals.resolvedAtEnd -= 1
            totals.reopenings += 1
        case (true, true), (false, false): break
        }
        ticket.department = shown.department
        ticket.agent = shown.agent
        ticket.status = shown.status
        tickets[incident] = ticket
    }

    private struct Shown {
        let id, department, status: String
        let agent: String?
    }

    /// What a reply shows; `nil`, and a surprise, when it is a refusal or lacks something.
    private mutating func read(_ reply: Reply, to step: LifeStep) -> Shown? {
        guard let json = reply.json, let id = json["id"]?.integer, let department = json["dept"]?.string,
            let status = json["status"]?.string, let agent = json["agent"]
        else {
            surprise("\(words(of: step)): \(reply.text())")
            return nil
        }
        guard json["duplicate"]?.bool != true else {
            surprise("\(words(of: step)): the server knows this ticket already; it needs to be a fresh one")
            return nil
        }
        return Shown(id: String(id), department: department, status: status, agent: agent.string)
    }

    private func words(of step: LifeStep) -> String {
        step.request.words(ticket: tickets[step.incident]?.id ?? "?").joined(separator: " ")
    }
}
