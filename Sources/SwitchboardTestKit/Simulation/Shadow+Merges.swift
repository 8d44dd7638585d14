import SwitchboardModel

extension Shadow {
    /// A message, and the ticket in whose thread it is to be seen.
    struct Message {
        var text: WrittenText
        var home: UInt64
        /// The tickets it came from by merges, the last one last.
        var cameFrom: [UInt64] = []
    }

    /// What a merge changed of the ticket that stayed.
    struct Merge {
        var source: UInt64
        var priority: UInt8?
        var queuedAt: Timestamp?
    }

    /// What a ticket was before it was merged.
    struct BeforeMerge {
        var status: TicketStatus
        var wasNew: Bool
        var slotFreed: Bool
        var postponedUntil: Timestamp?
    }

    mutating func write(_ kind: EntryKind, _ body: String?, _ ticket: UInt64, at now: Timestamp) {
        guard let body else { return }
        messages.append(Message(text: WrittenText(at: now, kind: kind, body: body), home: ticket))
    }

    func visible(_ ticket: UInt64) -> [WrittenText] { messages.filter { $0.home == ticket }.map(\.text) }

    mutating func merge(_ event: TicketMerged, _ ticket: inout Ticket) throws(Violation) {
        switch ticket.status {
        case .chatting, .calling, .spam, .deleted, .merged: try refuse(ticket, "merged")
        case .new, .answered, .open, .postponed, .resolved: break
        }
        ticket.beforeMerge = BeforeMerge(
            status: ticket.status, wasNew: ticket.wasNew, slotFreed: ticket.slotFreed,
            postponedUntil: ticket.postponedUntil)
        ticket.status = .merged
        ticket.wasNew = false
        ticket.slotFreed = false
        ticket.postponedUntil = nil
        let (source, target) = (ticket.id, event.into.rawValue)
        for place in messages.indices where messages[place].home == source {
            messages[place].home = target
            messages[place].cameFrom.append(source)
        }
    }

    mutating func absorb(_ event: TicketAbsorbed, _ ticket: inout Ticket) throws(Violation) {
        let source = tickets[Int(event.source.rawValue) - 1]
        guard let was = source.beforeMerge, source.status == .merged else {
            return try refuse(ticket, "given a ticket that is not merged")
        }
        var next = ticket.status
        switch ticket.status {
        case .answered, .postponed, .resolved:
            if was.status == .new || was.status == .open { next = .open }
        case .new, .chatting, .calling, .open: break
        case .spam, .deleted, .merged: try refuse(ticket, "merged into")
        }
        try expect(ticket, next, event.status, "a merge")
        if next != ticket.status {
            leavePostponed(&ticket, next)
            ticket.slotFreed = false
        }
        var merge = Merge(source: source.id)
        if source.priority < ticket.priority {
            merge.priority = ticket.priority
            ticket.priority = source.priority
        }
        if source.queuedAt < ticket.queuedAt {
            merge.queuedAt = ticket.queuedAt
            ticket.queuedAt = source.queuedAt
        }
        ticket.merges.append(merge)
    }

    mutating func unmerge(_ event: TicketUnmerged, _ ticket: inout Ticket, at now: Timestamp) throws(Violation) {
        guard let was = ticket.beforeMerge, ticket.status == .merged else { return try refuse(ticket, "unmerged") }
        ticket.beforeMerge = nil
        var next = was.status
        if was.status == .postponed {
            let sleeps = was.postponedUntil.map { $0 > now } ?? false
            if !sleeps { next = was.wasNew ? .new : .open }
            ticket.postponedUntil = sleeps ? was.postponedUntil : nil
            ticket.wasNew = sleeps && was.wasNew
        }
        ticket.status = next
        if ticket.owner != nil { next = ticket.statusWithOwner }
        ticket.status = .merged
        try expect(ticket, next, event.status, "an unmerge")
        ticket.status = next
        ticket.slotFreed = was.slotFreed && next == was.status
        for place in messages.indices where messages[place].cameFrom.last == ticket.id {
            messages[place].cameFrom.removeLast()
            messages[place].home = ticket.id
        }
    }

    mutating func separate(_ event: TicketSeparated, _ ticket: inout Ticket) throws(Violation) {
        let source = tickets[Int(event.source.rawValue) - 1]
        guard let place = ticket.merges.lastIndex(where: { $0.source == source.id }) else {
            return try refuse(ticket, "parted from a ticket that was not merged into it")
        }
        let merge = ticket.merges.remove(at: place)
        if let priority = merge.priority, ticket.priority == source.priority { ticket.priority = priority }
        if let queuedAt = merge.queuedAt, ticket.queuedAt == source.queuedAt { ticket.queuedAt = queuedAt }
    }

    /// A new ticket with messages that the original has, each once and not all of them; or with all of them.
    mutating func split(_ event: TicketSplit, _ record: SimulatedRecord) throws(Violation) {
        let (id, original) = (event.ticket.rawValue, event.original.rawValue)
        let had = visible(original)
        let taken = event.written
        var isCopy = true
        var threads: Set<UInt64> = []
        for case .ticketEntriesMoved(let moved) in record.events where !moved.places.isEmpty {
            isCopy = false
            threads.insert(moved.ticket.rawValue)
        }
        try require(
            isCopy ? sorted(taken) == sorted(had) : taken.count < had.count && !taken.isEmpty, .threads,
            "ticket \(id) is split off \(original) with \(taken.count) of \(had.count) messages")
        if isCopy {
            messages += taken.map { Message(text: $0, home: id) }
        } else {
            for text in taken {
                // Of two that are the same, that of a thread from which something was moved.
                let same = messages.indices.filter { messages[$0].home == original && messages[$0].text == text }
                let moved = same.first { threads.contains(messages[$0].cameFrom.first ?? original) }
                guard let place = moved ?? same.first else {
                    throw Violation(.threads, "ticket \(id) has a message that \(original) had not: \(text)")
                }
                messages[place].home = id
                messages[place].cameFrom = []
            }
        }
        tickets.append(
            Ticket(
                id: id, channel: .ticket, priority: event.priority, weight: Int(event.weight),
                department: Int(event.department.rawValue),
                owner: nil, wants: event.wants.map { Int($0.rawValue) },
                queuedAt: taken.map(\.at).min() ?? record.time, record: record.number, from: event.from))
    }

    /// Every message is in the thread of one ticket, once.
    func compareThreads(_ image: StateImage) throws(Violation) {
        let shards = Shards(tickets: image.tickets, agents: image.agents)
        for ticket in tickets where !ticket.isPurged {
            let (seen, right) = (shards.written(in: TicketID(ticket.id)), visible(ticket.id))
            try require(
                sorted(seen) == sorted(right), .threads,
                "ticket \(ticket.id) shows \(seen.count) messages, not its \(right.count): \(seen) \(right)")
        }
    }

    private func sorted(_ texts: [WrittenText]) -> [WrittenText] {
        texts.sorted { ($0.at, $0.kind.rawValue, $0.body) < ($1.at, $1.kind.rawValue, $1.body) }
    }
}
