/// What FIND looks things up in. Derived from the tickets and never stored.
///
/// A commit only notes which tickets it changed. The index is brought up to date from them later, ticket by ticket, when
/// somebody asks or nobody does. What is looked up here is always checked against the ticket, so an index that holds more than
/// it should costs time and nothing else; one that holds less would lose answers, which `VERIFY` looks for.
public struct FindIndex: Sendable {
    private(set) var noted = NotedTickets()
    private(set) var names = NameBook()
    /// What each ticket was when it was last indexed, by id.
    private var indexed = PagedArray<IndexedTicket>()
    private var statuses = [TicketSet](repeating: TicketSet(), count: 32)
    private var priorities = [TicketSet](repeating: TicketSet(), count: 16)
    private var departments: [TicketSet] = []
    /// By the owner's index plus one; nobody's first.
    private var owners: [TicketSet] = []
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
        for event in events {
            if let id = event.changedTicket { note(id) }
        }
    }

    /// After a start: notes every ticket.
    public mutating func noteAll(_ routing: borrowing Routing) {
        for id in 1..<max(routing.nextTicket.rawValue, 1) { note(TicketID(id)) }
    }

    /// How many tickets wait to be indexed.
    public var backlog: Int { noted.count }

    /// Looks at up to `count` noted tickets. Returns whether none is left.
    public mutating func catchUp(_ routing: borrowing Routing, _ shards: Shards, count: Int) -> Bool {
        names.update(routing)
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
        indexed.count * MemoryLayout<IndexedTicket>.stride
            + (statuses + priorities + departments + owners).reduce(0) { $0 + MemoryLayout<TicketSet>.stride + $1.bytes } + terms.size
    }

    private mutating func index(_ id: UInt32, _ ticket: TicketView?) {
        while indexed.count <= Int(id) { indexed.append(IndexedTicket()) }
        let before = indexed[Int(id)]
        let now = ticket.map { IndexedTicket($0.ticket) } ?? IndexedTicket()
        if let ticket, ticket.ticket.isQueuedEarly { early.insert(id) } else if !early.isEmpty { early.remove(id) }
        if let ticket { noteTerms(id, ticket, known: before.entries) }
        guard now != before else { return }
        if before.isThere {
            if before.status != now.status { statuses[before.status].remove(id) }
            if before.priority != now.priority { priorities[before.priority].remove(id) }
            if before.department != now.department { departments[before.department].remove(id) }
            if before.owner != now.owner { owners[before.owner].remove(id) }
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

    private static func key(_ field: String, _ value: String) -> TermKey { TermKey(.custom, field + "\u{0}" + value) }

    /// Whether it has the ticket, or its absence, as it is.
    func knows(_ id: UInt32, _ ticket: Ticket?) -> Bool {
        let kept = Int(id) < indexed.count ? indexed[Int(id)] : IndexedTicket()
        guard let ticket else { return !kept.isThere }
        return kept == IndexedTicket(ticket) && statuses[kept.status].contains(id)
            && priorities[kept.priority].contains(id) && departments[kept.department].contains(id)
            && owners[kept.owner].contains(id) && early.contains(id) == ticket.isQueuedEarly
    }

    /// How many tickets it has, and how many are in the sets of each kind.
    var sums: (tickets: Int, sets: [Int]) {
        (
            indexed.count { $0.isThere },
            [statuses, priorities, departments, owners].map { $0.reduce(0) { $0 + $1.count } }
        )
    }

    // MARK: Looking up

    /// Which tickets may match.
    func plan(_ expression: BoundExpression, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        plan(expression.root, routing, shards)
    }

    func plan(statuses bits: UInt64) -> FindPlan {
        let sets = statuses.indices.filter { bits & (1 << UInt64($0)) != 0 && !statuses[$0].isEmpty }
        return Self.either(sets.map { .set(statuses[$0]) })
    }

    func plan(priority: Int) -> FindPlan { priorities[priority].isEmpty ? .nothing : .set(priorities[priority]) }

    private func plan(_ node: BoundExpression.Node, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        switch node {
        case .test(let condition): return plan(condition, routing, shards)
        case .not(.test(.status(let bits))): return plan(statuses: ~bits)
        case .not(.not(let inner)): return plan(inner, routing, shards)
        case .not: return .everything
        case .all(let parts):
            var plans: [FindPlan] = []
            for part in parts {
                let plan = plan(part, routing, shards)
                switch plan {
                case .everything: continue
                case .nothing: return .nothing
                default: plans.append(plan)
                }
            }
            return plans.isEmpty ? .everything : plans.count == 1 ? plans[0] : .both(plans)
        case .any(let parts):
            var plans: [FindPlan] = []
            for part in parts {
                let plan = plan(part, routing, shards)
                if case .everything = plan { return .everything }
                plans.append(plan)
            }
            return Self.either(plans)
        }
    }

    private func plan(_ condition: BoundCondition, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        switch condition {
        case .status(let bits): return plan(statuses: bits)
        case .department(let indexes):
            return Self.either(indexes.map { $0.position < departments.count ? .set(departments[$0.position]) : .nothing })
        case .agent(let agents):
            return Self.either(
                agents.map { agent in
                    let place = agent.map { $0.position + 1 } ?? 0
                    return place < owners.count ? .set(owners[place]) : .nothing
                })
        case .number(.priority, let range):
            let found = (1...9).filter { range.contains(Int64($0)) }
            return found.count == 9 ? .everything : Self.either(found.map { plan(priority: $0) })
        case .number(.id, let range):
            let low = UInt32(clamping: range.lowerBound)
            return low > UInt32(clamping: range.upperBound) ? .nothing : .ids(low...UInt32(clamping: range.upperBound))
        case .oneOfNumbers(.id, let ids):
            return Self.either(ids.map { .ids(UInt32(clamping: $0)...UInt32(clamping: $0)) })
        case .number(.createdAt, let range):
            return Self.ids(created: range, before: UInt32(clamping: routing.nextTicket.rawValue), shards)
        case .tag(let tags): return plan(tags) { TermKey(.tag, $0) }
        case .from(let texts): return plan(texts) { TermKey(.from, $0) }
        case .text(.source, let texts): return plan(texts) { TermKey(.source, $0) }
        case .text(.custom(let name), let texts): return plan(texts) { Self.key(name, $0) }
        case .text(.subject, let texts):
            // By the words in it, if there are any.
            return plan(texts) { (text) -> FindPlan in
                do { return plan(try TextPattern(text, at: 0)) } catch { return .everything }
            }
        case .words(let field, let pattern):
            switch field {
            case .subject, .body, .text: return plan(pattern)
            case .from, .custom: return .everything
            }
        default: return .everything
        }
    }

    /// Any of these; that something is absent is not looked up.
    private func plan(_ texts: [String?], _ key: (String) -> TermKey) -> FindPlan {
        plan(texts) { terms.plan(key($0)) }
    }

    private func plan(_ texts: [String?], _ planOf: (String) -> FindPlan) -> FindPlan {
        var plans: [FindPlan] = []
        for text in texts {
            guard let text else { return .everything }
            let plan = planOf(text)
            if case .everything = plan { return .everything }
            plans.append(plan)
        }
        return Self.either(plans)
    }

    /// Those that may have all words of a pattern.
    private func plan(_ pattern: TextPattern) -> FindPlan {
        var plans: [FindPlan] = []
        for word in pattern.words {
            let range = word.letters.withUnsafeBytes { letters in
                word.isPrefix ? TermKey.range(prefix: letters) : TermKey(word: letters)...TermKey(word: letters)
            }
            let plan = terms.plan(range)
            switch plan {
            case .everything: continue
            case .nothing: return .nothing
            default: plans.append(plan)
            }
        }
        return plans.isEmpty ? .everything : plans.count == 1 ? plans[0] : .both(plans)
    }

    private static func either(_ plans: [FindPlan]) -> FindPlan {
        let some = plans.filter { plan in if case .nothing = plan { false } else { true } }
        return some.isEmpty ? .nothing : some.count == 1 ? some[0] : .either(some)
    }

    /// The ids of those created within `range`: ids rise as time does.
    private static func ids(created range: ClosedRange<Int64>, before end: UInt32, _ shards: Shards) -> FindPlan {
        /// The first id whose ticket, or the next one that is still there, was created at `time` or later.
        func first(from time: Int64) -> UInt32 {
            var (low, high) = (UInt32(1), end)
            while low < high {
                let middle = low + (high - low) / 2
                var probe = middle
                var created: Int64?
                while probe < high, created == nil {
                    created = shards.ticket(TicketID(UInt64(probe)))?.createdAt.milliseconds
                    probe += 1
                }
                guard let created else {
                    high = middle
                    continue
                }
                if created < time { low = probe } else { high = middle }
            }
            return low
        }
        let low = first(from: range.lowerBound)
        let high = range.upperBound == .max ? end : first(from: range.upperBound + 1)
        return low < high ? .ids(low...(high - 1)) : .nothing
    }
}

extension Ticket {
    /// Queued before it was created.
    var isQueuedEarly: Bool { queuedAt < createdAt }
}

/// What the index knows of a ticket.
private struct IndexedTicket: Equatable, Sendable {
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
