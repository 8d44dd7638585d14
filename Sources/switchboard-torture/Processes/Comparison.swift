/// What writers were told, held against what a restarted server has.
struct Comparison {
    /// Acknowledged requests that are not there.
    private(set) var lost = 0
    /// Requests that are there twice, and tickets that nobody asked for.
    private(set) var doubled = 0
    /// Requests that were on the way when the server was killed: those that are there, and all of them.
    private(set) var arrived = 0
    private(set) var onTheWay = 0
    private(set) var tickets = 0
    private(set) var problems: [String] = []

    private var found: [Int: FoundTicket]

    init(found: [Int: FoundTicket]) { self.found = found }

    /// Compares every touched ticket of the desks, then makes the desks what the server has, unless they will ask again
    /// for what was on the way.
    mutating func compare(_ desks: inout [Desk], newFrom first: Int) {
        adopt(&desks, newFrom: first)
        for place in desks.indices {
            var reached: [Int: Int] = [:]
            for ticket in desks[place].tickets.indices where desks[place].tickets[ticket].isTouched {
                reached[ticket] = compare(desks[place].tickets[ticket], desks[place])
                desks[place].tickets[ticket].isTouched = false
            }
            compareOrder(desks[place], reached)
            // Of the others nothing was on the way.
            if !desks[place].repeats { desks[place].forget(beyond: reached) }
        }
    }

    /// Gives each new ticket to the desk that asked for it: by the text that it was opened with.
    private mutating func adopt(_ desks: inout [Desk], newFrom first: Int) {
        var known: Set<Int> = []
        var openings: [[Int: Int]] = []
        for place in desks.indices {
            var byText: [Int: Int] = [:]
            for (ticket, desk) in desks[place].tickets.enumerated() {
                if let id = desk.id {
                    known.insert(id)
                } else if let serial = desk.steps.first?.serial {
                    byText[serial] = ticket
                }
            }
            for request in desks[place].onTheWay { desks[place].tickets[request.ticket].isTouched = true }
            openings.append(byText)
        }
        for (id, ticket) in found.sorted(by: { $0.key < $1.key }) where id >= first && !known.contains(id) {
            let origin = ticket.texts.first.flatMap { Desk.serial(of: $0) }
            let place = origin.flatMap { origin in desks.firstIndex { $0.number == origin.writer } }
            if let origin, let place, let index = openings[place].removeValue(forKey: origin.serial) {
                desks[place].tickets[index].id = id
            } else {
                doubled += 1
                problem("ticket \(id) was opened twice, or by nobody: \(ticket.texts.first?.prefix(20) ?? "no text")")
            }
        }
    }

    /// How many of the ticket's steps are there; of a desk that is not exact, up to the last that adds a text.
    private mutating func compare(_ ticket: DeskTicket, _ desk: Desk) -> Int {
        tickets += 1
        let acknowledged = ticket.steps.count { $0.isAcknowledged }
        guard let id = ticket.id, let there = found[id] else {
            if acknowledged > 0 {
                lost += acknowledged
                problem("ticket \(ticket.id ?? 0) of writer \(desk.number) is gone")
            }
            return 0
        }
        return desk.isExact
            ? compareExact(ticket, there, desk, acknowledged) : compareTexts(ticket, there, desk, acknowledged)
    }

    private mutating func compareExact(
        _ ticket: DeskTicket, _ there: FoundTicket, _ desk: Desk, _ acknowledged: Int
    ) -> Int {
        let version = there.shown.version
        if version < acknowledged {
            lost += acknowledged - version
            problem("ticket \(ticket.id ?? 0) is at version \(version), \(acknowledged) was acknowledged")
        } else if version > ticket.steps.count {
            doubled += version - ticket.steps.count
            problem("ticket \(ticket.id ?? 0) is at version \(version), and only \(ticket.steps.count) was asked for")
        } else if version > 0, let expected = ticket.steps[version - 1].expected, expected != there.shown {
            problem("ticket \(ticket.id ?? 0) is \(there.shown), not \(expected)")
        }
        let reached = min(version, ticket.steps.count)
        compare(there.texts, ticket.steps[..<reached].compactMap(\.serial), desk, ticket)
        return reached
    }

    private mutating func compareTexts(
        _ ticket: DeskTicket, _ there: FoundTicket, _ desk: Desk, _ acknowledged: Int
    ) -> Int {
        let serials = ticket.serials
        if there.texts.count < ticket.acknowledgedTexts {
            lost += ticket.acknowledgedTexts - there.texts.count
            problem(
                "ticket \(ticket.id ?? 0) has \(there.texts.count) texts, \(ticket.acknowledgedTexts) were acknowledged"
            )
        }
        if there.shown.version < ticket.acknowledgedVersion {
            lost += ticket.acknowledgedVersion - there.shown.version
            problem(
                "ticket \(ticket.id ?? 0) is at version \(there.shown.version), "
                    + "\(ticket.acknowledgedVersion) was acknowledged")
        }
        compare(there.texts, Array(serials.prefix(there.texts.count)), desk, ticket)
        guard let last = serials.prefix(there.texts.count).last else { return acknowledged }
        let place = ticket.steps.firstIndex { $0.serial == last } ?? 0
        return max(place + 1, ticket.steps.lastIndex { $0.isAcknowledged }.map { $0 + 1 } ?? 0)
    }

    private mutating func compare(_ texts: [String], _ serials: [Int], _ desk: Desk, _ ticket: DeskTicket) {
        guard texts != serials.map({ desk.text($0) }) else { return }
        let found = texts.map { Desk.serial(of: $0)?.serial ?? -1 }
        let twice = found.count - Set(found).count
        doubled += twice
        lost += Set(serials).subtracting(found).count
        problem("ticket \(ticket.id ?? 0) of writer \(desk.number) has the texts \(found), not \(serials)")
    }

    /// What was on the way on one connection arrived in its order: a part from the first on, nothing behind a gap.
    private mutating func compareOrder(_ desk: Desk, _ reached: [Int: Int]) {
        onTheWay += desk.onTheWay.count
        var firstMissing: String?
        for request in desk.onTheWay {
            let step = desk.tickets[request.ticket].steps[request.step]
            let isThere = request.step < reached[request.ticket] ?? 0
            // Whether a request without a text reached a routed ticket cannot be seen.
            guard desk.isExact || step.serial != nil else { continue }
            if isThere { arrived += 1 }
            if isThere, let firstMissing {
                problem("writer \(desk.number): \(request.words.prefix(3)) is there, \(firstMissing) before it is not")
                return
            }
            if !isThere, firstMissing == nil { firstMissing = "\(request.words.prefix(3))" }
        }
    }

    private mutating func problem(_ what: String) { problems.append(what) }
}
