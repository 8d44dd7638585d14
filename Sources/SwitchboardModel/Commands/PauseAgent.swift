/// `AGENT PAUSE`: nothing new is given on these channels. A second pause replaces the first.
public struct PauseAgent: Decidable {
    public var id: AgentID
    public var channels = ChannelSet.all
    public var kind = PauseKind.drain
    public var reason: String?
    public var span: TimeSpan?
    /// Begins when the agent's chats and calls have ended, and the wrap-up.
    public var isAfterWork = false
    /// Waits for a place where as many are paused as may be.
    public var queues = false
    /// Who gives it. A supervisor may give one beyond the budget.
    public var by: AgentID?
    /// Beyond the budget, and beyond the number of those who may be paused.
    public var force = false

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        events += try asked(of: index, routing, shards, at: now)
        return .agent(index)
    }

    /// The events with which the pause begins, or begins to wait.
    func asked(
        of index: AgentIndex, _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> [Event] {
        let agent = routing.agents[index.position]
        let by = try self.by.map { (id) throws(Rejection) in try routing.agent(id) }
        let role = by.flatMap { shards.profile($0)?.role }
        if force, let role, !role.isSupervisor {
            throw Rejection(
                .noPermission, "force=yes is for supervisors; '\(self.by?.rawValue ?? "")' is \(role.name)")
        }
        if !force, !(role?.isSupervisor ?? false) { try requireBudget(agent, at: now) }
        var request = PauseRequest()
        request.channels = channels
        request.kind = kind
        request.reason = reason
        request.span = span
        request.askedAt = now
        request.isAfterWork = isAfterWork
        request.by = by
        if !force, !agent.takesPausePlace, let full = routing.fullOfPauses(index) {
            let name = routing.departments[full.department.position].id.rawValue
            guard queues else {
                throw Rejection(
                    .capacity, "\(full.paused) agents of department '\(name)' are paused, \(full.limit) may be")
            }
            var event = AgentPauseAsked()
            event.index = index
            event.request = request
            event.request?.stage = .place
            return [.agentPauseAsked(event)]
        }
        return routing.granted(request, index, shards, at: now)
    }

    /// There must be enough left of the day's budget; for a pause without an end, anything.
    private func requireBudget(_ agent: Agent, at now: Timestamp) throws(Rejection) {
        guard let left = agent.pauseLeft(at: now) else { return }
        guard left > .zero, span.map({ $0 <= left }) ?? true else {
            let budget = agent.times.pauseBudget ?? .zero
            throw Rejection(
                .capacity,
                "agent '\(id.rawValue)' has \(left.text) left of the \(budget.text) of pauses a day")
        }
    }
}

/// `AGENT RESUME`: ends the pause and withdraws one that was asked for. Of an agent who has neither: nothing changes.
public struct ResumeAgent: Decidable {
    public var id: AgentID

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        if routing.agents[index.position].pause != nil {
            var event = AgentResumed()
            event.index = index
            events.append(.agentResumed(event))
        } else if routing.agents[index.position].asked != nil {
            var event = AgentPauseAsked()
            event.index = index
            events.append(.agentPauseAsked(event))
        }
        return .agent(index)
    }
}

extension Role {
    /// May give what others may only ask for.
    var isSupervisor: Bool {
        switch self {
        case .supervisor, .admin, .owner: true
        case .agent, .gateway: false
        }
    }
}

extension TimeSpan {
    /// For people: `90s`, `15m`, `8h`, as requests write it, to the second.
    var text: String {
        let seconds = milliseconds / 1000
        if seconds >= 3600, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds >= 60 && seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
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
