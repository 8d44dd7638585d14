import SwitchboardModel

extension Shadow {
    /// Follows one event.
    mutating func apply(_ event: Event, of taken: SimulatedRecord) throws(Violation) {
        let now = taken.time
        if case .ticketOpened(let event) = event { return open(event, at: now) }
        if case .ticketSplit(let event) = event { return try split(event, taken) }
        // What is told of a delivery changes a ticket and raises no version.
        if let id = event.reportedTicket {
            guard id >= 1, id <= tickets.count else { throw Violation(.records, "no ticket \(id)") }
            tickets[Int(id) - 1].record = record
            return
        }
        if case .offersMade(let made) = event { return follow(made) }
        if case .offerEnded(let ended) = event { return try follow(ended, taken) }
        guard let id = event.ticket else { return applyToPeople(event, at: now) }
        guard id >= 1, id <= tickets.count else { throw Violation(.records, "no ticket \(id)") }
        var ticket = tickets[Int(id) - 1]
        if ticket.record != record {
            ticket.record = record
            ticket.version += 1
            ticket.wasOwned = ticket.owner != nil
        }
        try follow(event, &ticket, at: now)
        tickets[Int(id) - 1] = ticket
    }

    private mutating func open(_ event: TicketOpened, at now: Timestamp) {
        write(.message, event.body, event.ticket.rawValue, at: now)
        let ticket = Ticket(
            id: event.ticket.rawValue, channel: event.channel, priority: event.priority, weight: Int(event.weight),
            department: Int(event.department.rawValue), owner: nil, wants: event.wants.map { Int($0.rawValue) },
            queuedAt: now, record: record, from: event.from)
        tickets.append(preferring(ticket, at: now))
    }

    private mutating func follow(_ event: Event, _ ticket: inout Ticket, at now: Timestamp) throws(Violation) {
        switch event {
        case .ticketNoted(let event):
            write(.note, event.body, ticket.id, at: now)
        case .ticketOverflowed(let event): follow(event, &ticket)
        case .callbackRequested: ticket.isCalledBack = true
        case .ticketMerged(let event): try merge(event, &ticket)
        case .ticketAbsorbed(let event): try absorb(event, &ticket)
        case .ticketUnmerged(let event): try unmerge(event, &ticket, at: now)
        case .ticketSeparated(let event): try separate(event, &ticket)
        case .ticketReplied(let event):
            write(.reply, event.body, ticket.id, at: now)
            var next = ticket.status
            switch ticket.status {
            case .chatting, .calling, .resolved: break
            case .spam, .deleted, .merged: try refuse(ticket, "answered")
            case .new: if ticket.channel == .ticket { next = .answered }
            case .answered, .open, .postponed: next = .answered
            }
            try expect(ticket, next, event.status, "a reply")
            leavePostponed(&ticket, next)
            if ticket.owner == Int(event.by.rawValue) { ticket.isAnswered = true }
            let slot = departments[ticket.department].settings.slot
            ticket.slotFreed = ticket.channel == .ticket && next == .answered && slot == .untilAnswered
        case .ticketMessageAdded(let event):
            write(.message, event.body, ticket.id, at: now)
            try message(event, &ticket, at: now)
        case .ticketOwnerChanged(let event):
            if event.owner == nil {
                try expect(ticket, ticket.isConversation ? .new : ticket.status, event.status, "a release")
            } else {
                try expect(ticket, ticket.statusWithOwner, event.status, "an assignment")
                if event.rule == .roundRobin, event.by == .automatic, let owner = event.owner {
                    countPick(Int(owner.rawValue), ticket)
                }
            }
            ticket.status = event.status
            own(&ticket, event.owner, forgets: true)
            ticket.isAnswered = false
            countContact(ticket)
        case .ticketTransferred(let event):
            if ticket.isConversation { ticket.status = .new }
            if event.owner != nil { ticket.status = ticket.statusWithOwner }
            try require(
                ticket.status == event.status, .status,
                "ticket \(ticket.id) is \(event.status.name) after a transfer, not \(ticket.status.name)")
            ticket.department = Int(event.department.rawValue)
            ticket.overflowedFrom = []
            if ticket.owner != event.owner.map({ Int($0.rawValue) }) { ticket.isAnswered = false }
            own(&ticket, event.owner)
            countContact(ticket)
        case .ticketStatusChanged(let event):
            try status(event, &ticket, at: now)
        case .ticketChanged(let event):
            if event.priority != 0 { ticket.priority = event.priority }
            if event.clearsWants { ticket.wants = nil }
            if event.weight != 0 { ticket.weight = Int(event.weight) }
        case .ticketSkillsSet(let event):
            ticket.needs = event.needs
            ticket.relax = event.relax
            ticket.widenedAt = now
            // With the opening: who lacks the skill is not waited for.
            if ticket.version == 1, let last = ticket.prefers,
                event.needs.contains(where: { !agents[last].has($0) })
            {
                ticket.reservedUntil = nil
            }
        case .ticketPurged:
            ticket.isPurged = true
            skips.removeAll { $0.ticket == ticket.id }
            messages.removeAll { $0.home == ticket.id }
        default: break
        }
    }

