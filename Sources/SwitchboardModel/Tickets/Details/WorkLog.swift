/// How a piece of work came to stand in the time sheet.
public enum WorkOrigin: UInt8, Named {
    /// WORK LOG.
    case logged = 0
    /// WORK STOP.
    case stopped = 1
    /// The timer ran when the ticket was resolved, and ended with it.
    case resolved = 2
    /// The timer ran when its agent was removed, and ended with that.
    case agentRemoved = 3
    /// The timer ran when the ticket was put away as spam or deleted.
    case putAway = 4
    /// The timer ran when the ticket was merged into another one.
    case merged = 5

    public var name: String {
        switch self {
        case .logged: "logged"
        case .stopped: "stopped"
        case .resolved: "resolved"
        case .agentRemoved: "agent_removed"
        case .putAway: "put_away"
        case .merged: "merged"
        }
    }
}

/// A timer that runs: an agent is at work on the ticket.
public struct WorkTimer: Fielded, Equatable {
    var agent = AgentIndex(0)
    var since = Timestamp(milliseconds: 0)
    /// Unless it is stopped with another word.
    var isBillable = false

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.time(2, &since)
        try fields.flag(3, &isBillable)
    }
}

/// A piece of work done on the ticket.
public struct WorkEntry: Fielded, Equatable {
    public var agent = AgentIndex(0)
    /// When it began.
    public var at = Timestamp(milliseconds: 0)
    public var span = TimeSpan.zero
    public var isBillable = false
    public var note = ""
    public var origin = WorkOrigin.logged

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.time(2, &at)
        try fields.span(3, &span)
        try fields.flag(4, &isBillable)
        try fields.text(5, &note)
        try fields.named(6, &origin)
    }
}

/// A sum of time worked.
struct WorkTotals: Equatable, Sendable {
    var total = TimeSpan.zero
    var billable = TimeSpan.zero
    var entries = 0

    /// Wrapping, because a damaged file may hold any span.
    mutating func add(_ span: TimeSpan, isBillable: Bool) {
        total.milliseconds &+= span.milliseconds
        if isBillable { billable.milliseconds &+= span.milliseconds }
        entries += 1
    }

    mutating func remove(_ span: TimeSpan, isBillable: Bool) {
        total.milliseconds &-= span.milliseconds
        if isBillable { billable.milliseconds &-= span.milliseconds }
        entries -= 1
    }
}

extension Ticket {
    /// The event that ends a timer, the time since its start logged.
    ///
    /// - Parameter number: what the entry will be numbered.
    func ending(_ timer: WorkTimer, _ origin: WorkOrigin, number: UInt32, at now: Timestamp) -> WorkLogged {
        var event = WorkLogged()
        event.ticket = id
        event.number = number
        event.entry.agent = timer.agent
        event.entry.at = timer.since
        event.entry.span = now - timer.since
        event.entry.isBillable = timer.isBillable
        event.entry.origin = origin
        event.endsTimer = true
        return event
    }

    /// The events that end the timers running on the ticket, or one agent's alone.
    func endingTimers(_ origin: WorkOrigin, of agent: AgentIndex? = nil, at now: Timestamp) -> [Event] {
        guard hasDetails else { return [] }
        let details = details
        let ended = details.timers.filter { agent == nil || $0.agent == agent }
        return ended.enumerated().map { offset, timer in
            .workLogged(ending(timer, origin, number: UInt32(details.work.count + offset + 1), at: now))
        }
    }
}
