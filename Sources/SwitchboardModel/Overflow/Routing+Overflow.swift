/// Where the way of a ticket that cannot stay ends.
struct OverflowEnd: Equatable {
    var department: DepartmentIndex
    /// What happens to it there; `nil`: it waits there.
    var action: OverflowAction?

    /// Whether anything changes for a ticket that waits there.
    func changesAnything(in department: DepartmentIndex) -> Bool { self.department != department || action != nil }
}

extension Routing {
    /// Why a ticket of this weight that enters the queue now cannot stay there; `nil` where it can.
    func cannotEnter(_ queue: QueueIndex, weight: UInt8) -> OverflowCause? {
        let settings = settings(queue.department, queue.channel)
        if settings.whenEmpty == .overflow, staff[queue.department.position].online == 0 { return .nobodyThere }
        guard let most = settings.maxQueue, queues[queue.rawValue].waitingCount >= Int(most) else { return nil }
        // Somebody who is free takes it at once: it does not wait.
        let isServed =
            servingStrategy(queue) != .manual
            && (weight == TicketWeight.usual
                ? !queues[queue.rawValue].candidates.isEmpty
                : queues[queue.rawValue].candidates.contains { fits($0.agent, weight: weight, queue.channel) })
        return isServed ? nil : .queueFull
    }

    /// Follows the chain of departments from where a ticket cannot stay. A department is tried once, and one that
    /// cannot take it is passed through; `nil` where nothing in the chain can take it: then it stays.
    ///
    /// - Parameters:
    ///   - passed: the departments it overflowed from while it waited.
    ///   - hasNumber: it is known whom to call back.
    func overflow(
        from start: QueueIndex, passed: [DepartmentIndex], weight: UInt8, hasNumber: Bool
    ) -> OverflowEnd? {
        var seen = passed + [start.department]
        var place = start
        var last: OverflowEnd?
        while true {
            switch settings(place.department, place.channel).overflow {
            case .none: return last
            case .callback where place.channel == .call && hasNumber:
                return OverflowEnd(department: place.department, action: .callback)
            // What is of the channel `ticket` is answered in writing already: it waits there.
            case .callback, .message:
                return OverflowEnd(department: place.department, action: place.channel == .ticket ? nil : .message)
            case .reject: return OverflowEnd(department: place.department, action: .rejected)
            case .department(let next):
                guard !departments[next.position].isRemoved, !seen.contains(next) else { return last }
                seen.append(next)
                place = QueueIndex(next, place.channel)
                guard cannotEnter(place, weight: weight) != nil else {
                    return OverflowEnd(department: next, action: nil)
                }
                // Full, or nobody there: the first such department will do when the chain ends here.
                if last == nil { last = OverflowEnd(department: next, action: nil) }
            }
        }
    }

    /// Where a waiting ticket goes from where it is.
    func overflow(of ticket: Ticket) -> OverflowEnd? {
        overflow(
            from: QueueIndex(ticket.department, ticket.channel), passed: ticket.extras.overflowedFrom.map(\.index),
            weight: ticket.weight, hasNumber: ticket.from != .none)
    }

    /// The event that carries it out; `nil` where the ticket stays as it is.
    func overflowed(
        _ ticket: TicketID, from department: DepartmentIndex, _ end: OverflowEnd?, _ cause: OverflowCause
    ) -> TicketOverflowed? {
        guard let end, end.changesAnything(in: department) else { return nil }
        var event = TicketOverflowed()
        event.ticket = ticket
        event.department = end.department
        event.action = end.action ?? .moved
        event.cause = cause
        return event
    }

    /// What becomes of a new ticket that cannot enter its queue; `nil`: it enters all the same. Throws where it is refused.
    func overflowed(
        new ticket: TicketID, from queue: QueueIndex, weight: UInt8, hasNumber: Bool, _ cause: OverflowCause
    ) throws(Rejection) -> TicketOverflowed? {
        var end = overflow(from: queue, passed: [], weight: weight, hasNumber: hasNumber)
        // A limit without a way out is a limit all the same.
        if end == nil, cause == .queueFull, settings(queue.department, queue.channel).overflow == .none {
            end = OverflowEnd(department: queue.department, action: .rejected)
        }
        if let end, end.action == .rejected {
            let name = departments[end.department.position].id.rawValue
            let waiting = queues[QueueIndex(end.department, queue.channel).rawValue].waitingCount
            throw Rejection(
                .capacity,
                cause == .nobodyThere
                    ? "nobody of department '\(name)' is online"
                    : "the queue '\(name)', channel \(queue.channel.name), is full: \(waiting) wait")
        }
        return overflowed(ticket, from: queue.department, end, cause)
    }

    /// What happens to a ticket that has waited as long as it may.
    func waitedTooLong(_ ticket: Ticket, rings: Bool, at now: Timestamp) -> [Event] {
        // It rings: it goes on only when nobody takes it. Who is to be called back waits for as long as it takes.
        if !rings, ticket.extras.callback.isEmpty {
            let events = leaving(ticket, .waitedTooLong, at: now)
            if !events.isEmpty { return events }
        }
        var timed = TicketWaitTimed()
        timed.ticket = ticket.id
        return [.ticketWaitTimed(timed)]
    }

    /// The events with which a waiting ticket goes where its department says; none where it stays.
    private func leaving(_ ticket: Ticket, _ cause: OverflowCause, at now: Timestamp) -> [Event] {
        let end = overflow(of: ticket)
        guard let event = overflowed(ticket.id, from: ticket.department, end, cause) else { return [] }
        let ended = event.action == .rejected ? ticket.endingTimers(.resolved, at: now) : []
        return ended + [.ticketOverflowed(event)]
    }

    /// How many tickets leave an empty department in one record.
    static let mostLeavingInOneRecord = 1000

    /// What happens to those who wait where nobody is any more. Where more wait than one record should hold, nothing takes
    /// the timer away, and it fires again for the rest.
    func emptied(_ queue: QueueIndex, _ shards: Shards, at now: Timestamp) -> [Event] {
        var timed = QueueEmptied()
        timed.department = queue.department
        timed.channel = queue.channel
        guard staff[queue.department.position].online == 0,
            settings(queue.department, queue.channel).whenEmpty == .overflow
        else { return [.queueEmptied(timed)] }
        // Where there is no way out, nobody need be looked at.
        let hasWayOut = [true, false].contains { hasNumber in
            let end = overflow(from: queue, passed: [], weight: TicketWeight.usual, hasNumber: hasNumber)
            return end?.changesAnything(in: queue.department) ?? false
        }
        guard hasWayOut else { return [.queueEmptied(timed)] }
        var events: [Event] = []
        var left = 0
        // What rings does not go, nor who is to be called back: they are passed by, however many they are.
        for entry in queues[queue.rawValue].waiting {
            guard let ticket = shards.ticket(entry.ticket), ticket.extras.callback.isEmpty else { continue }
            let caused = leaving(ticket, .nobodyThere, at: now)
            guard !caused.isEmpty else { continue }
            events += caused
            left += 1
            if left == Self.mostLeavingInOneRecord { return events }
        }
        return events + [.queueEmptied(timed)]
    }
}
