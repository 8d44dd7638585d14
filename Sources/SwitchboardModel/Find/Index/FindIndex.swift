/// What FIND looks things up in. Derived from the tickets and never stored.
///
/// A commit only notes which tickets it changed. The index is brought up to date from them later, ticket by ticket, when
/// somebody asks or nobody does. What is looked up here is always checked against the ticket, so an index that holds more than
/// it should costs time and nothing else; one that holds less would lose answers, which `VERIFY` looks for.
public struct FindIndex: Sendable {
    private(set) var noted = IndexBacklog()
    private(set) var names = NameBook()
    /// What each ticket was when it was last indexed, by id.
    private var indexed = PagedArray<IndexedTicket>()
    private static let unknown = PagedArray.page(of: IndexedTicket())
    private(set) var statuses = [TicketSet](repeating: TicketSet(), count: 32)
    private(set) var priorities = [TicketSet](repeating: TicketSet(), count: 16)
    private(set) var departments: [TicketSet] = []
    /// By the owner's index plus one; nobody's first.
    private(set) var owners: [TicketSet] = []
    private(set) var terms = TermIndex()
    /// Tickets that were queued before they were created, as after a merge or a split.
    private(set) var early = TicketSet()

    public init() {}

    /// The ticket was opened or changed.
    @inline(__always)
    public mutating func note(_ id: TicketID) { noted.insert(UInt32(truncatingIfNeeded: id.rawValue)) }

    /// Notes the tickets that a record's events change.
    @inline(__always)
    public mutating func note(_ events: [Event]) {
        // Looked at in place, as everywhere on the way of a request: a copy of an event counts a reference.
        let events = events.span
        for place in events.indices {
            if let id = events[place].changedTicket { note(id) }
        }
    }

    /// After a start: notes every ticket.
    public mutating func noteAll(_ shards: borrowing Shards) {
        for table in shards.tickets {
            var next = TicketID(1)
            while let id = table.next(from: next) {
                note(id)
                next = TicketID(id.rawValue + 1)
            }
        }
    }

