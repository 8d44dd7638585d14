extension StateImage {
    /// Both sides of each merge know of it, and each leads to a ticket that is none.
    func verifyMerges(_ result: inout Verification) {
        let shards = Shards(tickets: tickets, agents: agents)
        for table in tickets {
            for ticket in table where !ticket.box.isEmpty || ticket.status == .merged {
                let (id, extras) = (ticket.id.rawValue, ticket.extras)
                result.check(
                    (ticket.status == .merged) == (extras.merged != nil || ticket.putAway != nil),
                    "ticket \(id) is \(ticket.status.name) and where it points to does not fit")
                if let into = extras.merged?.ticket {
                    let known = shards.ticket(into)?.extras.absorbed ?? []
                    result.check(
                        known.contains { $0.ticket == ticket.id && !$0.isUndone },
                        "ticket \(id) is merged into \(into.rawValue), which does not know it")
                    result.check(
                        shards.ticket(shards.survivor(of: into)).map { $0.status != .merged || $0.putAway != nil }
                            ?? false,
                        "ticket \(id) is merged into nothing")
                }
                for absorbed in extras.absorbed where !absorbed.isUndone {
                    result.check(
                        shards.ticket(absorbed.ticket)?.extras.merged?.ticket == ticket.id,
                        "ticket \(absorbed.ticket.rawValue) is not merged into \(id), which counts it in")
                }
            }
        }
    }
}
