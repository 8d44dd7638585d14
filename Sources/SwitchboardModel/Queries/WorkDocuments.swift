extension WorkTotals {
    init(_ work: [WorkEntry]) {
        for entry in work { add(entry.span, isBillable: entry.isBillable) }
    }

    /// `worked` of a ticket or an agent.
    var document: JSON { .record([("total", .span(total)), ("billable", .span(billable))]) }

    /// The head of a list of work: its cursor is that of the list's beginning.
    fileprivate func head(_ running: [JSON]) -> JSON {
        .record([
            ("cursor", .string("0")), ("total", .span(total)), ("billable", .span(billable)),
            ("entries", .integer(Int64(entries))), ("running", .array(running)),
        ])
    }
}

extension WorkEntry {
    fileprivate var members: [(String, JSON)] {
        [
            ("at", .time(at)), ("time", .span(span)), ("billable", .bool(isBillable)),
            ("note", note.isEmpty ? .null : .string(note)), ("how", .string(origin.name)),
        ]
    }
}

extension Routing {
    /// A ticket's time sheet in the order in which it was written: its sums, then the entries.
    func work(on ticket: TicketView, _ range: ListRange, at now: Timestamp) throws(Rejection) -> [JSON] {
        let details = ticket.ticket.details
        let entries = details.work.enumerated().map { place, entry -> JSON in
            let number = place + 1
            return .record(
                [
                    ("cursor", .string(String(number))), ("n", .integer(Int64(number))), ("agent", name(entry.agent)),
                ] + entry.members)
        }
        let page = try range.page(entries)
        guard range.after == nil else { return page }
        let running = details.timers.map { timer -> JSON in
            .record([
                ("agent", name(timer.agent)), ("since", .time(timer.since)), ("time", .span(now - timer.since)),
                ("billable", .bool(timer.isBillable)),
            ])
        }
        return [WorkTotals(details.work).head(running)] + page
    }

    /// What an agent did, by when it began: the sums of the time asked for, then the entries.
    func work(
        of agent: AgentIndex, since: Timestamp?, until: Timestamp?, _ range: ListRange, _ shards: Shards,
        at now: Timestamp
    ) throws(Rejection) -> [JSON] {
        let figures = agentFigures[agent.position]
        let first = WorkKey(at: since ?? Timestamp(milliseconds: .min), ticket: TicketID(0), number: 0)
        let after = try range.workKey
        var totals = WorkTotals()
        var found: [WorkKey] = []
        figures.work.visit(from: first) { key in
            if let until, key.at >= until { return false }
            totals.add(key.span, isBillable: key.isBillable)
            if found.count < range.limit, after.map({ $0 < key }) ?? true { found.append(key) }
            return true
        }
        let page = found.compactMap { key -> JSON? in
            guard let ticket = shards.ticket(key.ticket), key.number >= 1 else { return nil }
            let entry = ticket.details.work[Int(key.number) - 1]
            return .record(
                [
                    ("cursor", .string(key.cursor)), ("ticket", .integer(Int64(key.ticket.rawValue))),
                    ("n", .integer(Int64(key.number))),
                ] + entry.members)
        }
        guard range.after == nil else { return page }
        let running = figures.timers.compactMap { id -> JSON? in
            guard let timer = shards.ticket(id)?.details.timers.first(where: { $0.agent == agent }) else { return nil }
            return .record([
                ("ticket", .integer(Int64(id.rawValue))), ("since", .time(timer.since)),
                ("time", .span(now - timer.since)), ("billable", .bool(timer.isBillable)),
            ])
        }
        return [totals.head(running)] + page
    }
}

extension WorkKey {
    fileprivate var cursor: String { "\(at.milliseconds).\(ticket.rawValue).\(number)" }
}

extension ListRange {
    /// The place behind which a list of an agent's work goes on.
    fileprivate var workKey: WorkKey? {
        get throws(Rejection) {
            guard let after, after != "0" else { return nil }
            let parts = after.split(separator: ".")
            guard parts.count == 3, let at = Int64(parts[0]), let ticket = UInt64(parts[1]),
                let number = UInt32(parts[2])
            else { throw Rejection(.badArgument, "after= takes the cursor of an element of this list") }
            return WorkKey(at: Timestamp(milliseconds: at), ticket: TicketID(ticket), number: number)
        }
    }
}
