/// What a merged ticket was: where it points to, and what `TICKET UNMERGE` makes of it again.
public struct MergedInto: Fielded, Equatable {
    public var ticket = TicketID(0)
    var status = TicketStatus.new
    var wakesAsNew = false
    var slotIsFreed = false
    /// Of a postponed one: when it was to come back.
    var until: Timestamp?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
        try fields.named(2, &status)
        try fields.flag(3, &wakesAsNew)
        try fields.flag(4, &slotIsFreed)
        try fields.time(5, &until)
    }
}

/// A ticket that was merged into another one, as that one knows it. Its thread stays where it is and is read as a part
/// of the survivor's: its entries have the `span` numbers behind the survivor's first `after` entries, for good.
public struct Absorbed: Fielded, Equatable {
    public var ticket = TicketID(0)
    /// How many entries of its own the survivor had.
    var after: UInt32 = 0
    /// How many numbers the other's thread takes.
    var span: UInt32 = 0
    /// Unmerged: its numbers stay unused.
    var isUndone = false
    /// What the merge changed of the survivor: the tags it added, and what priority and queue time were; 0 and `nil`: as
    /// they are.
    var tags: [FieldedText] = []
    var priority: UInt8 = 0
    var queuedAt: Timestamp?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
        try fields.number(2, &after)
        try fields.number(3, &span)
        try fields.flag(4, &isUndone)
        try fields.list(5, &tags)
        try fields.number(6, &priority)
        try fields.time(7, &queuedAt)
    }
}

/// The number of a ticket among fielded values.
public struct TicketLink: Fielded, Equatable {
    public var ticket = TicketID(0)

    public init() {}
    init(_ ticket: TicketID) { self.ticket = ticket }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
    }
}

extension Shards {
    /// The ticket that `id` stands for now: itself, or the one at the end of what it was merged into.
    func survivor(of id: TicketID) -> TicketID {
        var id = id
        while let ticket = ticket(id), ticket.status == .merged, let into = ticket.extras.merged { id = into.ticket }
        return id
    }
}
