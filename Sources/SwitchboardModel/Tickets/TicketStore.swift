/// Where one shard's tickets are kept. The rest of the code sees `Ticket` and never how it is stored, so that the
/// store can become more compact without anyone noticing.
///
/// Places rise as ids do. A page in which no ticket is takes no memory and no time, so that ids may be far apart, as after an
/// import, and places of tickets that were purged are not looked through for ever.
public struct TicketStore: Sendable {
    private typealias Places = PagedArray<Ticket?>

    private var tickets = Places()
    /// How many tickets are in each page of places.
    private var counts: [UInt16] = []
    /// The generation in which something in a page was last put, changed or taken away.
    private var changes: [UInt32] = []
    /// Rises with each image that is taken.
    private(set) var generation: UInt32 = 0
    private static let empty = Places.page(of: nil)

    public init() {}

    /// How many tickets there are.
    var count: Int { counts.reduce(0) { $0 + Int($1) } }

    public subscript(position: Int) -> Ticket? {
        @inline(__always) get { position < tickets.count ? tickets[position] : nil }
    }

    @inline(__always)
    func has(_ position: Int) -> Bool { position < tickets.count && tickets[position] != nil }

    /// Puts `ticket` at `position`; places between that were never used stay empty.
    mutating func insert(_ ticket: consuming Ticket, at position: Int) {
        if position > tickets.count { tickets.append(Self.empty, upTo: position) }
        let page = position / Places.pageSize
        if page >= counts.count {
            let new = page + 1 - counts.count
            counts.append(contentsOf: repeatElement(0, count: new))
            changes.append(contentsOf: repeatElement(generation, count: new))
        }
        changes[page] = generation
        if position < tickets.count {
            if tickets[position] == nil { counts[page] += 1 }
            tickets[position] = ticket
        } else {
            counts[page] += 1
            tickets.append(ticket)
        }
    }

    /// Takes away the ticket at `position`; its place stays empty for good.
    mutating func remove(at position: Int) {
        guard tickets[position] != nil else { return }
        tickets[position] = nil
        let page = position / Places.pageSize
        changes[page] = generation
        counts[page] -= 1
        if counts[page] == 0 { tickets.replace(page: page, with: Self.empty) }
    }

    /// The first position from `position` on at which there is a ticket.
    func next(from position: Int) -> Int? {
        var position = position
        while position < tickets.count {
            let page = position / Places.pageSize
            guard counts[page] > 0 else {
                position = (page + 1) * Places.pageSize
                continue
            }
            if tickets[position] != nil { return position }
            position += 1
        }
        return nil
    }

    /// The ticket at `position`, which must be there, in its place.
    subscript(existing position: Int) -> Ticket {
        @inline(__always) _read { yield tickets[position]! }
        @inline(__always) _modify {
            changes[position / Places.pageSize] = generation
            yield &tickets[position]!
        }
    }
}

// MARK: Pages

extension TicketStore {
    var pageCount: Int { counts.count }

    static func page(of position: Int) -> Int { position / Places.pageSize }

    /// Ends the generation: what changes from now on has changed since.
    mutating func beginGeneration() { generation += 1 }

    /// Whether anything in these pages changed after `generation` had ended.
    func hasChanged(in pages: Range<Int>, since generation: UInt32) -> Bool {
        changes[pages].contains { $0 > generation }
    }

    /// The tickets of one page in rising order of position.
    func tickets(inPage page: Int) -> some Sequence<Ticket> {
        let places = page * Places.pageSize..<Swift.min((page + 1) * Places.pageSize, tickets.count)
        return (counts[page] > 0 ? places : 0..<0).lazy.compactMap { tickets[$0] }
    }
}

extension TicketStore: Sequence {
    /// The tickets in rising order of position.
    public struct Iterator: IteratorProtocol {
        fileprivate let store: TicketStore
        fileprivate var position = 0

        public mutating func next() -> Ticket? {
            guard let place = store.next(from: position) else { return nil }
            position = place + 1
            return store[place]
        }
    }

    public func makeIterator() -> Iterator { Iterator(store: self) }
}
