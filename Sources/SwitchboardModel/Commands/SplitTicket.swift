/// `TICKET SPLIT`: some of a ticket's messages become a ticket of their own, or all of them are copied to one.
public struct SplitTicket: Decidable {
    public enum Selection: Sendable {
        /// The messages of these numbers are moved.
        case numbers([ClosedRange<UInt32>])
        /// All messages are copied.
        case duplicate
    }

    public var ticket: TicketID
    public var selection: Selection
    public var department: DepartmentID?
    public var agent: AgentID?
    public var subject: String?
    /// How many slots the new ticket takes; `nil`: as its department says.
    public var weight: UInt8?
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, _ selection: Selection) {
        self.ticket = ticket
        self.selection = selection
    }

    /// The most that is split off at once, in bytes of text: it is one record of the journal.
    public static let mostBytes = 16 << 20

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.existing(self.ticket, version: version)
        try ticket.requireKept()
        let by = try routing.actor(self.by)
        if department == nil { try routing.requireDepartment(of: ticket) }
        let department = try self.department.map { (id) throws(Rejection) in try routing.department(id) }
        let view = try shards.existing(self.ticket)
        let chosen = try chosen(shards.joinedThread(of: view), of: ticket)
        try requireRoom(chosen.reduce(0) { $0 + ($1.entry.body?.utf8.count ?? 0) })

        var event = TicketSplit()
        event.ticket = routing.nextTicket
        event.original = ticket.id
        event.department = department ?? ticket.department
        event.priority = ticket.priority
        event.weight = weight ?? routing.settings(event.department, .ticket).weight
        event.subject = subject ?? view.subject
        event.from = requester(of: chosen) ?? view.from
        let extras = ticket.extras
        event.source = extras.source
        event.tags = extras.tags
        if case .duplicate = selection { event.fields = extras.fields }
        event.queuedAt = chosen.map(\.entry.at).min() ?? now
        event.entries = thread(chosen, event, by: by, at: now)
        event.entryCount = UInt32(chosen.count) + 1
        let agent = try agent.map { (id) throws(Rejection) in try routing.member(id, of: event.department) }
        let isFree =
            agent.map {
                routing.agents[$0.position].isFree(.ticket) && routing.fits($0, weight: event.weight, .ticket)
                    && !routing.agents[$0.position].isOffDuty(event.department, .ticket)
            } ?? false
        if !isFree { event.wants = agent }
        events.append(.ticketSplit(event))
        if isFree {
            var assigned = TicketOwnerChanged()
            assigned.ticket = event.ticket
            assigned.owner = agent
            assigned.rule = .hand
            assigned.by = by
            assigned.status = .new
            events.append(.ticketOwnerChanged(assigned))
        }
        let carried = carried(shards.joinedDetails(of: view), of: chosen, to: event.ticket)
        let bytes = ByteWriter.bytes { RecordCodec.encode(carried, at: now, appendingTo: &$0) }
        try requireRoom(event.entries.count + bytes.count)
        events += carried
        take(chosen, from: ticket, to: event.ticket, by: by, shards, into: &events)
        return .ticket(event.ticket)
    }

    private func requireRoom(_ bytes: Int) throws(Rejection) {
        guard bytes <= Self.mostBytes else {
            throw Rejection(
                .badArgument, "at most \(Self.mostBytes) bytes of messages and what hangs on them are split off at once"
            )
        }
    }

    /// The messages meant. Throws where a number is not that of a message, or none would be left.
    private func chosen(_ thread: [JoinedEntry], of ticket: Ticket) throws(Rejection) -> [JoinedEntry] {
        let messages = thread.filter { $0.entry.kind.isWritten }
        guard case .numbers(let ranges) = selection else { return messages }
        guard !ranges.isEmpty else { throw Rejection(.badArgument, "messages= names no message") }
        let last = ticket.entryNumbers
        for range in ranges {
            guard range.upperBound <= last else {
                throw Rejection(.badArgument, "ticket \(ticket.id.rawValue) has no entry \(range.upperBound)")
            }
            guard messages.contains(where: { range.contains($0.entry.number) }) else {
                let text = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
                throw Rejection(.badArgument, "ticket \(ticket.id.rawValue) has no message \(text)")
            }
        }
        let chosen = messages.filter { message in ranges.contains { $0.contains(message.entry.number) } }
        guard chosen.count < messages.count else {
            throw Rejection(.badArgument, "these are all messages of ticket \(ticket.id.rawValue)")
        }
        return chosen
    }

    /// Who wrote all that is moved, where that is somebody else than the original's requester: the answer is theirs.
    private func requester(of chosen: [JoinedEntry]) -> String? {
        guard case .numbers = selection else { return nil }
        let customers = chosen.filter { $0.entry.by == .customer }
        guard let from = customers.first?.entry.from, customers.allSatisfy({ $0.entry.from == from }) else {
            return nil
        }
        return from
    }

    /// The new ticket's thread: where it came from, and the messages as they were written.
    private func thread(_ chosen: [JoinedEntry], _ event: TicketSplit, by: Actor, at now: Timestamp) -> [UInt8] {
        var first = ThreadEntry(.split, at: now, by: by)
        first.status = .new
        first.department = event.department
        first.priority = event.priority
        first.ticket = event.original
        let copies = chosen.map { message in
            var copy = ThreadEntry(message.entry.kind, at: message.entry.at, by: message.entry.by)
            copy.body = message.entry.body
            copy.from = message.entry.from
            return copy
        }
        return TicketThread.pack([first] + copies)
    }

    /// What hangs on the messages goes with them: files, deliveries and, of what is moved and not copied, ratings.
    private func carried(_ details: TicketDetails, of chosen: [JoinedEntry], to new: TicketID) -> [Event] {
        var numbers: [UInt32: UInt32] = [:]
        for (offset, message) in chosen.enumerated() { numbers[message.entry.number] = UInt32(offset + 2) }
        var isMoved = true
        if case .duplicate = selection { isMoved = false }
        return details.reported(for: new, withRatings: isMoved) { numbers[$0] }
    }

    /// Marks the messages as moved, each in the ticket that has it, takes what hangs on them from the tickets in between, and
    /// links the original.
    private func take(
        _ chosen: [JoinedEntry], from ticket: Ticket, to new: TicketID, by: Actor, _ shards: Shards,
        into events: inout [Event]
    ) {
        var parts: [TicketID: TicketEntriesMoved] = [:]
        parts[ticket.id, default: TicketEntriesMoved()].isOriginal = true
        if case .numbers = selection {
            for message in chosen {
                parts[message.owner, default: TicketEntriesMoved()].places.append(EntryPlace(message.place))
            }
            let numbers = chosen.map(\.entry.number)
            parts[ticket.id]?.numbers = numbers.map { EntryPlace($0) }
            for (id, own) in shards.numbersWithDetails(numbers, in: ticket) {
                parts[id, default: TicketEntriesMoved()].numbers = own.map { EntryPlace($0) }
            }
        }
        for (owner, part) in parts.sorted(by: { $0.key < $1.key }) {
            var event = part
            event.ticket = owner
            event.to = new
            event.by = by
            events.append(.ticketEntriesMoved(event))
        }
    }
}
