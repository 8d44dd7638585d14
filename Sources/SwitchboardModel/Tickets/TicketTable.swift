/// How one event moved a ticket, as far as routing goes.
public struct PlacementChange: Sendable {
    public var before: Placement?
    public var after: Placement
    /// The ticket asks for something; see `Ticket.wish`.
    var asks = false
}

/// What a reply to a write shows of a ticket.
public struct TicketSummary: Sendable {
    public var version: UInt32
    public var status: TicketStatus
    public var department: DepartmentIndex
    public var agent: AgentIndex?
    public var wants: AgentIndex?
    public var lastRecord: LogSequenceNumber
}

/// The tickets of one shard: those whose id leaves `shard` when divided by `shards`.
public struct TicketTable: Sendable {
    public let shard: Int
    private let division: ShardDivision
    private var store = TicketStore()
    private(set) var texts = TextArena()

    public init(shard: Int, of shards: Int) {
        self.shard = shard
        division = ShardDivision(among: shards)
    }

    @inline(__always)
    private func position(_ id: TicketID) -> Int { division.position(id.rawValue) }

    @inline(__always)
    public func ticket(_ id: TicketID) -> Ticket? { store[position(id)] }

    func has(_ id: TicketID) -> Bool { store.has(position(id)) }

    /// How many tickets it has.
    var count: Int { store.count }

    /// The lowest id from `id` on whose ticket is here and is there.
    func next(from id: TicketID) -> TicketID? {
        store.next(from: division.firstPosition(from: id.rawValue, shard)).map {
            TicketID(division.id($0, shard))
        }
    }

    public func summary(_ id: TicketID) -> TicketSummary? {
        let position = position(id)
        return store.has(position) ? store[existing: position].summary : nil
    }

    /// The ticket with its texts.
    public func view(_ id: TicketID) -> TicketView? {
        store[position(id)].map { TicketView(ticket: $0, texts: texts) }
    }

    /// Puts a ticket read from a snapshot in its place. Throws when its thread is not what it should be.
    mutating func restore(_ stored: StoredTicket, knowing known: KnownIndexes) throws(ByteReader.Malformed) {
        store.insert(try stored.unpacked(into: &texts, knowing: known), at: position(stored.ticket.id))
    }

    /// Applies an event that changes the ticket `id` of this shard. Never fails: what may go wrong was decided before.
    public mutating func apply(
        _ event: Event, to id: TicketID, at time: Timestamp, record: LogSequenceNumber
    ) -> PlacementChange {
        let position = position(id)
        switch event {
        case .ticketOpened(let event):
            return insert(Ticket(event, at: time, record: record, &texts), at: position)
        case .ticketSplit(let event):
            return insert(Ticket(event, at: time, record: record, &texts), at: position)
        case .ticketImported(let event):
            var ticket = event.stored.unpacked(intoChecked: &texts)
            ticket.lastRecord = record
            return insert(ticket, at: position)
        case .ticketImportContinued(let event):
            let before = store[existing: position].placement
            store[existing: position].apply(event, record: record, &texts)
            return PlacementChange(before: before, after: store[existing: position].placement)
        case .ticketPurged:
            let before = store[existing: position].placement
            store.remove(at: position)
            var after = before
            after.kind = .idle
            after.isUnfinished = false
            after.owesAnswer = false
            return PlacementChange(before: before, after: after)
        default:
            return store[existing: position].apply(event, at: time, record: record, &texts)
        }
    }

    @inline(__always)
    private mutating func insert(_ ticket: Ticket, at position: Int) -> PlacementChange {
        let placement = ticket.placement
        store.insert(ticket, at: position)
        return PlacementChange(before: nil, after: placement)
    }

    /// Applies an event that changes the ticket and raises no version. Never fails.
    mutating func applyUnnumbered(
        _ event: Event, to id: TicketID, at time: Timestamp, record: LogSequenceNumber
    ) {
        store[existing: position(id)].applyUnnumbered(event, at: time, record: record)
    }
}

extension TicketTable: Sequence {
    /// The tickets in rising order of id.
    public func makeIterator() -> TicketStore.Iterator { store.makeIterator() }

    /// The same with their texts.
    var views: some Sequence<TicketView> { lazy.map { TicketView(ticket: $0, texts: texts) } }
}

// MARK: Pages

/// Tickets lie in pages, in rising order of id. Whoever stored some of them once need not do so again while nothing in
/// their pages changes.
extension TicketTable {
    public var pageCount: Int { store.pageCount }

    func page(of id: TicketID) -> Int { TicketStore.page(of: position(id)) }

    /// Which image this is: a later one has a higher number.
    public var generation: UInt32 { store.generation }

    /// Whether anything in these pages changed after the image of `generation` had been taken.
    public func hasChanged(in pages: Range<Int>, since generation: UInt32) -> Bool {
        store.hasChanged(in: pages, since: generation)
    }

    /// The table as it is now. What changes from now on has changed since.
    public mutating func image() -> TicketTable {
        defer { store.beginGeneration() }
        return self
    }

    func views(inPage page: Int) -> some Sequence<TicketView> {
        store.tickets(inPage: page).lazy.map { TicketView(ticket: $0, texts: texts) }
    }
}
