/// A question under way: goes through the tickets that may match in small steps, between which the lane does other things.
///
/// It sees each ticket as it is when its turn comes, and what it answers with is looked at once more when the answer is
/// made. A ticket that changes meanwhile is shown or not, but never twice.
public final class FindRun {
    private enum Goal {
        case tickets(limit: Int, after: TicketKey?)
        case groups(TicketGrouping, ListRange)
        case count
    }

    private let expression: BoundExpression
    private let order: TicketOrder
    /// Whether its order is that of ids, rising or falling.
    private let isByID: Bool?
    private var goal: Goal
    private let now: Timestamp
    /// What is still to be walked through, the last first.
    private var walks: [Walk] = []
    /// How many tickets it may have to look at.
    public let mostTickets: Int

    /// The first of them so far, in order; never more than were asked for.
    private var found: [Found] = []
    private var count: Int64 = 0
    private var groups: [ExactText?: Int64] = [:]

    private struct Walk {
        enum Kind {
            case whole
            /// Of what waits to be worked on, or of the rest, in the standard order.
            case rank
            /// Of one priority, in the standard order.
            case main
            /// The same, only those that were queued before they were created, as after a merge or a split.
            case early
        }

        var candidates: CandidateWalk
        var kind = Kind.whole
        /// The last rank, and the last priority of it, that its tickets may have; as the first values of their keys.
        var last: (rank: Int64, priority: Int64) = (.max, .max)
    }

    private struct Found {
        var key: TicketKey
        var id: TicketID
    }

    init(
        _ question: FindQuestion, _ routing: borrowing Routing, _ shards: Shards, _ index: FindIndex, at now: Timestamp
    ) throws(Rejection) {
        let asked = try question.resolved(routing)
        self.now = now
        expression = try asked.expression.bound(index.names, me: asked.by, at: now)
        var order = TicketOrder.standard
        switch asked.goal {
        case .tickets(let wanted, let range):
            order = wanted
            let after = try range.after.map { (cursor) throws(Rejection) in try wanted.key(cursor: cursor) }
            goal = .tickets(limit: range.limit, after: after)
        case .groups(let grouping, let range): goal = .groups(grouping, range)
        case .count: goal = .count
        }
        self.order = order
        isByID = order.isByID(createdInOrder: !routing.hasLateTickets)
        let plan = index.plan(expression, routing, shards)
        mostTickets = plan.mostTickets(of: Int(routing.nextTicket.rawValue))
        let end = UInt32(clamping: routing.nextTicket.rawValue)
        if case .tickets(_, let after) = goal {
            walks = Self.walks(plan, index, order, isByID, before: end, after: after)
        } else {
            walks = [Walk(candidates: CandidateWalk(plan, before: end, descending: false))]
        }
    }

    /// Tickets that are looked at in the time that it takes to narrow one chunk down to one priority.
    private static let ticketsPerChunk = 2
    private static let priorities = 1...9

    /// Whether to walk priority by priority, `walks` times through each chunk of ids, rather than to look at all that the plan
    /// names without order.
    private static func isWorthPriorities(_ plan: KeptPlan, _ walks: Int, before end: UInt32) -> Bool {
        let chunks = Int(end >> 16) + 1
        return plan.names(moreThan: chunks * walks * ticketsPerChunk, chunks: chunks)
    }

    private static func walks(
        _ plan: FindPlan, _ index: FindIndex, _ order: TicketOrder, _ isByID: Bool?, before end: UInt32,
        after: TicketKey?
    ) -> [Walk] {
        if order == .standard {
            let kept = KeptPlan(plan)
            if isWorthPriorities(kept, 2 * priorities.count, before: end) {
                return standardWalks(.kept(kept), index, before: end, after: after)
            }
        }
        return [Walk(candidates: CandidateWalk(plan, before: end, descending: isByID == false))]
    }

    /// What waits to be worked on, by priority, then the rest by priority: each is walked through only when the page is not
    /// full by then. The last first.
    private static func standardWalks(
        _ plan: FindPlan, _ index: FindIndex, before end: UInt32, after: TicketKey?
    ) -> [Walk] {
        var work: UInt64 = 0
        for status in TicketStatus.allCases where status.waitsForWork { work |= 1 << UInt64(status.rawValue) }
        var walks: [Walk] = []
        for (rank, statuses) in [work, ~work].enumerated() {
            let statuses = index.plan(statuses: statuses)
            let both = KeptPlan(.all(of: [statuses, plan]))
            let whole = FindPlan.kept(both)
            guard isWorthPriorities(both, priorities.count, before: end) else {
                walks.append(
                    Walk(
                        candidates: CandidateWalk(whole, before: end, descending: false), kind: .rank,
                        last: (Int64(rank), .max)))
                continue
            }
            for priority in priorities {
                if let after, (Int64(rank), Int64(priority)) < (after.values[0], after.values[1]) { continue }
                let all = FindPlan.both([whole, index.plan(priority: priority)])
                if !index.early.isEmpty {
                    let early = CandidateWalk(.both([.set(index.early), all]), before: end, descending: false)
                    walks.append(Walk(candidates: early, kind: .early, last: (Int64(rank), Int64(priority))))
                }
                walks.append(
                    Walk(
                        candidates: CandidateWalk(all, before: end, descending: false), kind: .main,
                        last: (Int64(rank), Int64(priority))))
            }
        }
        return walks.reversed()
    }

