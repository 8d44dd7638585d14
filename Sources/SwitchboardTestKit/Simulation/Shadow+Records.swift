import SwitchboardModel

extension Shadow {
    /// How many assignments one record may hold; the rest of a greater number follows in the next.
    private static let mostAssignments = 1000

    /// Follows one record, event by event, and holds it against the rules.
    ///
    /// - Parameter checks: `false` to follow only, because the record was checked before.
    mutating func take(_ record: SimulatedRecord, checks: Bool = true) throws(Violation) {
        try require(record.number == self.record + 1, .time, "record \(record.number) follows \(self.record)")
        try require(time.map { $0 <= record.time } ?? true, .time, "record \(record.number) goes back in time")
        self.record = record.number
        time = record.time
        stopped = []
        var picks = 0
        var ended: [Ended] = []
        let agentsBefore = agents
        for event in record.events {
            if case .offersMade(let made) = event {
                if checks { try check(made, at: record.time) }
                picks += 1
            } else if case .ticketOwnerChanged(let change) = event, change.rule.isPick, change.by == .automatic {
                if checks { try check(pick: change) }
                picks += 1
            } else if case .requestRemembered = event {
                // The answer, which tells what was assigned; see `RequestBook`.
            } else {
                try require(picks == 0, .order, "\(event) comes after an assignment of its record")
                if checks { try check(byHand: event, record) }
            }
            if checks {
                try checkGrant(event, record)
                try checkPresence(event, record)
            }
            let before = event.ticket.flatMap { place(of: $0) }
            let waited = event.ticket.flatMap { self.waited($0) }
            let ticket = event.ticket.flatMap { $0 >= 1 && $0 <= tickets.count ? tickets[Int($0) - 1] : nil }
            try apply(event, of: record)
            if let conversation = self.ended(event, ticket) { ended.append(conversation) }
            followLoad(event, before, at: record.time)
            followWidening(event, waited, at: record.time)
            followAnswer(event, ticket, at: record.time)
            followCustomer(event, at: record.time)
        }
        guard checks else { return }
        try checkRings(at: record.time)
        try checkWrapUps(record, ended, agentsBefore)
        try checkPauses(record.number)
        if picks < Self.mostAssignments, let choice = choice() {
            let agent = agents[choice.agent].id
            throw Violation(
                .waiting, "record \(record.number) leaves ticket \(choice.ticket) waiting beside agent '\(agent)'")
        }
        for ticket in tickets {
            try require(
                !ticket.isUnfinished || !departments[ticket.department].isRemoved, .orphan,
                "ticket \(ticket.id) is \(ticket.status.name) in a department that is gone")
            if let holder = ticket.holder {
                let agent = agents[holder]
                try require(!agent.isRemoved, .orphan, "'\(agent.id)' was removed and holds \(ticket.id)")
            }
            if ticket.waits, let wants = ticket.wants {
                let agent = agents[wants]
                try require(
                    !agent.isRemoved && agent.place(ticket.department) != nil, .orphan,
                    "ticket \(ticket.id) waits for agent '\(agent.id)', who cannot have it")
            }
        }
    }

    private func place(of ticket: UInt64) -> (holder: Int?, channel: Channel)? {
        guard ticket >= 1, ticket <= tickets.count else { return nil }
        return (tickets[Int(ticket) - 1].holder, tickets[Int(ticket) - 1].channel)
    }

    /// Whose load changed is idle from this moment on.
    private mutating func followLoad(_ event: Event, _ before: (holder: Int?, channel: Channel)?, at time: Timestamp) {
        guard let id = event.ticket, let after = place(of: id), before?.holder != after.holder else { return }
        let slot = Int(after.channel.rawValue)
        if let old = before?.holder { agents[old].idleSince[slot] = time }
        if let new = after.holder { agents[new].idleSince[slot] = time }
    }

    // MARK: The balancer's own assignments

    private func check(pick event: TicketOwnerChanged) throws(Violation) {
        let id = event.ticket.rawValue
        guard let owner = event.owner.map({ Int($0.rawValue) }) else {
            throw Violation(.owners, "an assignment of ticket \(id) names nobody")
        }
        let ticket = tickets[Int(id) - 1]
        let agent = agents[owner]
        let what = "ticket \(id) is given to '\(agent.id)' by \(event.rule.name)"
        try require(ticket.waits, .owners, "\(what), but it is \(ticket.status.name) and does not wait")
        try require(
            hasRoom(owner, ticket.channel, weight: ticket.weight), .capacity,
            "\(what), who has \(load(owner, ticket.channel)) of \(agent.capacity[ticket.channel])")
        try require(isAvailable(owner, ticket.channel), .eligibility, "\(what), who is away or paused")
        try require(agent.place(ticket.department) != nil, .eligibility, "\(what), who is not in its department")
        try require(ticket.wants == nil || ticket.wants == owner, .eligibility, "\(what), but it waits for another")
        try require(
            ticket.wants == owner || !isSkipped(id, owner), .eligibility, "\(what), who gave it away")
        try require(ticket.wants == owner || hasSkills(ticket, owner), .eligibility, "\(what), who lacks a skill")
        try require(!isExcluded(owner, ticket.channel), .eligibility, "\(what), whose other work excludes it")
        try require(!isReserved(ticket, from: owner), .eligibility, "\(what), but it is reserved")
        try require(ticket.wants == owner || isReached(ticket, owner), .eligibility, "\(what), whose tier has to wait")
        guard let choice = choice() else { throw Violation(.eligibility, "\(what), but nothing is to be given") }
        try require(choice.ticket == id, .order, "\(what), but \(choice.ticket) comes first")
        try require(
            choice.agent == owner || choice.lot.contains(owner), .strategy,
            "\(what), but it is the turn of '\(agents[choice.agent].id)'")
        try require(
            !departments[ticket.department].isOffering(ticket.channel), .strategy, "\(what), but is to be offered")
        try require(choice.rule == event.rule, .strategy, "\(what), but the rule is \(choice.rule.name)")
        if event.rule == .roundRobin {
            let turn = departments[ticket.department].picks[Int(ticket.channel.rawValue)] + 1
            try require(event.turn == turn, .strategy, "\(what) with turn \(event.turn), but it is turn \(turn)")
        }
    }

