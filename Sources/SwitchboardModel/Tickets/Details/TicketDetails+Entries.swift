extension TicketDetails {
    /// Takes away what hangs on entries: files, deliveries and ratings.
    mutating func removeAll(where isMeant: (UInt32) -> Bool) {
        attachments.removeAll { isMeant($0.entry) }
        deliveries.removeAll { isMeant($0.entry) }
        ratings.removeAll { isMeant($0.entry) }
    }

    func hasAnything(on entry: UInt32) -> Bool {
        attachments.contains { $0.entry == entry } || deliveries.contains { $0.entry == entry }
            || ratings.contains { $0.entry == entry }
    }

    /// The events that give another ticket what hangs on entries, each under the number that `number` makes of it; `nil`:
    /// not at all. The agents' ratings stay as they are: what is given is taken from where it was.
    func reported(for ticket: TicketID, withRatings: Bool, as number: (UInt32) -> UInt32?) -> [Event] {
        var events: [Event] = []
        for attachment in attachments {
            guard let entry = number(attachment.entry) else { continue }
            var event = TicketAttached()
            event.ticket = ticket
            event.attachment = attachment
            event.attachment.entry = entry
            events.append(.ticketAttached(event))
        }
        for delivery in deliveries {
            guard let entry = number(delivery.entry) else { continue }
            for step in delivery.steps {
                var event = TicketDeliveryReported()
                event.ticket = ticket
                event.entry = entry
                event.step = step
                events.append(.ticketDeliveryReported(event))
            }
        }
        guard withRatings else { return events }
        for rating in ratings {
            guard let entry = number(rating.entry) else { continue }
            var event = TicketRated()
            event.ticket = ticket
            event.rating = rating
            event.rating.entry = entry
            event.previous = rating.score
            events.append(.ticketRated(event))
        }
        return events
    }
}
