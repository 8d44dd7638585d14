/// A department and the agent's tier in it, as written in `depts=`.
public struct MembershipRequest: Sendable {
    public var department: DepartmentID
    public var tier: UInt16

    public init(department: DepartmentID, tier: UInt16) {
        self.department = department
        self.tier = tier
    }
}

/// `AGENT ADD`. A new agent is offline.
public struct AddAgent: Decidable {
    public var id: AgentID
    public var memberships: [MembershipRequest]
    public var displayName = ""
    public var role = Role.agent
    public var capacity = Agent.defaultCapacity
    /// How many tickets of all channels together; 0: no such limit.
    public var maxOpen: UInt32 = 0
    public var traits = AgentTraits()
    public var times = AgentTimes()

    public init(id: AgentID, memberships: [MembershipRequest]) {
        self.id = id
        self.memberships = memberships
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        guard routing.agentIndexes[id.rawValue] == nil else {
            throw Rejection(.exists, "agent '\(id.rawValue)' exists")
        }
        var event = AgentAdded()
        event.index = AgentIndex(UInt32(routing.agents.count))
        event.id = id
        event.displayName = displayName
        event.role = role
        event.capacity = capacity
        event.maxOpen = maxOpen
        event.traits = traits
        event.times = times
        event.memberships = try routing.memberships(memberships, keeping: [])
        events.append(.agentAdded(event))
        return .agent(event.index)
    }
}

/// `AGENT SET`. A limit lowered below the load takes nothing away; a raised one pulls at once.
public struct SetAgent: Decidable {
    public var id: AgentID
    public var memberships: [MembershipRequest]?
    public var displayName: String?
    public var role: Role?
    public var ticketCapacity: UInt32?
    public var chatCapacity: UInt32?
    public var callCapacity: UInt32?
    /// 0: no such limit.
    public var maxOpen: UInt32?
    public var weight: UInt16?
    public var position: UInt16?
    public var skills: [Skill]?
    public var exclusive: ChannelSet?
    /// `.some(nil)`: none.
    public var pauseBudget: TimeSpan??
    public var offset: TimeSpan?
    /// `.some(nil)`: none.
    public var lease: TimeSpan??

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        let agent = routing.agents[index.position]
        var event = AgentChanged()
        event.index = index
        event.displayName = displayName
        event.role = role
        event.capacity = PerChannel(
            ticket: ticketCapacity ?? agent.capacity.ticket, chat: chatCapacity ?? agent.capacity.chat,
            call: callCapacity ?? agent.capacity.call)
        event.changesCapacity = event.capacity != agent.capacity
        event.maxOpen = maxOpen ?? agent.maxOpen
        var times = agent.times
        times.pauseBudget = pauseBudget ?? times.pauseBudget
        times.offset = offset ?? times.offset
        times.lease = lease ?? times.lease
        event.times = times == agent.times ? nil : times
        event.changesMaxOpen = event.maxOpen != agent.maxOpen
        var traits = agent.traits
        traits.weight = weight ?? traits.weight
        traits.position = position ?? traits.position
        traits.skills = skills ?? traits.skills
        traits.exclusive = exclusive ?? traits.exclusive
        event.traits = traits == agent.traits ? nil : traits
        if let memberships {
            event.memberships = try routing.memberships(memberships, keeping: agent.memberships)
            event.changesMemberships = event.memberships != agent.memberships
            let staying = event.memberships
            events += routing.leavingRosters(index) { left in !staying.contains { $0.department == left } }
            // Who waits for this agent in a department the agent leaves, waits for anyone.
            for id in agent.wanted {
                guard let ticket = shards.ticket(id) else { continue }
                guard !event.memberships.contains(where: { $0.department == ticket.department }) else { continue }
                events.append(.ticketChanged(ticket.wantingNobody))
            }
        }
        events.append(.agentChanged(event))
        return .agent(index)
    }
}

/// `AGENT REMOVE`. No ticket is orphaned: what the agent held goes back to its queue at its age.
public struct RemoveAgent: Decidable {
    public var id: AgentID

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        events += routing.returned(index, shards, rule: .ownerRemoved) { _ in true }
        for id in routing.agents[index.position].wanted {
            if let ticket = shards.ticket(id) { events.append(.ticketChanged(ticket.wantingNobody)) }
        }
        for id in routing.agentFigures[index.position].timers {
            if let ticket = shards.ticket(id) { events += ticket.endingTimers(.agentRemoved, of: index, at: now) }
        }
        events += routing.leavingRosters(index) { _ in true }
        var event = AgentRemoved()
        event.index = index
        events.append(.agentRemoved(event))
        for view in routing.privateViews(of: index) {
            var event = ViewRemoved()
            event.id = view
            events.append(.viewRemoved(event))
        }
        return .ok
    }
}

/// `AGENT ONLINE` and `AGENT OFFLINE`.
public struct SetPresence: Decidable {
    public var id: AgentID
    public var presence: Presence

    public init(id: AgentID, presence: Presence) {
        self.id = id
        self.presence = presence
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        guard presence == .offline else {
            events += routing.sign(of: index, lease: routing.agents[index.position].times.lease, at: now)
            return .agent(index)
        }
        guard routing.agents[index.position].presence != .offline else { return .agent(index) }
        var event = AgentPresenceChanged()
        event.index = index
        event.presence = presence
        events.append(.agentPresenceChanged(event))
        return .agent(index)
    }
}

extension Ticket {
    /// The ticket waits for anyone from now on.
    var wantingNobody: TicketChanged {
        var event = TicketChanged()
        event.ticket = id
        event.by = .automatic
        event.clearsWants = true
        return event
    }
}

extension Routing {
    /// The places asked for, each department once; those kept keep their turn and what was counted there.
    fileprivate func memberships(
        _ requests: [MembershipRequest], keeping old: [Membership]
    ) throws(Rejection) -> [Membership] {
        var result: [Membership] = []
        for request in requests {
            let department = try department(request.department)
            guard !result.contains(where: { $0.department == department }) else {
                throw Rejection(.badArgument, "department '\(request.department.rawValue)' is named twice")
            }
            var membership: Membership
            if let kept = old.first(where: { $0.department == department }) {
                membership = kept
                // Each tier draws by itself.
                if kept.tier != request.tier { membership.tick = PerChannel(0) }
            } else {
                membership = Membership()
                membership.department = department
                membership.taken = fewestTaken(in: department)
            }
            membership.tier = request.tier
            result.append(membership)
        }
        return result
    }

    /// The events that send back those of an agent's held tickets that `matches`, in order of id.
    func returned(
        _ agent: AgentIndex, _ shards: Shards, rule: AssignmentRule, _ matches: (TicketView) -> Bool
    ) -> [Event] {
        var events: [Event] = []
        for channel in Channel.allCases {
            for id in agents[agent.position].holds[channel] {
                guard let view = shards.view(id), matches(view) else { continue }
                events.append(unowned(view.ticket, rule, by: .automatic))
            }
        }
        return events
    }
}
