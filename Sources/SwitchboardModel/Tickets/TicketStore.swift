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

    /// Puts `ticket` at `position`; places between that were never used stay empty.
    mutating func insert(_ ticket: Ticket, at position: Int) {
        while tickets.count < position { tickets.append(nil) }
        if position == tickets.count { tickets.append(ticket) } else { tickets[position] = ticket }
    }

    /// Changes the ticket at `position`, which must be there.
    @inline(__always)
    mutating func update<Result>(_ position: Int, _ body: (inout Ticket) -> Result) -> Result {
        body(&tickets[position]!)
    }

    /// Calls `body` with each ticket in rising order of position.
    public func forEach<Failure: Error>(_ body: (Ticket) throws(Failure) -> Void) throws(Failure) {
        try tickets.forEach { (ticket: Ticket?) throws(Failure) in
            if let ticket { try body(ticket) }
        }
    }
}