    // MARK: What is done by hand, or by a timer

    private func check(byHand event: Event, _ record: SimulatedRecord) throws(Violation) {
        let command = record.command
        switch event {
        case .ticketOpened(let event):
            try require(
                event.ticket.rawValue == UInt64(tickets.count) + 1, .identifiers,
                "the ticket after \(tickets.count) is \(event.ticket.rawValue)")
        case .ticketOverflowed(let event):
            try check(event, record)
        case .ticketSplit(let event):
            try require(
                event.ticket.rawValue == UInt64(tickets.count) + 1, .identifiers,
                "the ticket after \(tickets.count) is \(event.ticket.rawValue)")
        case .ticketOwnerChanged(let event):
            guard let owner = event.owner.map({ Int($0.rawValue) }) else { return try check(takenAway: event, record) }
            try checkGiven(event.ticket.rawValue, to: owner, event.rule, command)
        case .ticketTransferred(let event):
            guard let owner = event.owner.map({ Int($0.rawValue) }) else { return }
            let ticket = tickets[Int(event.ticket.rawValue) - 1]
            let department = Int(event.department.rawValue)
            try require(agents[owner].place(department) != nil, .eligibility, "a transfer to a stranger")
            let rang = stopped.contains { $0.ticket == ticket.id && $0.agent == owner }
            guard ticket.isUnfinished, ticket.holder != owner, !rang else { return }
            try require(
                hasRoom(owner, ticket.channel, weight: ticket.weight), .capacity,
                "ticket \(ticket.id) is transferred to a full agent")
        default: break
        }
    }

    private func checkGiven(
        _ id: UInt64, to owner: Int, _ rule: AssignmentRule, _ command: Command?
    ) throws(Violation) {
        let ticket = tickets[Int(id) - 1]
        let agent = agents[owner]
        let what = "ticket \(id) is given to '\(agent.id)' (\(rule.name))"
        guard let command else { throw Violation(.records, "\(what) without a command") }
        if case .acceptOffer = command { try require(rule.isPick, .strategy, "\(what) on accepting") }
        try require(!agent.isRemoved, .eligibility, "\(what), who was removed")
        if rule == .forced {
            return try require(command.isForced, .capacity, "\(what) though nobody forced it")
        }
        try require(agent.place(ticket.department) != nil, .eligibility, "\(what), who is not in its department")
        let rang = stopped.contains { $0.ticket == id && $0.agent == owner }
        if ticket.isUnfinished || rule == .answered, !rang {
            try require(
                hasRoom(owner, ticket.channel, weight: ticket.weight), .capacity,
                "\(what), who has \(load(owner, ticket.channel)) of \(agent.capacity[ticket.channel])")
        }
        guard rule == .next, case .nextTicket(let next) = command else { return }
        try require(isAvailable(owner, ticket.channel), .eligibility, "\(what), who is away or paused")
        try require(ticket.wants == owner || hasSkills(ticket, owner), .eligibility, "\(what), who lacks a skill")
        let best = self.next(for: owner, next.channel)
        try require(best == id, .order, "\(what) by NEXT, but \(best ?? 0) comes first")
    }

    /// What is taken away by the server itself is so for a reason.
    private func check(takenAway event: TicketOwnerChanged, _ record: SimulatedRecord) throws(Violation) {
        let ticket = tickets[Int(event.ticket.rawValue) - 1]
        guard let owner = ticket.owner else {
            throw Violation(.owners, "ticket \(ticket.id) is taken from nobody (\(event.rule.name))")
        }
        let agent = agents[owner]
        let isRight =
            switch event.rule {
            case .absent: !agent.isOnline
            case .ownerAway: !agent.isOnline || agent.place(ticket.department) == nil
            case .ownerPaused, .pauseReturned: agent.isPaused(ticket.channel)
            case .unanswered: ticket.answerDue == record.time
            default: true
            }
        try require(
            isRight, .eligibility, "ticket \(ticket.id) is taken from '\(agent.id)' (\(event.rule.name)), who is there")
    }
}

extension AssignmentRule {
    /// The balancer chose.
    var isPick: Bool {
        switch self {
        case .wanted, .leastLoaded, .maxUtilisation, .roundRobin, .longestIdle, .fewestContacts, .random, .weighted,
            .topDown, .lastAgent, .ringAll:
            true
        case .hand, .forced, .taken, .answered, .next, .released, .transferred, .ownerAway, .ownerPaused, .ownerRemoved,
            .pauseReturned, .absent, .queueFull, .waitedTooLong, .nobodyThere, .callbackFailed, .unanswered:
            false
        }
    }
}

extension Command {
    var isForced: Bool {
        switch self {
        case .assignTicket(let command): command.force
        case .takeTicket(let command): command.force
        default: false
        }
    }
}
