extension Routing {
    /// How long the ticket in this place of a queue will probably wait, in seconds; `null` where it is not known yet.
    func estimate(_ queue: QueueIndex, at position: Int64) -> JSON {
        let pace = departments[queue.department.position].pace[queue.channel]
        return pace.wait(at: position).map { .span($0) } ?? .null
    }
}

extension Queue {
    /// The place of a ticket among those who wait, ringing or not, from 1.
    func position(of ticket: TicketID) -> Int64? {
        var position: Int64 = 0
        for entry in allWaiting(atMost: .max) {
            position += 1
            if entry.ticket == ticket { return position }
        }
        return nil
    }
}

extension Callback {
    func document(of ticket: TicketView) -> JSON {
        .record([
            ("phone", .string(phone.isEmpty ? ticket.from : phone)),
            ("since", .time(since)),
            ("attempts", .integer(Int64(attempts))),
        ])
    }
}
