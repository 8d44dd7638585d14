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
    /// Imported, and the ticket has not come yet: until then it is as if undone.
    var isAwaited = false
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
        try fields.flag(8, &isAwaited)
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

/// How far merging goes: what is read through merges stays quick to read.
public enum MergeLimit {
    /// Merges into one ticket, undone ones included, and tickets that are a part of it, through others too.
    public static let tickets = 1000
    /// Tickets on the way from one that was merged to the one it is a part of.
    public static let depth = 100
    /// Numbers of entries that the merges of a ticket may take; its own entries go on beyond.
    public static let numbers: UInt64 = 1_000_000_000
}

extension Ticket {
    /// The numbers behind which, and up to which, the entries of merged tickets stand, with the merge.
    func absorbedRanges() -> [(base: UInt32, absorbed: Absorbed)] {
        var taken: UInt32 = 0
        return extras.absorbed.map { absorbed in
            // Wrapping, because a damaged file may hold any number.
            defer { taken &+= absorbed.span }
            return (absorbed.after &+ taken, absorbed)
        }
    }
}

extension Shards {
    /// How many tickets are a part of this one, and through how many merges at most.
    func mergedTree(_ id: TicketID) -> (tickets: Int, depth: Int) {
        var tree = (tickets: 0, depth: 0)
        for absorbed in ticket(id)?.extras.absorbed ?? [] where !absorbed.isUndone {
            let inner = mergedTree(absorbed.ticket)
            tree.tickets += 1 + inner.tickets
            tree.depth = max(tree.depth, 1 + inner.depth)
        }
        return tree
    }

    /// How many entries a ticket's thread shows. A merged one has an entry of its own since, that it was merged.
    func threadTotal(_ ticket: Ticket) -> Int {
        guard ticket.hasJoinedThread else { return Int(ticket.thread.count) }
        return ticket.extras.absorbed.reduce(Int(ticket.thread.count)) { total, absorbed in
            guard !absorbed.isUndone, let source = self.ticket(absorbed.ticket) else { return total }
            return total + threadTotal(source) - 1
        }
    }

    /// The ticket that `id` stands for now: itself, or the one at the end of what it was merged into.
    func survivor(of id: TicketID) -> TicketID {
        var id = id
        while let ticket = ticket(id), ticket.status == .merged, let into = ticket.extras.merged { id = into.ticket }
        return id
    }
}
