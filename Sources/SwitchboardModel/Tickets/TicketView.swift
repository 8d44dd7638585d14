/// A ticket with its texts, for reading.
@dynamicMemberLookup
public struct TicketView: Sendable {
    public let ticket: Ticket
    let texts: TextArena

    public subscript<Value>(dynamicMember field: KeyPath<Ticket, Value>) -> Value { ticket[keyPath: field] }

    public var subject: String { texts.text(ticket.subject) }
    /// The customer's address.
    public var from: String { texts.text(ticket.from) }
    var thread: ThreadEntries { ticket.thread.entries(in: texts) }
}

/// A ticket as a snapshot stores it, and as the digest counts it: with its texts, wherever they lay.
public struct StoredTicket: Fielded {
    var ticket = Ticket()
    var subject = ""
    var from = ""
    var entryCount: UInt32 = 0
    var entries: [UInt8] = []

    public init() {}

    public init(_ view: TicketView) {
        ticket = view.ticket
        subject = view.subject
        from = view.from
        entryCount = ticket.thread.count
        entries = ticket.thread.bytes(in: view.texts)
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket.id)
        try fields.number(2, &ticket.version)
        try fields.named(3, &ticket.status)
        try fields.named(4, &ticket.channel)
        try fields.number(5, &ticket.priority)
        try fields.flag(6, &ticket.wakesAsNew)
        try fields.flag(7, &ticket.slotIsFreed)
        try fields.department(8, &ticket.department)
        try fields.agent(9, &ticket.agent)
        try fields.agent(10, &ticket.wants)
        try fields.time(11, &ticket.createdAt)
        try fields.time(12, &ticket.updatedAt)
        try fields.time(13, &ticket.queuedAt)
        try fields.integer(14, &ticket.lastRecord.rawValue)
        try fields.text(15, &subject)
        try fields.text(16, &from)
        try fields.number(17, &entryCount)
        try fields.blob(18, &entries)
        try fields.list(19, &ticket.box)
        try fields.weight(20, &ticket.weight)
        try fields.flag(21, &ticket.isAnsweredByOwner)
    }

    /// The ticket, its texts put into `texts`. Throws when its thread is not what it should be.
    func unpacked(into texts: inout TextArena, knowing known: KnownIndexes) throws(ByteReader.Malformed) -> Ticket {
        var ticket = ticket
        ticket.thread = try TicketThread(bytes: entries, count: entryCount, knowing: known, in: &texts)
        ticket.subject = texts.append(subject)
        ticket.from = texts.append(from)
        return ticket
    }

    /// The same of one that was checked, or made by this process.
    func unpacked(intoChecked texts: inout TextArena) -> Ticket {
        do throws(ByteReader.Malformed) {
            return try unpacked(into: &texts, knowing: KnownIndexes(agents: .max, departments: .max))
        } catch {
            preconditionFailure("a checked ticket is malformed: \(error)")
        }
    }
}