    /// Begins to answer a question, once what was noted is indexed. Throws when it names who or what never was there.
    public mutating func begin(
        _ question: FindQuestion, _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> FindRun {
        names.update(routing)
        return try FindRun(question, routing, shards, self, at: now)
    }

    /// How many tickets wait to be indexed.
    public var backlog: Int { noted.count }

    /// What `finished` is to be when all that was noted until now is indexed.
    public var generationToAwait: UInt64 { noted.generationToAwait }
    /// Generations of noted tickets that were indexed to the last.
    public var finished: UInt64 { noted.finished }

    /// Looks at up to `count` noted tickets. Returns whether none is left.
    public mutating func catchUp(_ routing: borrowing Routing, _ shards: Shards, count: Int) -> Bool {
        for _ in 0..<count {
            if terms.mustMerge {
                terms.mergeSome(Self.mergedAtOnce)
                continue
            }
            if terms.isFull {
                terms.seal()
                continue
            }
            guard let id = noted.removeFirst() else { return true }
            index(id, shards.view(TicketID(UInt64(id))))
        }
        return noted.count == 0
    }

    /// Terms merged for one ticket that is not looked at instead.
    private static let mergedAtOnce = 8

    /// Merges what lies about, as much as takes the time of some `count` tickets. Returns whether nothing is left.
    public mutating func tidy(count: Int) -> Bool {
        for _ in 0..<count where terms.canMerge { terms.mergeSome(Self.mergedAtOnce) }
        return !terms.canMerge
    }

    /// Bytes of what is found by words and other terms.
    public var termSize: Int { terms.size }

    /// Bytes that it occupies, roughly.
    public var size: Int {
        sums[0] * MemoryLayout<IndexedTicket>.stride
            + (statuses + priorities + departments + owners).reduce(0) {
                $0 + MemoryLayout<TicketSet>.stride + $1.bytes
            } + terms.size
    }

    private mutating func index(_ id: UInt32, _ ticket: TicketView?) {
        if indexed.count <= Int(id) { indexed.append(Self.unknown, upTo: Int(id) + 1) }
        let before = indexed[Int(id)]
        let now = ticket.map { IndexedTicket($0.ticket) } ?? IndexedTicket()
        if let ticket, ticket.ticket.isQueuedEarly { early.insert(id) } else if !early.isEmpty { early.remove(id) }
        if let ticket { noteTerms(id, ticket, known: before.entries) }
        guard now != before else { return }
        if before.isThere {
            let isGone = !now.isThere
            if isGone || before.status != now.status { statuses[before.status].remove(id) }
            if isGone || before.priority != now.priority { priorities[before.priority].remove(id) }
            if isGone || before.department != now.department { departments[before.department].remove(id) }
            if isGone || before.owner != now.owner { owners[before.owner].remove(id) }
        }
        if now.isThere {
            while departments.count <= now.department { departments.append(TicketSet()) }
            while owners.count <= now.owner { owners.append(TicketSet()) }
            statuses[now.status].insert(id)
            priorities[now.priority].insert(id)
            departments[now.department].insert(id)
            owners[now.owner].insert(id)
        }
        indexed[Int(id)] = now
    }

    /// Notes the words of what was written since the thread had `known` entries, and what else the ticket is found by.
    private mutating func noteTerms(_ id: UInt32, _ ticket: TicketView, known: UInt32) {
        _ = ticket.anyText(subject: true, bodies: true, newest: ticket.ticket.thread.count &- known) { text in
            TextFold.forEachWord(in: text) { word, _ in
                terms.note(TermKey(word: word), id)
                return true
            }
            return false
        }
        if ticket.ticket.from != .none {
            terms.note(TermKey(.from, TextFold.folded(ticket.from)), id)
        }
        guard let extras = ticket.ticket.box.first else { return }
        if !extras.source.isEmpty { terms.note(TermKey(.source, extras.source), id) }
        for tag in extras.tags { terms.note(TermKey(.tag, tag.text), id) }
        for field in extras.fields { terms.note(Self.key(field.name, field.value), id) }
    }

    static func key(_ field: String, _ value: String) -> TermKey { TermKey(.custom, field + "\u{0}" + value) }

    /// Whether it has the ticket as it is.
    func knows(_ id: UInt32, _ ticket: Ticket) -> Bool {
        let kept = Int(id) < indexed.count ? indexed[Int(id)] : IndexedTicket()
        return kept == IndexedTicket(ticket) && statuses[kept.status].contains(id)
            && priorities[kept.priority].contains(id) && departments[kept.department].contains(id)
            && owners[kept.owner].contains(id) && early.contains(id) == ticket.isQueuedEarly
    }

    /// How many tickets are in the sets of each kind.
    var sums: [Int] { [statuses, priorities, departments, owners].map { $0.reduce(0) { $0 + $1.count } } }
}

extension Ticket {
    /// Queued before it, or a ticket of a lower id, was created.
    var isQueuedEarly: Bool { queuedAt < createdAt || isLate }
}

/// What the index knows of a ticket.
struct IndexedTicket: Equatable, Sendable {
    private var ownerNumber: UInt32 = 0
    /// The department plus one, four bits of priority, five of status; 0: no such ticket.
    private var place: UInt32 = 0
    /// Of its thread.
    private(set) var entries: UInt32 = 0

    init() {}

    init(_ ticket: Ticket) {
        ownerNumber = ticket.agent.map { $0.rawValue + 1 } ?? 0
        entries = ticket.thread.count
        place = (ticket.department.rawValue + 1) << 9 | UInt32(ticket.priority) << 5 | UInt32(ticket.status.rawValue)
    }

    var isThere: Bool { place != 0 }
    var status: Int { Int(place & 0x1f) }
    var priority: Int { Int(place >> 5 & 0x0f) }
    var department: Int { Int(place >> 9) - 1 }
    var owner: Int { Int(ownerNumber) }
}
