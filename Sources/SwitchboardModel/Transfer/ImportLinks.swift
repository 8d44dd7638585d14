/// How merges are made whole while tickets come one by one: the one that is merged waits, put away, for the one that it is a
/// part of, and that one counts it in when both are there.
struct ImportLinks {
    let id: TicketID
    let merged: MergedInto?
    let absorbed: [Absorbed]
    /// Tickets that wait for this one.
    private(set) var sources: [TicketID] = []
    /// The ticket that it is merged into, when that is there and counts it in.
    private(set) var survivor: TicketID?

    /// Throws when what is there already says otherwise.
    init(
        _ id: TicketID, merged: MergedInto?, absorbed: [Absorbed], ratings: [Rating], _ routing: borrowing Routing,
        _ shards: Shards
    ) throws(Rejection) {
        self.id = id
        self.merged = merged
        self.absorbed = absorbed
        guard merged != nil || !absorbed.isEmpty else { return }
        try findSources(shards)
        if let merged { try findSurvivor(merged.ticket, routing, shards) }
        try requireRoom(shards)
        try requireDistinctRatings(ratings, shards)
    }

    /// No reply is rated in two of the tickets that are one then: they could not be told apart when that is undone.
    private func requireDistinctRatings(_ ratings: [Rating], _ shards: Shards) throws(Rejection) {
        // Numbers as this ticket has them, as soon as its own is known to be there twice.
        var rated = Set(ratings.map { UInt64($0.entry) })
        var passed: UInt64 = 0
        for merge in absorbed {
            let base = UInt64(merge.after) + passed
            passed += UInt64(merge.span)
            guard sources.contains(merge.ticket), let source = shards.view(merge.ticket) else { continue }
            for rating in shards.joinedDetails(of: source).ratings where rating.entry <= merge.span {
                guard rated.insert(base + UInt64(rating.entry)).inserted else {
                    throw DocumentCoder.fault(
                        "ratings", "entry \(base + UInt64(rating.entry)) was rated in ticket \(source.id.rawValue) too")
                }
            }
        }
        // And as those have them that it is a part of.
        var (part, next) = (id, survivor)
        while let place = next, let ticket = shards.ticket(place) {
            let range = ticket.absorbedRanges().last {
                $0.absorbed.ticket == part && (!$0.absorbed.isUndone || $0.absorbed.isAwaited)
            }
            guard let (base, merge) = range else { return }
            rated = Set(rated.filter { $0 <= UInt64(merge.span) }.map { UInt64(base) + $0 })
            for rating in ticket.details.ratings where rated.contains(UInt64(rating.entry)) {
                throw DocumentCoder.fault(
                    "ratings",
                    "entry \(rating.entry) of ticket \(place.rawValue), which it is a part of, was rated there")
            }
            (part, next) = (place, ticket.extras.merged?.ticket ?? ticket.putAway?.merged?.ticket)
        }
    }

    private mutating func findSources(_ shards: Shards) throws(Rejection) {
        for (place, absorbed) in absorbed.enumerated() where !absorbed.isUndone || absorbed.isAwaited {
            let key = "absorbed[\(place)].ticket"
            guard absorbed.ticket != id else { throw DocumentCoder.fault(key, "is the ticket itself") }
            guard let source = shards.ticket(absorbed.ticket) else { continue }
            if let mark = source.putAway {
                guard !mark.isInParts else { continue }
                if mark.merged?.ticket == id {
                    sources.append(source.id)
                    continue
                }
            }
            throw DocumentCoder.fault(key, "ticket \(source.id.rawValue) is not merged into \(id.rawValue)")
        }
    }

    private mutating func findSurvivor(
        _ into: TicketID, _ routing: borrowing Routing, _ shards: Shards
    ) throws(Rejection) {
        guard into != id else { throw DocumentCoder.fault("merged.into", "is the ticket itself") }
        guard let target = shards.ticket(into) else {
            guard into >= routing.nextTicket || routing.unusedIDs.contains(into) else {
                throw DocumentCoder.fault("merged.into", "no ticket \(into.rawValue)")
            }
            return
        }
        if target.putAway?.isInParts == true { return }
        guard target.extras.absorbed.contains(where: { $0.ticket == id && $0.isAwaited }) else {
            throw DocumentCoder.fault("merged.into", "ticket \(into.rawValue) does not count it in")
        }
        survivor = into
    }

    /// What is read through merges must come to an end, and stay quick to read: as for `TICKET MERGE`.
    private func requireRoom(_ shards: Shards) throws(Rejection) {
        var (tickets, depth) = (1, 0)
        for source in sources {
            let tree = shards.mergedTree(source)
            tickets += 1 + tree.tickets
            depth = max(depth, 1 + tree.depth)
        }
        guard depth <= MergeLimit.depth else {
            throw DocumentCoder.fault("absorbed", "leads through more than \(MergeLimit.depth) merges")
        }
        var next = merged?.ticket
        var top: TicketID?
        while let place = next, let ticket = shards.ticket(place) {
            depth += 1
            let into = ticket.extras.merged?.ticket ?? ticket.putAway?.merged?.ticket
            guard into != id else { throw DocumentCoder.fault("merged.into", "leads in a circle") }
            guard depth <= MergeLimit.depth else {
                throw DocumentCoder.fault("merged.into", "leads through more than \(MergeLimit.depth) merges")
            }
            top = place
            next = into
        }
        if let top { tickets += shards.mergedTree(top).tickets }
        guard tickets <= MergeLimit.tickets else {
            throw DocumentCoder.fault(
                merged == nil ? "absorbed" : "merged.into", "more than \(MergeLimit.tickets) tickets are one then")
        }
    }

    /// The events that make the merges whole, once the ticket is there, waiting for its survivor if it is merged.
    var events: [Event] {
        var events: [Event] = []
        func add(_ ticket: TicketID, _ change: (inout TicketImportContinued) -> Void) {
            var event = TicketImportContinued()
            event.ticket = ticket
            change(&event)
            events.append(.ticketImportContinued(event))
        }
        for source in sources { add(source) { $0.endsMerge = true } }
        if !sources.isEmpty { add(id) { $0.absorbs = sources.map { TicketLink($0) } } }
        if let survivor {
            add(id) { $0.endsMerge = true }
            add(survivor) { $0.absorbs = [TicketLink(id)] }
        }
        return events
    }
}
