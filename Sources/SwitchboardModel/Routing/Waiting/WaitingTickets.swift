/// The tickets of one queue that wait, in its order: those that whoever has room may have in one list, those that ask for
/// something in a list for each demand.
struct WaitingTickets: Sendable {
    struct Group: Sendable {
        var demand: Demand
        var tickets = SortedBlocks<QueueEntry>()
        /// None of the queue's candidates may have any of it. Somebody who becomes a candidate takes the mark away, where they may.
        var isHopeless = false
    }

    private(set) var plain = SortedBlocks<QueueEntry>()
    private(set) var groups: [Group] = []
    private var places: [Demand: Int] = [:]
    /// Tickets in groups whose demand is ordinary.
    private var groupedOrdinary = 0

    @inline(__always)
    var isEmpty: Bool { plain.isEmpty && groups.isEmpty }
    var count: Int { groups.reduce(plain.count) { $0 + $1.tickets.count } }

    /// Those of an ordinary demand.
    var ordinaryCount: Int { plain.count + groupedOrdinary }

    /// Inserts a ticket that is not in it.
    @inline(__always)
    mutating func insert(_ entry: QueueEntry) { plain.insert(entry) }

    mutating func insert(_ entry: QueueEntry, _ demand: Demand) {
        guard !demand.isPlain else { return plain.insert(entry) }
        let place = places[demand] ?? groups.count
        if place == groups.count {
            groups.append(Group(demand: demand))
            places[demand] = place
        }
        groups[place].tickets.insert(entry)
        if demand.isOrdinary { groupedOrdinary += 1 }
    }

    /// Removes a ticket of that demand; `nil`: of none.
    @inline(__always)
    mutating func remove(_ entry: QueueEntry, _ demand: Demand?) -> Bool {
        guard let demand, !demand.isPlain else { return plain.remove(entry) }
        return removeGrouped(entry, demand)
    }

    private mutating func removeGrouped(_ entry: QueueEntry, _ demand: Demand) -> Bool {
        guard let place = places[demand], groups[place].tickets.remove(entry) else { return false }
        if demand.isOrdinary { groupedOrdinary -= 1 }
        guard groups[place].tickets.isEmpty else { return true }
        places[demand] = nil
        groups.swapAt(place, groups.count - 1)
        groups.removeLast()
        if place < groups.count { places[groups[place].demand] = place }
        return true
    }

    /// How many tickets come before this place in the queue.
    func count(before entry: QueueEntry) -> Int {
        groups.reduce(plain.count(before: entry)) { $0 + $1.tickets.count(before: entry) }
    }

    /// How many of those with an ordinary demand come before this place in the queue.
    func countOrdinary(before entry: QueueEntry) -> Int {
        groups.reduce(plain.count(before: entry)) {
            $0 + ($1.demand.isOrdinary ? $1.tickets.count(before: entry) : 0)
        }
    }

    mutating func mark(_ group: Int, isHopeless: Bool) { groups[group].isHopeless = isHopeless }

    mutating func unmarkAll() {
        for place in groups.indices { groups[place].isHopeless = false }
    }
}

extension WaitingTickets: Sequence {
    /// In the order of the queue.
    func makeIterator() -> Iterator { Iterator(self) }

    struct Iterator: IteratorProtocol {
        private var sources: [(next: QueueEntry, rest: SortedBlocks<QueueEntry>.Iterator)] = []

        init(_ tickets: WaitingTickets) {
            for list in [tickets.plain] + tickets.groups.map(\.tickets) {
                var rest = list.makeIterator()
                if let first = rest.next() { sources.append((first, rest)) }
            }
        }

        mutating func next() -> QueueEntry? {
            guard !sources.isEmpty else { return nil }
            var least = 0
            for place in sources.indices.dropFirst() where sources[place].next < sources[least].next { least = place }
            let entry = sources[least].next
            if let next = sources[least].rest.next() {
                sources[least].next = next
            } else {
                sources.swapAt(least, sources.count - 1)
                sources.removeLast()
            }
            return entry
        }
    }
}
