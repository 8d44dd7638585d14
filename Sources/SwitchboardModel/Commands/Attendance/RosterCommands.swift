/// `ROSTER ADD`: who has duty when.
public struct AddRoster: Decidable {
    public var id: RosterID
    public var department: DepartmentID
    public var agents: [AgentID]
    public var span: TimeSpan
    public var channels = ChannelSet(.call)
    /// When the first turn begins; `nil`: now.
    public var start: Timestamp?
    public var onDuty: UInt32 = 1

    public init(id: RosterID, department: DepartmentID, agents: [AgentID], span: TimeSpan) {
        self.id = id
        self.department = department
        self.agents = agents
        self.span = span
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        guard !routing.rosters.values.contains(where: { $0.id == id }) else {
            throw Rejection(.exists, "roster '\(id.rawValue)' exists")
        }
        guard routing.rosters.count < RosterLimit.rosters else {
            throw Rejection(.busy, "there are \(RosterLimit.rosters) rosters: remove some")
        }
        var roster = Roster()
        roster.number = (routing.rosters.keys.max() ?? 0) + 1
        roster.id = id
        roster.department = try routing.department(department)
        roster.channels = channels
        roster.agents = try routing.members(agents, of: roster.department)
        guard !roster.agents.isEmpty else { throw Rejection(.badArgument, "a roster is of at least one agent") }
        guard onDuty <= roster.agents.count else {
            throw Rejection(.badArgument, "\(onDuty) have duty at once, of \(roster.agents.count)")
        }
        roster.onDuty = onDuty
        roster.span = span
        roster.start = start ?? now
        if roster.start <= now {
            let turns = UInt64((now - roster.start).milliseconds / span.milliseconds)
            let count = UInt64(roster.agents.count)
            roster.position = UInt32(turns % count * UInt64(onDuty) % count)
            roster.isRunning = true
        }
        var event = RosterChanged()
        event.roster = roster
        events.append(.rosterChanged(event))
        return .document(routing.describe(roster, next: roster.next(after: now)))
    }
}

/// `ROSTER SET`: who has duty until the next turn, in place of whose turn it is; nobody named: whose turn it is.
public struct SetRoster: Decidable {
    public var id: RosterID
    public var duty: [AgentID]

    public init(id: RosterID, duty: [AgentID]) {
        self.id = id
        self.duty = duty
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        var roster = try routing.roster(id)
        guard roster.isRunning || duty.isEmpty else {
            throw Rejection(.state, "roster '\(id.rawValue)' has not begun")
        }
        roster.substitutes = try routing.members(duty, of: roster.department)
        var event = RosterChanged()
        event.roster = roster
        events.append(.rosterChanged(event))
        return .document(routing.describe(roster, next: routing.timers.due(.rosterTurns(roster.number))))
    }
}

/// `ROSTER REMOVE`: everyone is given work again.
public struct RemoveRoster: Decidable {
    public var id: RosterID

    public init(id: RosterID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        var event = RosterRemoved()
        event.number = try routing.roster(id).number
        events.append(.rosterRemoved(event))
        return .ok
    }
}

extension Routing {
    /// These agents, each once, who must belong to the department.
    fileprivate func members(_ ids: [AgentID], of department: DepartmentIndex) throws(Rejection) -> [FieldedAgent] {
        var result: [FieldedAgent] = []
        for id in ids {
            let agent = FieldedAgent(try member(id, of: department))
            guard !result.contains(agent) else {
                throw Rejection(.badArgument, "agent '\(id.rawValue)' is named twice")
            }
            result.append(agent)
        }
        return result
    }
}