    /// Looks at up to `tickets` more. Returns whether it is done.
    public func advance(_ routing: borrowing Routing, _ shards: Shards, tickets: Int) throws(Rejection) -> Bool {
        var chunks = max(tickets / 8, 1)
        var left = tickets
        while left > 0 {
            guard !walks.isEmpty else { return true }
            guard let id = walks[walks.count - 1].candidates.next(chunks: &chunks) else {
                guard walks[walks.count - 1].candidates.isAtEnd else { return false }
                let kind = walks.removeLast().kind
                if case .tickets(let limit, _) = goal, found.count == limit, kind == .main || kind == .rank {
                    walks = []
                }
                continue
            }
            left -= 1
            if let ticket = shards.view(TicketID(UInt64(id))) { try look(at: ticket, routing) }
        }
        return walks.isEmpty
    }

    private func look(at ticket: TicketView, _ routing: borrowing Routing) throws(Rejection) {
        switch goal {
        case .count:
            if expression.matches(ticket) { count += 1 }
        case .groups(let grouping, let range):
            guard expression.matches(ticket) else { return }
            for group in grouping.groups(of: ticket, routing) { try countGroup(group, range) }
        case .tickets(let limit, let after):
            guard let walk = walks.last else { return }
            if walk.kind == .main, ticket.ticket.isQueuedEarly { return }
            let key = order.key(of: ticket.ticket)
            // It has moved back since it was indexed: taken now, it would end the page before those that come before it.
            if walk.kind != .whole, (key.values[0], key.values[1]) > walk.last { return }
            if let after, !(after < key) { return }
            let isFull = found.count == limit
            // Its place first, because looking at texts costs more.
            if isFull, let last = found.last, !(key < last.key) {
                if isByID != nil || (walk.kind == .main && isBeyond(ticket.ticket, last.key)) { walks = [] }
                return
            }
            guard expression.matches(ticket) else { return }
            if isFull { found.removeLast() }
            var place = found.count
            if let last = found.last, key < last.key { place = found.place(before: key) { $0.key } }
            found.insert(Found(key: key, id: ticket.ticket.id), at: place)
            if isByID != nil, found.count == limit { walks = [] }
        }
    }

    /// Whether neither this ticket nor any behind it can come before `last` in the standard order, in which tickets of one
    /// priority are walked through by id: none but the early ones is queued before it is created.
    private func isBeyond(_ ticket: Ticket, _ last: TicketKey) -> Bool {
        ticket.createdAt.milliseconds > last.values[2]
    }

    private func countGroup(_ group: String?, _ range: ListRange) throws(Rejection) {
        let key = group.map { ExactText($0) }
        if let after = range.after, !((key ?? ExactText("")) > ExactText(after)) { return }
        groups[key, default: 0] += 1
        guard groups.count <= TicketGrouping.mostGroups else {
            throw Rejection(.badArgument, "group= finds more than \(TicketGrouping.mostGroups) groups")
        }
    }

    /// The answer, in one turn. `nil`: all that was found has changed meanwhile; go on then.
    public func answer(_ routing: borrowing Routing, _ shards: Shards, _ index: FindIndex) -> Outcome? {
        switch goal {
        case .count: return .integer(count)
        case .groups(_, let range):
            let sorted = groups.sorted { ($0.key ?? ExactText("")) < ($1.key ?? ExactText("")) }
            return .list(
                sorted.prefix(range.limit).map { group, count in
                    .record([
                        ("group", group.map { .string($0.text) } ?? .null), ("count", .integer(count)),
                        ("cursor", .string(group?.text ?? "")),
                    ])
                })
        case .tickets(let limit, _):
            var documents: [JSON] = []
            for found in found {
                guard let ticket = shards.view(found.id), expression.matches(ticket) else { continue }
                documents.append(
                    .record(routing.summary(ticket)).with("cursor", .string(order.cursor(found.key))))
            }
            guard documents.isEmpty, let last = found.last, found.count == limit else { return .list(documents) }
            goal = .tickets(limit: limit, after: last.key)
            found = []
            walks = Self.walks(
                index.plan(expression, routing, shards), index, order, isByID,
                before: UInt32(clamping: routing.nextTicket.rawValue),
                after: last.key)
            return nil
        }
    }
}

extension Array {
    /// Where an element with this key belongs, in an array sorted by keys.
    fileprivate func place<Key: Comparable>(before key: Key, _ keyOf: (Element) -> Key) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if keyOf(self[middle]) < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
