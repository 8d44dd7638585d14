extension Routing {
    func name(_ agent: AgentIndex?) -> JSON { agent.map { .string(agents[$0.position].id.rawValue) } ?? .null }
    func name(_ department: DepartmentIndex) -> JSON { .string(departments[department.position].id.rawValue) }

    func name(_ actor: Actor, _ ticket: TicketView) -> JSON {
        switch actor {
        case .unnamed: .null
        case .customer: ticket.from.isEmpty ? .string("customer") : .string(ticket.from)
        case .automatic: .string("switchboard")
        case .agent(let index): name(index)
        }
    }

    /// How many entries of a thread `TICKET SHOW` gives when it is not asked for more, and how many bytes of text.
    static let shownEntries: UInt32 = 100
    static let shownBytes = 1 << 20

    /// A ticket and the part of its thread that was asked for, for agents.
    func describe(_ ticket: TicketView, _ excerpt: TicketExcerpt, _ shards: Shards, at now: Timestamp) -> JSON {
        var fields = summary(ticket)
        let extras = ticket.extras
        let details = shards.joinedDetails(of: ticket)
        func link(_ id: TicketID?) -> JSON { id.map { .integer(Int64($0.rawValue)) } ?? .null }
        fields.append(("fields", .record(extras.fields.map { ($0.name, .string($0.value)) })))
        fields.append(("skills", extras.needs.document))
        fields.append(("relax", extras.relax.map { .string($0.text) } ?? .null))
        fields.append(("prefers", name(extras.prefers)))
        fields.append(("postponed_until", extras.postponedUntil.map { .time($0) } ?? .null))
        if let due = timers.due(.answerEnds(ticket.id)) { fields.append(("answer_due_at", .time(due))) }
        fields.append(("merged_into", link(extras.merged?.ticket)))
        fields.append(("merged_from", .array(extras.absorbed.filter { !$0.isUndone }.map { link($0.ticket) })))
        fields.append(("split_from", link(extras.splitFrom)))
        fields.append(("split_into", .array(extras.splitInto.map { link($0.ticket) })))
        if let callback = extras.callback.first { fields.append(("callback", callback.document(of: ticket))) }
        fields += waiting(ticket, at: now)
        if ticket.status == .merged, ticket.ticket.putAway != nil {
            fields.append(("importing", ticket.ticket.importDocument))
        }
        fields += describe(details, of: ticket)
        let shown = shownEntries(of: ticket, excerpt, shards, where: nil)
        fields.append(("thread_total", .integer(Int64(shown.total))))
        fields.append(("thread_truncated", .bool(shown.entries.count < shown.total)))
        let entries = shown.entries.map { entry in
            describe(entry, of: ticket, describe(entry, details, of: ticket, at: now))
        }
        fields.append(("thread", .array(entries)))
        return .record(fields)
    }

    /// Where a waiting ticket stands in its queue, and how long it will probably wait.
    private func waiting(_ ticket: TicketView, at now: Timestamp) -> [(String, JSON)] {
        guard let position = position(of: ticket.ticket) else { return [] }
        return [("position", .integer(position)), ("estimated_wait", estimate(ticket.ticket, now))]
    }

    /// The entries that were asked for of those that `matches`, and how many of those there are in all. A merged ticket has
    /// none: they are the other one's.
    func shownEntries(
        of ticket: TicketView, _ excerpt: TicketExcerpt, _ shards: Shards, where matches: ((ThreadEntry) -> Bool)?
    ) -> (entries: [ThreadEntry], total: Int) {
        guard ticket.status != .merged else { return ([], 0) }
        var entries: [ThreadEntry]
        var total = Int(ticket.ticket.thread.count)
        if matches == nil, excerpt.conversation == nil, !ticket.ticket.hasJoinedThread {
            entries = excerpt.thread.numbers(of: ticket.ticket.thread.count).map { ticket.thread.numbered($0) } ?? []
        } else if matches == nil, excerpt.conversation == nil, excerpt.thread == .none {
            return ([], shards.threadTotal(ticket.ticket))
        } else {
            entries = shards.wholeThread(of: ticket).filter { entry in
                (excerpt.conversation.map { $0 == entry.conversation } ?? true) && (matches.map { $0(entry) } ?? true)
            }
            total = entries.count
            switch excerpt.thread {
            case .none: entries = []
            case .latest: entries.removeFirst(max(0, total - Int(Self.shownEntries)))
            case .all: break
            case .numbers(let range): entries.removeAll { !range.contains($0.number) }
            }
        }
        guard excerpt.thread == .latest else { return (entries, total) }
        var bytes = entries.reduce(0) { $0 + ($1.body?.utf8.count ?? 0) }
        var dropped = 0
        while bytes > Self.shownBytes, dropped < entries.count - 1 {
            bytes -= entries[dropped].body?.utf8.count ?? 0
            dropped += 1
        }
        entries.removeFirst(dropped)
        return (entries, total)
    }

    /// What every list of tickets gives of each.
    func summary(_ ticket: TicketView) -> [(String, JSON)] {
        let extras = ticket.extras
        let rings = offers.isEmpty ? nil : describeOffers(of: ticket.id)
        return [
            ("id", .integer(Int64(ticket.id.rawValue))),
            ("version", .integer(Int64(ticket.version))),
            ("status", .string(ticket.status.name)),
            ("channel", .string(ticket.channel.name)),
            ("source", extras.source.isEmpty ? .null : .string(extras.source)),
            ("dept", name(ticket.department)),
            ("agent", name(ticket.agent)),
            ("wants", name(ticket.wants)),
            ("priority", .integer(Int64(ticket.priority))),
            ("tags", .array(extras.tags.map { .string($0.text) })),
            ("subject", .string(ticket.subject)),
            ("from", ticket.from.isEmpty ? .null : .string(ticket.from)),
            ("created_at", .time(ticket.createdAt)),
            ("updated_at", .time(ticket.updatedAt)),
            ("queued_at", .time(ticket.queuedAt)),
        ] + (ticket.weight == TicketWeight.usual ? [] : [("weight", .integer(Int64(ticket.weight)))])
            + (rings.map { [("offer", $0)] } ?? [])
    }

    /// - Parameter more: what is known of the entry beside what stands in the thread.
    func describe(_ entry: ThreadEntry, of ticket: TicketView, _ more: [(String, JSON)]) -> JSON {
        var fields: [(String, JSON)] = [
            ("n", .integer(Int64(entry.number))),
            ("at", .time(entry.at)),
            ("kind", .string(entry.kind.isWritten ? entry.kind.name : "event")),
            ("by", entry.from.map { .string($0) } ?? name(entry.by, ticket)),
            ("body", entry.body.map { .string($0) } ?? .null),
        ]
        if !entry.kind.isWritten { fields.append(("event", .string(entry.kind.name))) }
        if entry.conversation != 0 { fields.append(("conversation", .integer(Int64(entry.conversation)))) }
        if let from = entry.from { fields.append(("from", .string(from))) }
        if let status = entry.status { fields.append(("status", .string(status.name))) }
        if let owner = entry.owner {
            fields.append(("agent", name(owner)))
            fields.append(("rule", entry.rule.map { .string($0.name) } ?? .null))
        } else if let rule = entry.rule {
            fields.append(("rule", .string(rule.name)))
        }
        if let other = entry.ticket { fields.append(("ticket", .integer(Int64(other.rawValue)))) }
        guard entry.number > 1 else { return .record(fields + more) }
        if let department = entry.department { fields.append(("dept", name(department))) }
        if let priority = entry.priority { fields.append(("priority", .integer(Int64(priority)))) }
        if entry.task != 0 { fields.append(("task", .integer(Int64(entry.task)))) }
        if let assignee = entry.assignee { fields.append(("assignee", name(assignee))) }
        if let until = entry.until { fields.append(("until", .time(until))) }
        return .record(fields + more)
    }

    /// Every change of owner, department, status, priority and participants, every merge and split, oldest first.
    func history(of ticket: TicketView, _ range: ListRange) throws(Rejection) -> [JSON] {
        var changes: [JSON] = []
        var (status, owner, department, priority) = (JSON.null, JSON.null, JSON.null, Int64(0))
        for entry in ticket.thread {
            func add(_ change: String, _ from: JSON, _ to: JSON) {
                let automatic = entry.by == .automatic || entry.rule?.isAutomatic ?? false
                changes.append(
                    .record([
                        ("cursor", .string(String(changes.count + 1))),
                        ("n", .integer(Int64(ticket.ticket.number(ofOwn: entry.number)))),
                        ("at", .time(entry.at)),
                        ("change", .string(change)),
                        ("from", from),
                        ("to", to),
                        ("by", name(entry.by, ticket)),
                        ("how", .string(automatic ? "automatic" : "hand")),
                        ("rule", .string(entry.rule?.name ?? entry.kind.name)),
                    ]))
            }
            // The first entry says where the ticket began; that is no change.
            if entry.number == 1 {
                department = entry.department.map { name($0) } ?? .null
                priority = Int64(entry.priority ?? 0)
            } else if let next = entry.department {
                add("dept", department, name(next))
                department = name(next)
            }
            switch entry.kind {
            case .callbackRequested, .callbackFailed, .messageTaken, .rejected: add(entry.kind.name, .null, .null)
            default: break
            }
            if let other = entry.ticket, entry.kind != .moved {
                add(entry.kind.name, .null, .integer(Int64(other.rawValue)))
            }
            if let next = entry.owner {
                add("agent", owner, name(next))
                owner = name(next)
            }
            if let assignee = entry.assignee, entry.kind == .participantAdded {
                add("participants", .null, name(assignee))
            }
            if let assignee = entry.assignee, entry.kind == .participantRemoved {
                add("participants", name(assignee), .null)
            }
            if let next = entry.status {
                add("status", status, .string(next.name))
                status = .string(next.name)
            }
            if entry.number > 1, let next = entry.priority {
                add("priority", .integer(priority), .integer(Int64(next)))
                priority = Int64(next)
            }
        }
        return try range.page(changes)
    }
}

extension ThreadRange {
    func numbers(of count: UInt32) -> ClosedRange<UInt32>? {
        guard count > 0 else { return nil }
        switch self {
        case .none: return nil
        case .latest: return (count > Routing.shownEntries ? count - Routing.shownEntries + 1 : 1)...count
        case .all: return 1...count
        case .numbers(let range): return range.lowerBound <= count ? range : nil
        }
    }
}

extension ListRange {
    /// The part of a numbered list that was asked for: element n has the cursor n + 1.
    func page(_ elements: [JSON]) throws(Rejection) -> [JSON] {
        var start = 0
        if let after {
            guard let position = Int(after), position >= 0 else {
                throw Rejection(.badArgument, "after= takes the cursor of an element of this list")
            }
            start = min(position, elements.count)
        }
        return Array(elements[start...].prefix(limit))
    }
}
