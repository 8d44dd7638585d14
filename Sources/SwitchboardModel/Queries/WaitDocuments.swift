extension Routing {
    /// How long a waiting ticket will probably wait, in seconds; `null` where it is not known yet, and of a ticket that asks for
    /// more than its queue: how fast the others are served says nothing of it. Nor do those that ask for more stand before it:
    /// what counts is its place among those that whoever is there may have, and those that ring.
    func estimate(_ ticket: Ticket, _ now: Timestamp) -> JSON {
        if let demand = filed[ticket.id]?.demand, !demand.isOrdinary { return .null }
        guard let (queue, entry) = place(of: ticket) else { return .null }
        let before = queues[queue.rawValue].waiting.countOrdinary(before: entry)
        return estimate(queue, at: Int64(before + queues[queue.rawValue].ringing.count(before: entry) + 1), now)
    }

    /// How long who came now and asked for nothing would probably wait: not at all where somebody has room and nobody else
    /// waits for them.
    func estimateNow(_ queue: QueueIndex, _ now: Timestamp) -> JSON {
        let waiting = queues[queue.rawValue].waiting.ordinaryCount
        if waiting == 0, !queues[queue.rawValue].candidates.isEmpty, servingStrategy(queue) != .manual {
            return .span(.zero)
        }
        return estimate(queue, at: Int64(waiting + queues[queue.rawValue].ringing.count + 1), now)
    }

    private func estimate(_ queue: QueueIndex, at position: Int64, _ now: Timestamp) -> JSON {
        let pace = departments[queue.department.position].pace[queue.channel]
        // Whole seconds: it is no more exact than that.
        return pace.wait(at: position, now).map { .integer(($0.milliseconds + 500) / 1000) } ?? .null
    }
}

extension Routing {
    /// The place of a waiting ticket in its queue, ringing or not, from 1; `nil`: it does not wait.
    func position(of ticket: Ticket) -> Int64? {
        guard let (queue, entry) = place(of: ticket) else { return nil }
        let before = queues[queue.rawValue].waiting.count(before: entry)
        return Int64(before + queues[queue.rawValue].ringing.count(before: entry) + 1)
    }

    private func place(of ticket: Ticket) -> (QueueIndex, QueueEntry)? {
        let placement = ticket.placement
        guard case .waiting(let wants) = placement.kind else { return nil }
        let queue = QueueIndex(placement.department, placement.channel)
        let ageing = settings(placement.department, placement.channel).ageing
        return (queue, QueueEntry(ticket.id, placement, wants: wants, ageing: ageing))
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
