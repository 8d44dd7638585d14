extension Shards {
    /// A ticket's details with what belongs to the entries of tickets that were merged into it, by the numbers that those
    /// entries have here. Tasks, time sheets and conversations stay with the ticket that they were made for.
    func joinedDetails(of view: TicketView) -> TicketDetails {
        var details = view.ticket.details
        guard view.ticket.hasJoinedThread else { return details }
        gather(view.ticket, upTo: .max, raisedBy: 0, into: &details)
        return details
    }

    /// Adds what belongs to the entries of merged tickets whose numbers are at most `last`, each number raised by `base`:
    /// as `joinedThread` numbers them, wrapping as a damaged file may hold any number.
    private func gather(_ ticket: Ticket, upTo last: UInt32, raisedBy base: UInt32, into details: inout TicketDetails) {
        for (start, absorbed) in ticket.absorbedRanges() {
            guard !absorbed.isUndone, start < last, let source = view(absorbed.ticket) else { continue }
            let limit = min(absorbed.span, last - start)
            let raise = base &+ start
            let theirs = source.ticket.details
            for var attachment in theirs.attachments where attachment.entry <= limit {
                attachment.entry &+= raise
                details.attachments.append(attachment)
            }
            for delivery in theirs.deliveries where delivery.entry <= limit {
                details.precede(delivery, at: delivery.entry &+ raise)
            }
            for var rating in theirs.ratings where rating.entry <= limit {
                rating.entry &+= raise
                if rating.from.isEmpty { rating.from = source.from }
                details.ratings.append(rating)
            }
            gather(source.ticket, upTo: limit, raisedBy: raise, into: &details)
        }
    }

    /// On which of these entries something hangs in a ticket that was merged into this one: by the numbers that the entries
    /// have there. That may be another ticket than the one that has the entry, one that it was merged into before.
    func numbersWithDetails(_ numbers: [UInt32], in ticket: Ticket) -> [TicketID: [UInt32]] {
        var found: [TicketID: [UInt32]] = [:]
        for (start, absorbed) in ticket.absorbedRanges() where !absorbed.isUndone {
            guard let source = self.ticket(absorbed.ticket) else { continue }
            let own = numbers.filter { $0 > start && $0 - start <= absorbed.span }.map { $0 - start }
            guard !own.isEmpty else { continue }
            let with = own.filter { source.hasDetails && source.details.hasAnything(on: $0) }
            if !with.isEmpty { found[source.id] = with }
            found.merge(numbersWithDetails(own, in: source)) { first, _ in first }
        }
        return found
    }

    /// All entries of a ticket as they are shown.
    func wholeThread(of view: TicketView) -> [ThreadEntry] {
        view.ticket.hasJoinedThread ? joinedThread(of: view).map(\.entry) : Array(view.thread)
    }
}

extension TicketDetails {
    /// Adds what was told of a reply's delivery before its ticket was merged.
    fileprivate mutating func precede(_ earlier: Delivery, at entry: UInt32) {
        var delivery = earlier
        delivery.entry = entry
        guard let place = deliveries.firstIndex(where: { $0.entry == entry }) else {
            deliveries.append(delivery)
            return
        }
        deliveries[place].steps = delivery.steps + deliveries[place].steps
    }
}

extension Ticket {
    /// Who takes part in `source` or follows it, or asked there, and neither takes part here nor follows nor is `requester`, who
    /// asked here: what a merge adds. `nil`: nobody.
    func joined(by source: TicketView, requester: String, by actor: Actor) throws(Rejection) -> TicketPeopleChanged? {
        let (ours, theirs) = (details, source.ticket.details)
        var event = TicketPeopleChanged()
        event.ticket = id
        event.by = actor
        event.addedParticipants = theirs.participants.filter { !ours.participants.contains($0) }
        guard ours.participants.count + event.addedParticipants.count <= PeopleEdits.mostParticipants else {
            throw Rejection(.state, "together they have more than \(PeopleEdits.mostParticipants) participants")
        }
        var other = Follower()
        other.address = source.from
        let asked = source.from.isEmpty || theirs.followers.contains(other) ? [] : [other]
        event.addedFollowers = (theirs.followers + asked).filter {
            !ours.followers.contains($0) && (requester.isEmpty || $0.address != requester)
        }
        guard ours.followers.count + event.addedFollowers.count <= PeopleEdits.mostFollowers else {
            throw Rejection(.state, "together they have more than \(PeopleEdits.mostFollowers) followers")
        }
        return event.addedParticipants.isEmpty && event.addedFollowers.isEmpty ? nil : event
    }
}
