extension Routing {
    /// How long the ticket in this place of a queue will probably wait, in seconds; `null` where it is not known yet, and of a
    /// ticket that asks for more than its queue: how fast the others are served says nothing of it.
    func estimate(_ ticket: TicketID, _ queue: QueueIndex, at position: Int64, _ now: Timestamp) -> JSON {
        if let demand = filed[ticket]?.demand {
            guard demand.only == nil, demand.needs.isEmpty, demand.weight == TicketWeight.usual else { return .null }
        }
        return estimate(queue, at: position, now)
    }

    /// How long who came now would probably wait: not at all where somebody has room and nobody waits.
    func estimateNow(_ queue: QueueIndex, _ now: Timestamp) -> JSON {
        let waiting = queues[queue.rawValue].waitingCount
        if waiting == 0, !queues[queue.rawValue].candidates.isEmpty, servingStrategy(queue) != .manual {
            return .span(.zero)
        }
        return estimate(queue, at: Int64(waiting) + 1, now)
    }

    private func estimate(_ queue: QueueIndex, at position: Int64, _ now: Timestamp) -> JSON {
        let pace = departments[queue.department.position].pace[queue.channel]
        return pace.wait(at: position, now).map { .span($0) } ?? .null
    }
}

extension Routing {
    /// The place of a waiting ticket in its queue, ringing or not, from 1; `nil`: it does not wait.
    func position(of ticket: Ticket) -> Int64? {
        let placement = ticket.placement
        guard case .waiting(let wants) = placement.kind else { return nil }
        let queue = QueueIndex(placement.department, placement.channel)
        let ageing = settings(placement.department, placement.channel).ageing
        let entry = QueueEntry(ticket.id, placement, wants: wants, ageing: ageing)
        let before = queues[queue.rawValue].waiting.count(before: entry)
        return Int64(before + queues[queue.rawValue].ringing.count(before: entry) + 1)
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
