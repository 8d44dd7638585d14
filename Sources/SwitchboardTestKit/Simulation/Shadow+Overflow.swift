import SwitchboardModel

extension Shadow {
    /// A ticket leaves its queue because it could not stay: it waited there, and went where its departments say.
    func check(_ event: TicketOverflowed, _ record: SimulatedRecord) throws(Violation) {
        let ticket = tickets[Int(event.ticket.rawValue) - 1]
        let what = "ticket \(ticket.id) overflows (\(event.cause.name), \(event.action.name))"
        try require(ticket.waits, .owners, "\(what) and does not wait")
        try require(!isRinging(ticket.id), .owners, "\(what) and rings")
        try require(!ticket.isCalledBack, .eligibility, "\(what) and is to be called back")
        let department = departments[ticket.department]
        switch event.cause {
        case .queueFull:
            guard case .open = record.command else { throw Violation(.records, "\(what) and is not new") }
            try require(isFull(ticket.department, for: ticket), .eligibility, "\(what) beside room")
        case .nobodyThere:
            try require(isEmpty(ticket.department, ticket.channel), .eligibility, "\(what) and somebody is there")
        case .waitedTooLong:
            try require(department.maxWait(ticket.channel) != nil, .eligibility, "\(what) and may wait for ever")
        }
        // Of many that leave at once the first fill what the last would find.
        if event.cause == .nobodyThere {
            guard case .open = record.command else { return }
        }
        let right = overflowEnd(ticket)
        try require(
            right.map { $0.department == Int(event.department.rawValue) && $0.action == event.action } ?? false,
            .eligibility, "\(what) to \(event.department.rawValue), not \(String(describing: right))")
    }

    func follow(_ event: TicketOverflowed, _ ticket: inout Ticket) {
        if ticket.department != Int(event.department.rawValue) {
            ticket.overflowedFrom.append(ticket.department)
            ticket.department = Int(event.department.rawValue)
        }
        ticket.wants = nil
        switch event.action {
        case .moved: break
        case .callback: ticket.isCalledBack = true
        case .message: ticket.channel = .ticket
        case .rejected: leavePostponed(&ticket, .resolved)
        }
    }

    /// Where the ticket goes: along the chain to the first department that can take it, or that says what else.
    private func overflowEnd(_ ticket: Ticket) -> (department: Int, action: OverflowAction)? {
        var tried = Set(ticket.overflowedFrom + [ticket.department])
        var place = ticket.department
        var firstTried: Int?
        while true {
            switch departments[place].overflow(ticket.channel) {
            case .none: return firstTried.map { ($0, .moved) }
            case .callback where ticket.channel == .call && !ticket.from.isEmpty: return (place, .callback)
            case .callback, .message: return (place, ticket.channel == .ticket ? .moved : .message)
            case .reject: return (place, .rejected)
            case .department(let index):
                let next = Int(index.rawValue)
                guard !departments[next].isRemoved, tried.insert(next).inserted else {
                    return firstTried.map { ($0, .moved) }
                }
                if !isEmpty(next, ticket.channel), !isFull(next, for: ticket) {
                    return (next, .moved)
                }
                firstTried = firstTried ?? next
                place = next
            }
        }
    }

    private func isEmpty(_ department: Int, _ channel: Channel) -> Bool {
        departments[department].overflowsWhenEmpty(channel)
            && !agents.contains { $0.isOnline && !$0.isRemoved && $0.place(department) != nil }
    }

    private func isFull(_ department: Int, for ticket: Ticket) -> Bool {
        let channel = ticket.channel
        guard let most = departments[department].maxQueue(channel) else { return false }
        let waiting = tickets.count {
            $0.waits && $0.department == department && $0.channel == channel && $0.id != ticket.id
        }
        let isServed =
            servingStrategy(department, channel) != .manual
            && ranked(department, channel, loads(before: true)).contains { fits($0, ticket) }
        return waiting >= Int(most) && !isServed
    }
}

extension Shadow.Department {
    func maxQueue(_ channel: Channel) -> UInt32? { settings.own[channel].maxQueue ?? settings.base.maxQueue ?? nil }
    func maxWait(_ channel: Channel) -> TimeSpan? { settings.own[channel].maxWait ?? settings.base.maxWait ?? nil }
    func overflow(_ channel: Channel) -> OverflowRule {
        settings.own[channel].overflow ?? settings.base.overflow ?? .none
    }
    func overflowsWhenEmpty(_ channel: Channel) -> Bool {
        (settings.own[channel].whenEmpty ?? settings.base.whenEmpty ?? .wait) == .overflow
    }
}
