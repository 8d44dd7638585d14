/// `WORK START`: the agent's timer on the ticket runs.
public struct StartWork: DetailCommand {
    public static let name = "WORK START"
    public var ticket: TicketID
    public var by: AgentID
    public var isBillable = false
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID) {
        self.ticket = ticket
        self.by = by
    }

    /// How many timers of one agent may run.
    public static let mostTimers = 100

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let by = try routing.agent(self.by)
        try ticket.requireUnfinished()
        let details = ticket.details
        guard !details.timers.contains(where: { $0.agent == by }) else {
            throw Rejection(.state, "agent '\(self.by.rawValue)' is at work on ticket \(ticket.id.rawValue) already")
        }
        guard routing.agentFigures[by.position].timers.count < Self.mostTimers else {
            throw Rejection(.state, "agent '\(self.by.rawValue)' has \(Self.mostTimers) timers running, the most")
        }
        try details.requireRoomForWork()
        var event = WorkStarted()
        event.ticket = ticket.id
        event.agent = by
        event.isBillable = isBillable
        events.append(.workStarted(event))
        return .ticket(ticket.id)
    }
}

/// `WORK STOP`: the timer ends, and the time since its start stands in the time sheet.
public struct StopWork: DetailCommand {
    public static let name = "WORK STOP"
    public var ticket: TicketID
    public var by: AgentID
    /// `nil`: as the timer was started.
    public var isBillable: Bool?
    public var note = ""
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID) {
        self.ticket = ticket
        self.by = by
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let by = try routing.agent(self.by)
        let details = ticket.details
        guard let timer = details.timers.first(where: { $0.agent == by }) else {
            throw Rejection(.state, "agent '\(self.by.rawValue)' has no timer on ticket \(ticket.id.rawValue)")
        }
        var event = ticket.ending(timer, .stopped, number: UInt32(details.work.count + 1), at: now)
        event.entry.isBillable = isBillable ?? timer.isBillable
        event.entry.note = note
        events.append(.workLogged(event))
        return .numbered(ticket.id, event.number)
    }
}

/// `WORK LOG`: time that no timer measured.
public struct LogWork: DetailCommand {
    public static let name = "WORK LOG"
    public var ticket: TicketID
    public var by: AgentID
    public var span: TimeSpan
    public var isBillable = false
    public var note = ""
    /// When the work began; `nil`: so that it ends now.
    public var at: Timestamp?
    public var version: UInt32?

    public init(ticket: TicketID, by: AgentID, span: TimeSpan) {
        self.ticket = ticket
        self.by = by
        self.span = span
    }

    /// How many pieces of work one ticket's time sheet holds, timers that run included.
    public static let mostEntries = 10_000
    /// The longest piece of work: a year.
    public static let longest = TimeSpan.seconds(366 * 86_400)

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        var event = WorkLogged()
        event.ticket = ticket.id
        event.entry.agent = try routing.agent(by)
        guard span > .zero, span <= Self.longest else {
            throw Rejection(.badArgument, "time= takes more than nothing and at most 366 days")
        }
        event.entry.at = at ?? Timestamp(milliseconds: now.milliseconds - span.milliseconds)
        guard event.entry.at <= now else {
            throw Rejection(.badArgument, "work is logged that has begun: at= is later")
        }
        event.entry.span = span
        event.entry.isBillable = isBillable
        event.entry.note = note
        let details = ticket.details
        try details.requireRoomForWork()
        event.number = UInt32(details.work.count + 1)
        events.append(.workLogged(event))
        return .numbered(ticket.id, event.number)
    }
}

extension TicketDetails {
    /// A timer that runs has its place in the time sheet, so that ending it never fails.
    fileprivate func requireRoomForWork() throws(Rejection) {
        guard work.count + timers.count < LogWork.mostEntries else {
            throw Rejection(.state, "the time sheet of a ticket holds at most \(LogWork.mostEntries) entries")
        }
    }
}
