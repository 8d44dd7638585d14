extension Routing {
    func describe(_ index: AgentIndex, _ shards: Shards, at now: Timestamp) -> JSON {
        let agent = agents[index.position]
        let profile = shards.profile(index)
        let displayName = profile?.displayName ?? ""
        let who: [(String, JSON)] = [
            ("id", .string(agent.id.rawValue)),
            ("name", displayName.isEmpty ? .string(agent.id.rawValue) : .string(displayName)),
            ("role", .string((profile?.role ?? .agent).name)),
            ("depts", .array(agent.memberships.map { name($0.department) })),
            (
                "tiers",
                .record(
                    agent.memberships.map {
                        (departments[$0.department.position].id.rawValue, .integer(Int64($0.tier)))
                    })
            ),
        ]
        let times: [(String, JSON)] = [
            ("state", .string(stateText(agent, at: now))),
            ("since", .time(agent.stateSince)),
            ("presence", .string(agent.presence.name)),
            ("presence_since", .time(agent.presenceSince)),
            ("lease", describeLease(of: agent)),
            ("paused", agent.pause.map { describe($0) } ?? .null),
            ("next_pause", agent.asked.map { describe($0, of: index) } ?? .null),
            ("planned_pause", plannedPause(of: agent)),
            ("pause_budget", agent.times.pauseBudget.map { .span($0) } ?? .null),
            ("pause_used", .span(agent.pauseUsed(at: now))),
            ("pause_left", agent.pauseLeft(at: now).map { .span($0) } ?? .null),
            ("utc_offset", .string(agent.times.offset.offsetText)),
            ("wrapup", agent.wrapUp.map { $0.document } ?? .null),
        ]
        let work: [(String, JSON)] = [
            ("max_open", agent.maxOpen == 0 ? .null : .integer(Int64(agent.maxOpen))),
            ("weight", .integer(Int64(agent.traits.weight))),
            ("position", .integer(Int64(agent.traits.position))),
            ("exclusive", .array(agent.traits.exclusive.channels.map { .string($0.name) })),
            ("skills", agent.traits.skills.document),
            ("capacity", .record(Channel.allCases.map { ($0.name, .integer(Int64(agent.capacity[$0]))) })),
            ("load", .record(Channel.allCases.map { ($0.name, .integer(Int64(agent.load($0)))) })),
            ("tickets", Self.numbers(Channel.mostUrgentFirst.flatMap { agent.holds[$0].prefix(Self.listedWork) })),
            ("offers", .integer(Int64(agent.holds.offered.count))),
            ("ringing", Self.numbers(agent.holds.offered.prefix(Self.listedWork))),
            (
                "missed_offers",
                .record([
                    ("in_a_row", .integer(Int64(agent.missed.inARow))),
                    ("total", .integer(Int64(agent.missed.total))),
                    ("left_alone_until", agent.missed.backsOffUntil.map { .time($0) } ?? .null),
                ])
            ),
            ("idle_since", .record(Channel.allCases.map { ($0.name, .time(agent.idleSince[$0])) })),
            ("worked", agentFigures[index.position].worked.document),
            ("rating", agentFigures[index.position].ratings.document),
            ("created_at", profile.map { .time($0.createdAt) } ?? .null),
        ]
        return .record(who + times + work)
    }

    /// How many tickets of a channel, and how many that ring, a description of an agent names.
    private static let listedWork = 10

    private static func numbers(_ tickets: some Sequence<TicketID>) -> JSON {
        .array(tickets.map { .integer(Int64(clamping: $0.rawValue)) })
    }

    /// Agents in order of id; the cursor is the id.
    func listAgents(
        _ department: DepartmentID?, _ range: ListRange, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> [JSON] {
        let department = try department.map { (id) throws(Rejection) in try self.department(id) }
        var found: [(id: String, index: AgentIndex)] = []
        func add(_ index: AgentIndex) {
            let place = index.position
            guard !agents[place].isRemoved else { return }
            guard range.after.map({ $0 < agents[place].id.rawValue }) ?? true else { return }
            found.append((agents[place].id.rawValue, index))
        }
        if let department {
            for agent in staff[department.position].members { add(agent) }
        } else {
            for place in 0..<agents.count { add(AgentIndex(UInt32(place))) }
        }
        found.sort { $0.id < $1.id }
        return found.prefix(range.limit).map { describe($0.index, shards, at: now).with("cursor", .string($0.id)) }
    }

    /// The tickets that hold a slot of the agent: `new` and `open` first, then by priority and age.
    func tickets(
        of agent: AgentIndex, _ range: ListRange, _ shards: Shards
    ) throws(Rejection) -> [JSON] {
        var held: [TicketView] = []
        for channel in Channel.allCases {
            for id in agents[agent.position].holds[channel] {
                if let ticket = shards.view(id) { held.append(ticket) }
            }
        }
        func rank(_ ticket: TicketView) -> (Int, UInt8, Int64, UInt64) {
            let needsWork = ticket.status == .new || ticket.status == .open || ticket.status.isConversation
            return (needsWork ? 0 : 1, ticket.priority, ticket.queuedAt.milliseconds, ticket.id.rawValue)
        }
        held.sort { rank($0) < rank($1) }
        let documents = held.enumerated().map {
            JSON.record(summary($0.element)).with("cursor", .string(String($0.offset + 1)))
        }
        return try range.page(documents)
    }
}

extension WrapUp {
    fileprivate var document: JSON {
        .record([
            ("since", .time(since)), ("until", .time(until)), ("ticket", .integer(Int64(clamping: ticket.rawValue))),
        ])
    }
}
