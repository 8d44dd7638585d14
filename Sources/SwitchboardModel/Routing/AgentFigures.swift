/// What tickets tell of an agent's work. Derived from the tickets and not stored.
struct AgentFigures: Equatable, Sendable {
    /// Every piece of work, in order of time.
    var work = SortedBlocks<WorkKey>()
    /// Their sum.
    var worked = WorkTotals()
    /// The tickets on which the agent's timer runs, in order of id.
    var timers = SortedBlocks<TicketID>()
    /// What customers think of the agent's replies.
    var ratings = RatingTotals()

    static func == (left: AgentFigures, right: AgentFigures) -> Bool {
        left.work.elementsEqual(right.work) && left.worked == right.worked && left.timers.elementsEqual(right.timers)
            && left.ratings == right.ratings
    }

    mutating func add(_ key: WorkKey) {
        work.insert(key)
        worked.add(key.span, isBillable: key.isBillable)
    }

    mutating func remove(_ key: WorkKey) {
        work.remove(key)
        worked.remove(key.span, isBillable: key.isBillable)
    }
}

/// Where a piece of work stands, and as much of it as sums need.
struct WorkKey: Comparable, Sendable {
    var at: Timestamp
    var ticket: TicketID
    /// Within the ticket's time sheet, from 1.
    var number: UInt32
    var isBillable = false
    var span = TimeSpan.zero

    static func < (left: Self, right: Self) -> Bool {
        (left.at.milliseconds, left.ticket.rawValue, left.number)
            < (right.at.milliseconds, right.ticket.rawValue, right.number)
    }
}

extension WorkKey {
    init(_ entry: WorkEntry, _ ticket: TicketID, number: UInt32) {
        self.init(at: entry.at, ticket: ticket, number: number, isBillable: entry.isBillable, span: entry.span)
    }
}

extension Routing {
    mutating func apply(_ event: WorkStarted) { agentFigures[event.agent.position].timers.insert(event.ticket) }

    mutating func apply(_ event: WorkLogged) {
        if event.endsTimer { agentFigures[event.entry.agent.position].timers.remove(event.ticket) }
        agentFigures[event.entry.agent.position].add(WorkKey(event.entry, event.ticket, number: event.number))
    }

    mutating func apply(_ event: TicketRated) {
        agentFigures[event.rating.agent.position].ratings.add(event.rating.score, replacing: event.previous)
    }

    /// Counts what a ticket tells of agents.
    mutating func count(_ ticket: Ticket) {
        guard ticket.hasDetails else { return }
        let details = ticket.details
        for timer in details.timers { agentFigures[timer.agent.position].timers.insert(ticket.id) }
        for rating in details.ratings { agentFigures[rating.agent.position].ratings.add(rating.score) }
        for (place, entry) in details.work.enumerated() {
            agentFigures[entry.agent.position].add(WorkKey(entry, ticket.id, number: UInt32(place + 1)))
        }
    }
    /// Takes that back: the ticket goes for good.
    mutating func uncount(_ ticket: Ticket) {
        guard ticket.hasDetails else { return }
        let details = ticket.details
        for timer in details.timers { agentFigures[timer.agent.position].timers.remove(ticket.id) }
        for rating in details.ratings { agentFigures[rating.agent.position].ratings.remove(rating.score) }
        for (place, entry) in details.work.enumerated() {
            agentFigures[entry.agent.position].remove(WorkKey(entry, ticket.id, number: UInt32(place + 1)))
        }
    }
}
