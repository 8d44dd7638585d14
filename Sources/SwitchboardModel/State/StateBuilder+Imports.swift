extension StateBuilder {
    /// Throws when an imported ticket that was read from a file could not be one.
    func requireSound(_ event: TicketImported) throws(ByteReader.Malformed) {
        let ticket = event.stored.ticket
        let id = ticket.id.rawValue
        let isUnused = routing.unusedIDs.contains(ticket.id)
        try require(
            isUnused || (ticket.id >= routing.nextTicket && id <= ImportLimit.id),
            "ticket \(id) is imported under an old id")
        try require(
            isUnused || id - routing.nextTicket.rawValue <= ImportLimit.gap,
            "ticket \(id) is imported far beyond the last")
        try require(UInt64(ticket.version) <= ImportLimit.version, "ticket \(id) is of an impossible version")
        try requireSoundPlaces(ticket)
        let extras = ticket.extras
        try require(extras.merged == nil, "ticket \(id) is merged before it is there")
        try require(extras.absorbed.allSatisfy(\.isUndone), "ticket \(id) counts in what has not come")
        try require((ticket.status == .merged) == (ticket.putAway != nil), "ticket \(id) is merged into nothing")
        try require(
            (ticket.status == .postponed) == (extras.postponedUntil != nil),
            "ticket \(id) is \(ticket.status.name) and its return time does not fit")
        try requireRoom(extras.absorbed, after: event.stored.entryCount, id)
        let known = KnownIndexes(agents: routing.agents.count, departments: routing.departments.count)
        let count = try TicketThread.count(event.stored.entries, knowing: known)
        try require(count == event.stored.entryCount, "ticket \(id) is imported with \(count) entries")
    }

    private func requireRoom(_ merges: [Absorbed], after count: UInt32, _ id: UInt64) throws(ByteReader.Malformed) {
        var numbers = UInt64(count)
        for absorbed in merges {
            numbers += UInt64(absorbed.span)
            try require(
                absorbed.after <= count && numbers <= UInt64(UInt32.max),
                "ticket \(id) has numbers that its thread cannot have")
        }
    }

    func requireSound(_ event: TicketImportContinued) throws(ByteReader.Malformed) {
        let id = event.ticket.rawValue
        guard let ticket = shards.ticket(event.ticket) else {
            throw ByteReader.Malformed(what: "ticket \(id) is not there", offset: 0)
        }
        let known = KnownIndexes(agents: routing.agents.count, departments: routing.departments.count)
        let count = try TicketThread.count(event.entries, knowing: known)
        try require(count == event.entryCount, "ticket \(id) goes on with \(count) entries")
        let isInParts = ticket.putAway?.isInParts ?? false
        try require(isInParts || (count == 0 && !event.endsParts), "ticket \(id) was imported as a whole")
        try require(!(event.endsParts && event.endsMerge), "ticket \(id) ends two states at once")
        if event.endsParts, let mark = ticket.putAway {
            try requireRoom(mark.absorbed, after: ticket.thread.count + count, id)
            try require(mark.absorbed.allSatisfy(\.isUndone), "ticket \(id) counts in what has not come")
        }
        if event.endsMerge {
            let into = ticket.putAway?.merged?.ticket
            try require(!isInParts && into != nil, "ticket \(id) does not wait for another")
            let counted = into.flatMap { shards.ticket($0) }?.extras.absorbed ?? []
            try require(
                counted.contains { $0.ticket == event.ticket && $0.isAwaited }, "ticket \(id) is not counted in")
            try requireEnd(of: event.ticket, into: into)
        }
        for link in event.absorbs {
            try require(
                shards.ticket(link.ticket)?.extras.merged?.ticket == event.ticket,
                "ticket \(link.ticket.rawValue) is not merged into \(id)")
        }
    }

    /// Merges lead to an end.
    private func requireEnd(of id: TicketID, into: TicketID?) throws(ByteReader.Malformed) {
        var next = into
        var depth = 0
        while let place = next {
            depth += 1
            try require(place != id && depth <= MergeLimit.depth, "ticket \(id.rawValue) is merged in a circle")
            next = shards.ticket(place)?.extras.merged?.ticket
        }
    }

    /// Throws when what an imported ticket puts aside names what is not there.
    func requireSoundMark(_ ticket: Ticket) throws(ByteReader.Malformed) {
        guard let mark = ticket.box.first?.importMark.first else { return }
        let id = ticket.id.rawValue
        for agent in [mark.agent, mark.wants] {
            try require(agent.map { isKnown($0) } ?? true, "ticket \(id) puts an agent aside who is not there")
        }
        try require(
            mark.isInParts || !mark.isPutAway || mark.merged != nil, "ticket \(id) is put away and waits for nothing")
        guard mark.isInParts else { return }
        try require(
            (mark.status == .postponed) == (mark.postponedUntil != nil)
                && (mark.status == .merged) == (mark.merged != nil),
            "ticket \(id) puts aside what does not fit")
    }

    /// What a stored ticket names besides its thread.
    func requireSoundPlaces(_ ticket: Ticket) throws(ByteReader.Malformed) {
        let known = ticket.agent.map { $0.position < routing.agents.count } ?? true
        try require(known, "ticket \(ticket.id.rawValue) has an owner that is not there")
        let wanted = ticket.wants.map { $0.position < routing.agents.count } ?? true
        try require(wanted, "ticket \(ticket.id.rawValue) waits for an agent that is not there")
        try require(
            ticket.department.position < routing.departments.count,
            "ticket \(ticket.id.rawValue) has a department that is not there")
        try require(
            (1...9).contains(ticket.priority), "ticket \(ticket.id.rawValue) has the priority \(ticket.priority)")
        try requireSound(weight: ticket.weight)
        if let problem = ticket.details.problem(agents: routing.agents.count) {
            try require(false, "ticket \(ticket.id.rawValue) \(problem)")
        }
        try requireSoundMark(ticket)
    }
}
