/// Where one shard's tickets are kept. The rest of the code sees `Ticket` and never how it is stored, so that the
/// store can become more compact without anyone noticing.
public struct TicketStore: Sendable {
    private var tickets = PagedArray<Ticket?>()

    public init() {}

    /// Places given so far, those of purged tickets included.
    public var count: Int { tickets.count }

    public subscript(position: Int) -> Ticket? {
        @inline(__always) get { position < tickets.count ? tickets[position] : nil }
    }

    @inline(__always)
    func has(_ position: Int) -> Bool { position < tickets.count && tickets[position] != nil }

    /// Puts `ticket` at `position`; places between that were never used stay empty.
    mutating func insert(_ ticket: consuming Ticket, at position: Int) {
        tickets.append(repeating: nil, upTo: position)
        if position == tickets.count { tickets.append(ticket) } else { tickets[position] = ticket }
    }

    /// Takes away the ticket at `position`; its place stays empty for good.
    mutating func remove(at position: Int) { tickets[position] = nil }

    /// The ticket at `position`, which must be there, in its place.
    subscript(existing position: Int) -> Ticket {
        @inline(__always) _read { yield tickets[position]! }
        @inline(__always) _modify { yield &tickets[position]! }
    }
}

extension TicketStore: Sequence {
    /// The tickets in rising order of position.
    public struct Iterator: IteratorProtocol {
        fileprivate var places: IndexingIterator<PagedArray<Ticket?>>

        public mutating func next() -> Ticket? {
            while let place = places.next() {
                if let ticket = place { return ticket }
            }
            return nil
        }
    }

    public func makeIterator() -> Iterator { Iterator(places: tickets.makeIterator()) }
}
