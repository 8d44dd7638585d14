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
    private var goal: Goal
    private let now: Timestamp
    /// What is still to be walked through, the last first.
    private var walks: [CandidateWalk] = []
    /// How many tickets it may have to look at.
    public let mostTickets: Int

    /// The first of them so far, in order; never more than were asked for.
    private var found: [Found] = []
    private var count: Int64 = 0
    private var groups: [String?: Int64] = [:]

    private struct Found {
        var key: TicketKey
        var id: TicketID
    }

    /// Begins, once the index is up to date. Throws when the question names who or what is not there.
    public init(
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
        let plan = index.plan(expression, routing, shards)
        mostTickets = plan.mostTickets(of: Int(routing.nextTicket.rawValue))
        let end = UInt32(clamping: routing.nextTicket.rawValue)
        let isDescending = order.isByID == false
        if case .tickets = goal, order.isWorkFirst {
            // The rest is walked through only when the page is not full of these.
            var work: UInt64 = 0
            for status in TicketStatus.allCases where status.waitsForWork { work |= 1 << UInt64(status.rawValue) }
            walks = [~work, work].map {
                CandidateWalk(.both([index.plan(statuses: $0), plan]), before: end, descending: false)
            }
        } else {
            walks = [CandidateWalk(plan, before: end, descending: isDescending)]
        }
    }

    /// Looks at up to `tickets` more. Returns whether it is done.
    public func advance(_ routing: borrowing Routing, _ shards: Shards, tickets: Int) throws(Rejection) -> Bool {
        var chunks = max(tickets / 8, 1)
        var left = tickets
        while left > 0 {
            guard !walks.isEmpty else { return true }
            guard let id = walks[walks.count - 1].next(chunks: &chunks) else {
                guard walks[walks.count - 1].isAtEnd else { return false }
                walks.removeLast()
                if case .tickets(let limit, _) = goal, found.count == limit { walks = [] }
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
            let key = order.key(of: ticket.ticket)
            if let after, !(after < key) { return }
            let isFull = found.count == limit
            // Its place first, because looking at texts costs more.
            if isFull, let last = found.last, !(key < last.key) {
                if order.isByID != nil { walks = [] }
                return
            }
            guard expression.matches(ticket) else { return }
            if isFull { found.removeLast() }
            var place = found.count
            if let last = found.last, key < last.key { place = found.place(before: key) { $0.key } }
            found.insert(Found(key: key, id: ticket.ticket.id), at: place)
            if order.isByID != nil, found.count == limit { walks = [] }
        }
    }

    private func countGroup(_ group: String?, _ range: ListRange) throws(Rejection) {
        if let after = range.after, !((group ?? "") > after) { return }
        groups[group, default: 0] += 1
        guard groups.count <= TicketGrouping.mostGroups else {
            throw Rejection(.badArgument, "group= finds more than \(TicketGrouping.mostGroups) groups")
        }
    }

    /// The answer, in one turn. `nil`: all that was found has changed meanwhile; go on then.
    public func answer(_ routing: borrowing Routing, _ shards: Shards, _ index: FindIndex) -> Outcome? {
        switch goal {
        case .count: return .integer(count)
        case .groups(_, let range):
            let sorted = groups.sorted { ($0.key ?? "") < ($1.key ?? "") }
            return .list(
                sorted.prefix(range.limit).map { group, count in
                    .record([
                        ("group", group.map { .string($0) } ?? .null), ("count", .integer(count)),
                        ("cursor", .string(group ?? "")),
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
            let plan = index.plan(expression, routing, shards)
            walks = [
                CandidateWalk(
                    plan, before: UInt32(clamping: routing.nextTicket.rawValue), descending: order.isByID == false)
            ]
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
