extension Routing {
    /// Follows a ticket into its queue and out of it.
    @inline(__always)
    mutating func followWait(_ ticket: TicketID, from before: Placement, to after: Placement, at time: Timestamp) {
        var left = false
        if case .waiting = before.kind { left = true }
        var entered = false
        if case .waiting = after.kind { entered = true }
        if left, entered, before.department == after.department, before.channel == after.channel { return }
        if left {
            if settings(before.department, before.channel).maxWait != nil { timers.cancel(.waitEnds(ticket)) }
            if case .held = after.kind { notePace(QueueIndex(before.department, before.channel), at: time) }
        }
        if entered { timeWait(ticket, after, at: time) }
    }

    /// A ticket entered its queue: its wait there is timed where the queue has a `max_wait`, and where nobody is there
    /// who could end it.
    @inline(__always)
    mutating func timeWait(_ ticket: TicketID, _ placement: Placement, at time: Timestamp) {
        let settings = settings(placement.department, placement.channel)
        if let longest = settings.maxWait { timers.set(.waitEnds(ticket), due: time + longest) }
        if settings.whenEmpty == .overflow { followPresence(in: placement.department, at: time) }
    }

    /// A ticket of the queue was given to somebody.
    @inline(__always)
    private mutating func notePace(_ queue: QueueIndex, at time: Timestamp) {
        // Those that ask for something special wait for other reasons, and who rings at somebody free does not queue.
        let waits = queues[queue.rawValue].waiting.ordinaryCount > 0
        let department = queue.department.position
        // Nearly always nothing waits and nothing waited.
        guard waits || departments[department].pace[queue.channel].last != nil else { return }
        departments[department].pace[queue.channel].note(time, moreWait: waits)
    }

    /// The longest wait of a queue changed: what waits there is timed anew from now, and what rings and had waited too long
    /// by the old one has not by the new one.
    mutating func retimeWaits(_ queue: QueueIndex, at time: Timestamp) {
        let longest = settings(queue.department, queue.channel).maxWait
        for entry in queues[queue.rawValue].allWaiting(atMost: .max) {
            timers.cancel(.waitEnds(entry.ticket))
            offers[entry.ticket]?.isOverdue = false
            if let longest { timers.set(.waitEnds(entry.ticket), due: time + longest) }
        }
    }

    mutating func apply(_ event: TicketWaitTimed) {
        timers.cancel(.waitEnds(event.ticket))
        if event.until == nil { offers[event.ticket]?.isOverdue = true }
        if let until = event.until { timers.set(.waitEnds(event.ticket), due: until) }
    }

    mutating func apply(_ event: QueueEmptied) {
        timers.cancel(.queueEmpties(event.department, event.channel))
    }

    /// The number of agents who are online in the departments of `agent` changed: where nobody is any more, what waits
    /// leaves after the department's grace, and where somebody is again, it stays.
    mutating func followPresence(of agent: AgentIndex, at time: Timestamp) {
        for membership in agents[agent.position].memberships { followPresence(in: membership.department, at: time) }
    }

    mutating func followPresence(in department: DepartmentIndex, at time: Timestamp) {
        let isEmpty = staff[department.position].online == 0
        for channel in Channel.allCases {
            let settings = settings(department, channel)
            let purpose = TimerPurpose.queueEmpties(department, channel)
            let isLeft = isEmpty && settings.whenEmpty == .overflow && !departments[department.position].isRemoved
            guard isLeft != (timers.due(purpose) != nil) else { continue }
            if isLeft { timers.set(purpose, due: time + settings.grace) } else { timers.cancel(purpose) }
        }
    }
}
