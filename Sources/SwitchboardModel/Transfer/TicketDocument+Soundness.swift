extension TicketDocument {
    /// Throws when the ticket could not be as the document says: what is wrong, and where.
    func requireSound(_ routing: borrowing Routing, _ names: TransferNames, at now: Timestamp) throws(Rejection) {
        try requireSoundStatus()
        try requireSoundOwner(routing, names)
        for (key, time) in [
            ("created_at", stored.ticket.createdAt), ("updated_at", stored.ticket.updatedAt),
            ("queued_at", stored.ticket.queuedAt),
        ] where time > now {
            throw DocumentCoder.fault(key, "lies ahead of the server's clock")
        }
        try Self.requireSound(entries, of: stored.ticket, after: nil, at: now)
        try requireSoundMerges()
        try requireSoundDetails(routing, names)
        let references = stored.ticket.box.first?.references ?? []
        for (place, reference) in references.enumerated() {
            guard references[..<place].contains(reference) == false else {
                throw DocumentCoder.fault("refs[\(place)]", "is there twice")
            }
        }
    }

    private func requireSoundStatus() throws(Rejection) {
        let ticket = stored.ticket
        let extras = ticket.extras
        guard (ticket.status == .postponed) == (extras.postponedUntil != nil) else {
            throw DocumentCoder.fault("postponed_until", "belongs to a postponed ticket, and to no other")
        }
        guard (ticket.status == .merged) == (extras.merged != nil) else {
            throw DocumentCoder.fault("merged", "belongs to a merged ticket, and to no other")
        }
        guard ticket.status.isConversation else { return }
        guard ticket.channel.conversationStatus == ticket.status else {
            throw DocumentCoder.fault("status", "no \(ticket.channel.name) is \(ticket.status.name)")
        }
        guard ticket.agent != nil else {
            throw DocumentCoder.fault("agent", "is missing in a \(ticket.status.name) one")
        }
    }

    private func requireSoundOwner(_ routing: borrowing Routing, _ names: TransferNames) throws(Rejection) {
        let ticket = stored.ticket
        if ticket.status.isUnfinished, names.isRemoved(ticket.department) {
            throw DocumentCoder.fault("dept", "'\(names.name(ticket.department))' was removed")
        }
        if ticket.agent != nil, ticket.wants != nil {
            throw DocumentCoder.fault("wants", "a ticket with an owner waits for nobody")
        }
        guard ticket.status.needsAgent else { return }
        if let agent = ticket.agent, names.isRemoved(agent), !ticket.slotIsFreed {
            throw DocumentCoder.fault("agent", "'\(names.name(agent))' was removed and can have no open ticket")
        }
        if let wants = ticket.wants, !routing.belongs(wants, to: ticket.department) {
            throw DocumentCoder.fault("wants", "'\(names.name(wants))' is not in the department")
        }
    }

    /// - Parameter after: the time of the entry before the first of them; one that was split off begins with that, and its
    ///   messages are older.
    static func requireSound(
        _ entries: [ThreadEntry], of ticket: Ticket, after: Timestamp?, at now: Timestamp
    ) throws(Rejection) {
        var last = after ?? RFC3339.earliest
        let isRising = ticket.box.first?.splitFrom == nil
        let conversations = ticket.details.conversations.count
        for place in entries.indices {
            let at = entries[place].at
            guard at >= last || !isRising else {
                throw DocumentCoder.fault("thread[\(place)].at", "is before that of the entry before it")
            }
            guard at <= now else {
                throw DocumentCoder.fault("thread[\(place)].at", "lies ahead of the server's clock")
            }
            guard entries[place].conversation <= conversations else {
                throw DocumentCoder.fault("thread[\(place)].conversation", "there are only \(conversations)")
            }
            last = at
        }
    }

    private func requireSoundMerges() throws(Rejection) {
        guard let extras = stored.ticket.box.first, !extras.absorbed.isEmpty else { return }
        var (numbers, after) = (UInt64(0), UInt32(0))
        for (place, absorbed) in extras.absorbed.enumerated() {
            numbers += UInt64(absorbed.span)
            guard numbers <= MergeLimit.numbers else {
                throw DocumentCoder.fault("absorbed[\(place)].span", "takes more numbers than there are")
            }
            guard absorbed.after >= after, next != 0 || absorbed.after <= entries.count else {
                throw DocumentCoder.fault("absorbed[\(place)].after", "is no place in the thread behind the one before")
            }
            after = absorbed.after
            let isRepeated = extras.absorbed[..<place].contains { $0.ticket == absorbed.ticket && !$0.isUndone }
            guard absorbed.isUndone || !isRepeated else {
                throw DocumentCoder.fault("absorbed[\(place)].ticket", "is there twice")
            }
        }
    }

    private func requireSoundDetails(_ routing: borrowing Routing, _ names: TransferNames) throws(Rejection) {
        guard stored.ticket.hasDetails else { return }
        let details = stored.ticket.details
        if let problem = details.problem(agents: routing.agents.count) {
            throw Rejection(.badArgument, "the ticket \(problem)")
        }
        if !details.timers.isEmpty, !stored.ticket.status.isUnfinished {
            throw DocumentCoder.fault("timers", "none runs on a \(stored.ticket.status.name) ticket")
        }
        for (place, timer) in details.timers.enumerated() where names.isRemoved(timer.agent) {
            throw DocumentCoder.fault("timers[\(place)].agent", "'\(names.name(timer.agent))' was removed")
        }
        guard details.participants.count(where: { !names.isRemoved($0.index) }) <= PeopleEdits.mostParticipants else {
            throw DocumentCoder.fault("participants", "has more than \(PeopleEdits.mostParticipants) elements")
        }
        let followers = details.followers.count { $0.agent.map { !names.isRemoved($0) } ?? true }
        guard followers <= PeopleEdits.mostFollowers else {
            throw DocumentCoder.fault("followers", "has more than \(PeopleEdits.mostFollowers) elements")
        }
        try requireSoundRatings(details.ratings, names)
        guard Set(details.deliveries.map(\.entry)).count == details.deliveries.count else {
            throw DocumentCoder.fault("deliveries", "there are two of one reply")
        }
        for place in details.followers.indices where details.followers[..<place].contains(details.followers[place]) {
            throw DocumentCoder.fault("followers[\(place)]", "is there twice")
        }
    }

    /// A rating is of a reply by its agent. Of a thread that comes in parts it is seen with the last of them.
    private func requireSoundRatings(_ ratings: [Rating], _ names: TransferNames) throws(Rejection) {
        guard next == 0 else { return }
        try Self.requireSound(ratings, beside: stored.ticket.extras.absorbed, names) { place in
            place <= entries.count ? entries[Int(place) - 1].head : nil
        }
    }

    /// Of the entries of merged tickets, which may not have come, it is only known which numbers they have.
    ///
    /// - Parameter head: of the ticket's own entry at a place.
    static func requireSound(
        _ ratings: [Rating], beside absorbed: [Absorbed], _ names: TransferNames, head: (UInt32) -> EntryHead?
    ) throws(Rejection) {
        for (place, rating) in ratings.enumerated() {
            let key = "ratings[\(place)].n"
            var passed: UInt64 = 0
            var (isTheirs, isUndone) = (false, false)
            for merge in absorbed {
                let base = UInt64(merge.after) + passed
                guard UInt64(rating.entry) > base else { break }
                if UInt64(rating.entry) <= base + UInt64(merge.span) {
                    isUndone = merge.isUndone && !merge.isAwaited
                    isTheirs = !isUndone
                    break
                }
                passed += UInt64(merge.span)
            }
            if isTheirs { continue }
            let own = UInt64(rating.entry) - min(passed, UInt64(rating.entry))
            guard !isUndone, own > 0, let place = UInt32(exactly: own), let head = head(place) else {
                throw DocumentCoder.fault(key, "there is no entry \(rating.entry)")
            }
            guard head.kind == .reply, head.by.agent == rating.agent else {
                throw DocumentCoder.fault(key, "entry \(rating.entry) is no reply by '\(names.name(rating.agent))'")
            }
        }
    }
}
