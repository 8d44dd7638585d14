/// A comparison of the index with the tickets, under way.
public struct FindCheck: Sendable {
    /// How many facts were compared.
    public fileprivate(set) var checked = 0
    public fileprivate(set) var problems: [String] = []
    fileprivate var next: UInt32 = 1
    fileprivate var last: Timestamp?

    /// Of so many tickets one has each of its words looked up.
    fileprivate static let wordsEvery: UInt32 = 1024
    fileprivate static let mostProblems = 20

    public init() {}

    fileprivate mutating func check(_ holds: Bool, _ problem: @autoclosure () -> String) {
        checked += 1
        if !holds, problems.count < Self.mostProblems { problems.append(problem()) }
    }
}

extension FindIndex {
    /// Looks at up to `count` more tickets: what the index knows of each, and that nothing is missing. What was noted since
    /// is left out. Returns whether that was all.
    public func check(
        _ check: inout FindCheck, _ routing: borrowing Routing, _ shards: Shards, count: Int
    ) -> Bool {
        for _ in 0..<count {
            let id = check.next
            guard UInt64(id) < routing.nextTicket.rawValue else {
                if backlog == 0 { checkSums(&check) }
                return true
            }
            check.next += 1
            let ticket = shards.view(TicketID(UInt64(id)))
            if let ticket, !ticket.ticket.isLate {
                let created = ticket.ticket.createdAt
                check.check(
                    check.last.map { $0 <= created } ?? true, "ticket \(id) was created before the one before it")
                check.last = created
            }
            guard !noted.contains(id) else { continue }
            check.check(knows(id, ticket?.ticket), "FIND's index has ticket \(id) as it was, or not at all")
            if let ticket, id % FindCheck.wordsEvery == 1 {
                check.check(hasTerms(id, ticket), "FIND's index lacks a word of ticket \(id)")
            }
        }
        return false
    }

    private func checkSums(_ check: inout FindCheck) {
        let sums = sums
        check.check(
            sums.sets.allSatisfy { $0 == sums.tickets },
            "FIND's index knows \(sums.tickets) tickets, its sets hold \(sums.sets)")
    }

    /// Whether each word of the ticket's texts leads to it.
    private func hasTerms(_ id: UInt32, _ ticket: TicketView) -> Bool {
        var isComplete = true
        let chunk = Int(id >> 16)
        _ = ticket.anyText(subject: true, bodies: true) { text in
            TextFold.forEachWord(in: text) { word, _ in
                var bits = ChunkBits()
                terms.plan(TermKey(word: word)).add(chunk: chunk, to: &bits)
                isComplete = bits.contains(UInt16(truncatingIfNeeded: id))
                return isComplete
            }
            return !isComplete
        }
        return isComplete
    }
}