    private func own(_ ticket: inout Ticket, _ owner: AgentIndex?, forgets: Bool = false) {
        if forgets, owner != nil {
            ticket.prefers = nil
            ticket.reservedUntil = nil
        }
        ticket.owner = owner.map { Int($0.rawValue) }
        ticket.wants = nil
        ticket.slotFreed = false
    }

    /// An agent who was given a ticket, however, took one contact more.
    private mutating func countContact(_ ticket: Ticket) {
        guard let owner = ticket.owner else { return }
        for place in agents[owner].places.indices where agents[owner].places[place].department == ticket.department {
            agents[owner].places[place].taken[Int(ticket.channel.rawValue)] += 1
        }
    }

    mutating func countPick(_ owner: Int, _ ticket: Ticket) {
        let slot = Int(ticket.channel.rawValue)
        departments[ticket.department].picks[slot] += 1
        for place in agents[owner].places.indices where agents[owner].places[place].department == ticket.department {
            agents[owner].places[place].picked[slot] = departments[ticket.department].picks[slot]
        }
    }

    private func message(_ event: TicketMessageAdded, _ ticket: inout Ticket, at now: Timestamp) throws(Violation) {
        let wasIdle = ticket.status == .postponed || ticket.status == .resolved
        var next = TicketStatus.open
        switch ticket.status {
        case .new, .chatting, .calling: next = ticket.status
        case .resolved: if !departments[ticket.department].reopens(ticket.channel) { next = .resolved }
        case .answered, .open, .postponed: break
        case .spam, .deleted, .merged: try refuse(ticket, "written to")
        }
        try expect(ticket, next, event.status, "a message")
        if wasIdle, next == .open { wake(&ticket, at: now) }
        leavePostponed(&ticket, next)
        if next == .open { ticket.slotFreed = false }
    }

    private func status(_ event: TicketStatusChanged, _ ticket: inout Ticket, at now: Timestamp) throws(Violation) {
        ticket.slotFreed = false
        switch event.status {
        case .resolved:
            if event.hungUp {
                try require(
                    ticket.status == .new && ticket.channel != .ticket, .status,
                    "ticket \(ticket.id) is \(ticket.status.name) and was hung up before it began")
            }
            leavePostponed(&ticket, .resolved)
        case .answered, .open:
            guard event.hungUp else { return try wake(event, &ticket, at: now) }
            let isReplied = messages.contains { message in
                message.home == ticket.id && message.cameFrom.isEmpty && message.text.kind == .reply
            }
            let right: TicketStatus = isReplied ? .answered : .open
            try require(ticket.isConversation, .status, "ticket \(ticket.id) is \(ticket.status.name) and was hung up")
            try expect(ticket, right, event.status, "hanging up")
            ticket.status = event.status
        case .spam, .deleted:
            if ticket.status == .deleted { try refuse(ticket, "put away") }
            leavePostponed(&ticket, event.status)
        case .merged:
            try refuse(ticket, "merged without saying into what")
        case .postponed:
            let wasNew = ticket.status == .new || (ticket.status == .postponed && ticket.wasNew)
            ticket.status = .postponed
            ticket.wasNew = wasNew
            ticket.postponedUntil = event.until
            try require(event.until.map { $0 > now } ?? false, .time, "ticket \(ticket.id) is postponed to the past")
        case .new, .chatting, .calling:
            try wake(event, &ticket, at: now)
        }
    }

    private func wake(
        _ event: TicketStatusChanged, _ ticket: inout Ticket, at now: Timestamp
    ) throws(Violation) {
        do {
            try require(!ticket.isUnfinished, .status, "ticket \(ticket.id) woke, being \(ticket.status.name)")
            var next = TicketStatus.open
            if event.woke {
                try require(
                    ticket.postponedUntil == now, .time, "ticket \(ticket.id) woke at another time than it was to")
                if ticket.wasNew {
                    ticket.status = .new
                    next = ticket.owner == nil ? .new : ticket.statusWithOwner
                    ticket.status = .postponed
                }
            }
            try expect(ticket, next, event.status, "waking")
            wake(&ticket, at: now)
            leavePostponed(&ticket, next)
        }
    }

