/// An entry of a thread, with the number it has there, and where it is kept.
struct JoinedEntry {
    var entry: ThreadEntry
    /// The ticket whose own thread holds it, and its place there, from 1.
    var owner: TicketID
    var place: UInt32
}

extension Ticket {
    /// The number of each of its own entries depends on what was merged into it before: those numbers are taken.
    func number(ofOwn place: UInt32) -> UInt32 {
        guard !box.isEmpty else { return place }
        return extras.absorbed.reduce(place) { $1.after < place ? $0 &+ $1.span : $0 }
    }

    /// How many numbers its thread has given, merged ones included: each merge leaves an entry behind them.
    var entryNumbers: UInt32 { number(ofOwn: thread.count) }

    /// Whether its thread is more than its own entries in order.
    var hasJoinedThread: Bool {
        guard !box.isEmpty else { return false }
        return !extras.absorbed.isEmpty || extras.splitFrom != nil
    }
}

extension Shards {
    /// The whole thread of a ticket, those of merged ones included, by time and then number.
    func joinedThread(of view: TicketView) -> [JoinedEntry] {
        var entries: [JoinedEntry] = []
        gather(view, upTo: .max, raisedBy: 0, from: view.from, into: &entries)
        entries.sort { ($0.entry.at, $0.entry.number) < ($1.entry.at, $1.entry.number) }
        return entries
    }

    /// Adds the entries of one ticket whose numbers are at most `last`, each number raised by `base`.
    private func gather(
        _ view: TicketView, upTo last: UInt32, raisedBy base: UInt32, from requester: String,
        into entries: inout [JoinedEntry]
    ) {
        let own = view.from
        let ranges = view.ticket.absorbedRanges()
        var (passed, shift) = (0, UInt32(0))
        for var entry in view.thread {
            let place = entry.number
            while passed < ranges.count, ranges[passed].absorbed.after < place {
                shift &+= ranges[passed].absorbed.span
                passed += 1
            }
            let number = place &+ shift
            guard number <= last else { break }
            entry.number = base &+ number
            // Who wrote is told by address where it is not the survivor's requester.
            if entry.kind.isWritten, entry.by == .customer, entry.from == nil, !own.isEmpty, own != requester {
                entry.from = own
            }
            if base > 0 { entry.head.conversation = 0 }
            if base > 0, place == 1 { entry.forgetBeginning() }
            entries.append(JoinedEntry(entry: entry, owner: view.id, place: place))
        }
        for (start, absorbed) in ranges {
            guard !absorbed.isUndone, start < last, let source = self.view(absorbed.ticket) else { continue }
            gather(
                source, upTo: min(absorbed.span, last - start), raisedBy: base &+ start, from: requester, into: &entries
            )
        }
    }
}

extension ThreadEntry {
    /// In another ticket's thread it does not say where that one began.
    fileprivate mutating func forgetBeginning() {
        head.status = nil
        head.department = nil
        head.priority = nil
    }
}

/// What a person wrote, and when.
package struct WrittenText: Hashable, Sendable {
    package var at: Timestamp
    package var kind: EntryKind
    package var body: String

    package init(at: Timestamp, kind: EntryKind, body: String) {
        self.at = at
        self.kind = kind
        self.body = body
    }

    fileprivate init?(_ entry: ThreadEntry) {
        guard entry.kind.isWritten, let body = entry.body else { return nil }
        self.init(at: entry.at, kind: entry.kind, body: body)
    }
}

extension Shards {
    /// What stands in the thread of a ticket; nothing where it is merged.
    package func written(in id: TicketID) -> [WrittenText] {
        guard let view = view(id), view.status != .merged else { return [] }
        return joinedThread(of: view).compactMap { WrittenText($0.entry) }
    }
}

extension TicketSplit {
    /// The messages that the new ticket begins with.
    package var written: [WrittenText] { ThreadEntries(bytes: entries).compactMap { WrittenText($0) } }
}
