/// Counts the changes that the server's histories hold of a run's tickets, and how many are resolved.
///
/// It asks `TICKET HISTORY` and `TICKET SHOW` of every ticket, so it says the same again after a restart, from what
/// was on disk. The opening itself is no change: the elements it left (department from nothing, the first agent
/// of a ticket that was opened with one) are passed over.
package struct HistoryTotals {
    private enum Question {
        /// With the changes that earlier pages of the same history gave.
        case history(of: Acknowledged.Ticket, earlier: [TicketChange])
        case show
    }

    /// The most that a list may be asked for at a time.
    private static let pageLength = 1000

    package static func count(
        of tickets: [Acknowledged.Ticket], on client: LineClient, window: Int, progress: inout Progress
    ) throws(ClientError) -> ReplayTotals {
        var totals = ReplayTotals()
        var pipeline = Pipeline<Question>(client: client, window: window)
        for ticket in tickets {
            let questions: [([String], Question)] = [
                (historyWords(ticket.id, after: nil), .history(of: ticket, earlier: [])),
                (["TICKET", "SHOW", ticket.id, "thread=no"], .show),
            ]
            for (words, question) in questions {
                while pipeline.isFull { try take(from: &pipeline, into: &totals) }
                try pipeline.send(words, tag: question)
            }
            progress.advance()
        }
        while !pipeline.isEmpty { try take(from: &pipeline, into: &totals) }
        return totals
    }

    private static func take(
        from pipeline: inout Pipeline<Question>, into totals: inout ReplayTotals
    ) throws(ClientError) {
        let (question, reply) = try pipeline.receive()
        switch question {
        case .history(let ticket, let earlier):
            let page = try TicketChange.list(in: reply)
            let changes = earlier + page
            guard page.count == pageLength, let cursor = TicketChange.lastCursor(in: reply) else {
                add(changes, firstAgent: ticket.firstAgent, to: &totals)
                return
            }
            // There is room in the pipeline: a reply has just been taken from it.
            try pipeline.send(historyWords(ticket.id, after: cursor), tag: .history(of: ticket, earlier: changes))
        case .show:
            guard let status = reply.json?["status"]?.string else {
                throw ClientError(.reply, "TICKET SHOW: \(reply.text())")
            }
            totals.opened += 1
            if status == "resolved" { totals.resolvedAtEnd += 1 }
        }
    }

    private static func historyWords(_ id: String, after cursor: String?) -> [String] {
        ["TICKET", "HISTORY", id, "limit=\(pageLength)"] + (cursor.map { ["after=" + $0] } ?? [])
    }

    /// Adds one ticket's changes, which are in the order in which they happened.
    package static func add(_ changes: [TicketChange], firstAgent: String?, to totals: inout ReplayTotals) {
        var isOpening = firstAgent != nil
        for change in changes where change.from != change.to {
            switch change.kind {
            case .department: if change.from != nil { totals.groupChanges += 1 }
            case .agent:
                // A ticket that was opened with an owner cannot go from nobody to that owner before another change.
                if isOpening, change.from == nil, change.to == firstAgent {
                    isOpening = false
                    continue
                }
                isOpening = false
                totals.assigneeChanges += 1
                if change.to == nil { totals.releases += 1 }
            case .priority: if change.from != nil { totals.priorityChanges += 1 }
            case .status: if change.from == "resolved" { totals.reopenings += 1 }
            case .other: continue
            }
        }
    }
}

/// One element of `TICKET HISTORY`.
package struct TicketChange: Equatable, Sendable {
    package enum Kind: Sendable { case department, agent, status, priority, other }

    package let kind: Kind
    package let at: ServiceTime
    package let from: String?
    package let to: String?

    package init(kind: Kind, at: ServiceTime, from: String?, to: String?) {
        self.kind = kind
        self.at = at
        self.from = from
        self.to = to
    }

    /// The changes in a reply to `TICKET HISTORY`.
    package static func list(in reply: Reply) throws(ClientError) -> [TicketChange] {
        guard case .list(let elements) = reply else { throw ClientError(.reply, "TICKET HISTORY: \(reply.text())") }
        var changes: [TicketChange] = []
        changes.reserveCapacity(elements.count)
        for element in elements {
            guard let json = element.json, let name = json["change"]?.string,
                let at = json["at"]?.string.flatMap({ ServiceTime($0) })
            else { throw ClientError(.reply, "TICKET HISTORY: \(element.text())") }
            let kind: Kind =
                switch name {
                case "dept": .department
                case "agent": .agent
                case "status": .status
                case "priority": .priority
                default: .other
                }
            changes.append(TicketChange(kind: kind, at: at, from: text(json["from"]), to: text(json["to"])))
        }
        return changes
    }

    /// Where the next page of the same history begins.
    static func lastCursor(in reply: Reply) -> String? {
        guard case .list(let elements) = reply else { return nil }
        return elements.last?.json?["cursor"]?.string
    }

    /// A value as text, numbers included: only whether two are equal matters.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): "\(number)"
        case .bool, .array, .object, .null, nil: nil
        }
    }
}
