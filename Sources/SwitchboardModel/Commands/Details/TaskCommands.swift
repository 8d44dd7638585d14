/// `TASK ADD`: one more thing to be done for the ticket.
public struct AddTask: DetailCommand {
    public static let name = "TASK ADD"
    public var ticket: TicketID
    public var title: String
    /// Who is to do it.
    public var agent: AgentID?
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, title: String) {
        self.ticket = ticket
        self.title = title
    }

    /// How many tasks a ticket may have, done or not.
    public static let mostTasks = 200

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let details = ticket.details
        guard details.tasks.count < Self.mostTasks else {
            throw Rejection(.state, "a ticket has at most \(Self.mostTasks) tasks")
        }
        guard details.lastTask < .max else {
            throw Rejection(.state, "ticket \(ticket.id.rawValue) has given the last number a task can have")
        }
        var event = TicketTaskAdded()
        event.ticket = ticket.id
        event.by = try routing.actor(by)
        event.task.number = details.lastTask + 1
        event.task.title = title
        event.task.agent = try agent.map { (id) throws(Rejection) in try routing.agent(id) }
        event.task.createdAt = now
        events.append(.ticketTaskAdded(event))
        return .numbered(ticket.id, event.task.number)
    }
}

/// `TASK SET`: done or not, whose it is, what it is.
public struct SetTask: DetailCommand {
    public static let name = "TASK SET"
    public var ticket: TicketID
    public var task: UInt32
    public var isDone: Bool?
    public var title: String?
    /// `.some(nil)`: nobody's.
    public var agent: AgentID??
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, task: UInt32) {
        self.ticket = ticket
        self.task = task
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let task = try ticket.task(self.task)
        var event = TicketTaskChanged()
        event.ticket = ticket.id
        event.by = try routing.actor(by)
        event.number = task.number
        if title != task.title { event.title = title }
        if let agent {
            event.agent = try agent.map { (id) throws(Rejection) in try routing.agent(id) }
            event.changesAgent = event.agent != task.agent
        }
        if let isDone, isDone != (task.doneAt != nil) { event.done = isDone ? .yes : .no }
        if event.title != nil || event.changesAgent || event.done != .asBefore {
            events.append(.ticketTaskChanged(event))
        }
        return .numbered(ticket.id, task.number)
    }
}

/// `TASK REMOVE`.
public struct RemoveTask: DetailCommand {
    public static let name = "TASK REMOVE"
    public var ticket: TicketID
    public var task: UInt32
    public var by: AgentID?
    public var version: UInt32?

    public init(ticket: TicketID, task: UInt32) {
        self.ticket = ticket
        self.task = task
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        var event = TicketTaskRemoved()
        event.ticket = ticket.id
        event.by = try routing.actor(by)
        event.number = try ticket.task(task).number
        events.append(.ticketTaskRemoved(event))
        return .numbered(ticket.id, event.number)
    }
}

extension Ticket {
    fileprivate func task(_ number: UInt32) throws(Rejection) -> Subtask {
        guard let task = details.tasks.first(where: { $0.number == number }) else {
            throw Rejection(.notFound, "ticket \(id.rawValue) has no task \(number)")
        }
        return task
    }
}
