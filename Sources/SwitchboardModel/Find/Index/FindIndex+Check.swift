/// A comparison of the index with the tickets, under way.
public struct FindCheck: Sendable {
    /// How many facts were compared.
    public fileprivate(set) var checked = 0
    public fileprivate(set) var problems: [String] = []
    fileprivate var next = TicketID(1)
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
            guard let place = shards.next(from: check.next), let ticket = shards.view(place) else {
                if backlog == 0 { checkSums(&check, shards) }
                return true
            }
            let id = UInt32(clamping: place.rawValue)
            check.next = TicketID(place.rawValue + 1)
            if !ticket.ticket.isLate {
                let created = ticket.ticket.createdAt
                check.check(
                    check.last.map { $0 <= created } ?? true, "ticket \(id) was created before the one before it")
                check.last = created
            }
            guard !noted.contains(id) else { continue }
            check.check(knows(id, ticket.ticket), "FIND's index has ticket \(id) as it was, or not at all")
            if id % FindCheck.wordsEvery == 1 {
                check.check(hasTerms(id, ticket), "FIND's index lacks a word of ticket \(id)")
            }
        }
        return false
    }

    /// Each ticket is in its sets, so these hold none that is not there if they hold as many.
    private func checkSums(_ check: inout FindCheck, _ shards: Shards) {
        let (tickets, sums) = (shards.ticketCount, sums)
        check.check(
            sums.allSatisfy { $0 == tickets }, "there are \(tickets) tickets, the sets of FIND's index hold \(sums)")
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
