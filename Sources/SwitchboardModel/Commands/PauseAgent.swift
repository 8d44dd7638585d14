/// `AGENT PAUSE`: nothing new is given on these channels. A second pause replaces the first.
public struct PauseAgent: Decidable {
    public var id: AgentID
    public var channels = ChannelSet.all
    public var kind = PauseKind.drain
    public var reason: String?
    public var span: TimeSpan?

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        let agent = routing.agents[index.position]
        if agent.pause == nil { try requireRoomToPause(agent, routing) }
        var event = AgentPaused()
        event.index = index
        event.pause.channels = channels
        event.pause.kind = kind
        event.pause.reason = reason
        event.pause.since = now
        event.pause.until = span.map { now + $0 }
        events.append(.agentPaused(event))
        if kind == .return {
            events += routing.returned(index, shards, rule: .pauseReturned) { ticket in
                channels.contains(ticket.channel) && ticket.isUntouched
            }
        }
        return .agent(index)
    }

    /// Each of the agent's departments may limit how many of its agents are paused at once.
    private func requireRoomToPause(_ agent: Agent, _ routing: borrowing Routing) throws(Rejection) {
        for membership in agent.memberships {
            let department = routing.departments[membership.department.position]
            guard let limit = department.settings.maxPaused else { continue }
            let paused = routing.staff[membership.department.position].paused
            guard paused < limit else {
                throw Rejection(
                    .capacity, "\(paused) agents of department '\(department.id.rawValue)' are paused, \(limit) may be")
            }
        }
    }
}

/// `AGENT RESUME`. Of an agent who is not paused: nothing changes.
public struct ResumeAgent: Decidable {
    public var id: AgentID

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        guard routing.agents[index.position].pause != nil else { return .agent(index) }
        var event = AgentResumed()
        event.index = index
        events.append(.agentResumed(event))
        return .agent(index)
    }
}

extension TicketView {
    /// Assigned and nothing done yet: no agent has replied.
    var isUntouched: Bool { (ticket.status == .new || ticket.status.isConversation) && !isReplied }

    /// An agent has replied.
    var isReplied: Bool {
        var replied = false
        for entry in thread {
            replied = entry.kind == .reply
            if replied { break }
        }
        return replied
    }
}