    /// A ticket that wakes or is reopened is of that moment. An unowned postponed one only comes back to its queue.
    private func wake(_ ticket: inout Ticket, at now: Timestamp) {
        let steppedOut = ticket.status == .postponed && !ticket.wasOwned
        if !steppedOut { ticket.queuedAt = now }
    }

    func leavePostponed(_ ticket: inout Ticket, _ next: TicketStatus) {
        ticket.status = next
        ticket.postponedUntil = nil
        ticket.wasNew = false
    }

    func refuse(_ ticket: Ticket, _ what: String) throws(Violation) {
        throw Violation(.status, "ticket \(ticket.id) is \(ticket.status.name) and was \(what)")
    }

    func expect(
        _ ticket: Ticket, _ right: TicketStatus, _ given: TicketStatus, _ what: String
    ) throws(Violation) {
        try require(
            right == given, .status,
            "ticket \(ticket.id) was \(ticket.status.name) and is \(given.name) after \(what), not \(right.name)")
    }
}

extension Event {
    /// The ticket of whose deliveries the event tells.
    fileprivate var reportedTicket: UInt64? {
        switch self {
        case .ticketDeliveryReported(let event): event.ticket.rawValue
        case .deliveryDetailsExpired(let event): event.ticket.rawValue
        default: nil
        }
    }

    /// The ticket whose version the event raises.
    var ticket: UInt64? {
        switch self {
        case .ticketOpened(let event): event.ticket.rawValue
        case .ticketReplied(let event): event.ticket.rawValue
        case .ticketMessageAdded(let event): event.ticket.rawValue
        case .ticketNoted(let event): event.ticket.rawValue
        case .ticketOwnerChanged(let event): event.ticket.rawValue
        case .ticketTransferred(let event): event.ticket.rawValue
        case .ticketStatusChanged(let event): event.ticket.rawValue
        case .ticketChanged(let event): event.ticket.rawValue
        case .ticketPurged(let event): event.ticket.rawValue
        case .ticketMerged(let event): event.ticket.rawValue
        case .ticketAbsorbed(let event): event.ticket.rawValue
        case .ticketUnmerged(let event): event.ticket.rawValue
        case .ticketSeparated(let event): event.ticket.rawValue
        case .ticketSplit(let event): event.ticket.rawValue
        case .ticketEntriesMoved(let event): event.ticket.rawValue
        case .workStarted(let event): event.ticket.rawValue
        case .workLogged(let event): event.ticket.rawValue
        case .ticketTaskAdded(let event): event.ticket.rawValue
        case .ticketTaskChanged(let event): event.ticket.rawValue
        case .ticketTaskRemoved(let event): event.ticket.rawValue
        case .ticketConversationAdded(let event): event.ticket.rawValue
        case .ticketPeopleChanged(let event): event.ticket.rawValue
        case .ticketDescribed(let event): event.ticket.rawValue
        case .ticketSkillsSet(let event): event.ticket.rawValue
        case .ticketPreferred(let event): event.ticket.rawValue
        case .ticketRated(let event): event.ticket.rawValue
        case .ticketAttached(let event): event.ticket.rawValue
        // An imported ticket brings its version along.
        case .ticketImported, .ticketImportContinued, .formerNameAdded: nil
        case .ticketDeliveryReported, .deliveryDetailsExpired: nil
        case .ticketOverflowed(let event): event.ticket.rawValue
        case .callbackRequested(let event): event.ticket.rawValue
        case .callbackFailed(let event): event.ticket.rawValue
        case .offersMade, .offerEnded, .backoffEnded, .ticketWaitTimed, .queueEmptied: nil
        case .ticketWidened, .ticketSkipped, .ticketSkipsExpired, .ownerGraceSet, .ownerGraceEnded, .agentAdded,
            .agentChanged,
            .agentRemoved, .agentPresenceChanged, .agentPaused, .agentResumed, .absenceEnded, .agentWrapUpBegun,
            .agentReady, .agentPauseAsked, .scheduleAdded, .scheduleRemoved, .scheduleCame, .leaseRenewed,
            .leasesRenewed, .rosterChanged, .rosterRemoved, .rosterTurned, .departmentAdded,
            .departmentChanged, .departmentRemoved, .viewSaved, .viewRemoved, .clockAdvanced, .requestRemembered,
            .journalInterrupted, .selfCheckFailed:
            nil
        }
    }
}
