extension Routing {
    /// What the agent is doing, for people: the state, what it is for and until when, by the agent's clock.
    func stateText(_ agent: Agent, at now: Timestamp) -> String {
        var text: String
        switch agent.state {
        case .offline:
            text = "offline"
        case .recovering:
            text = "recovering"
            if let until = timers.due(.recoveryEnds(agent.index)) {
                text += " until " + until.clockText(agent.times.offset, seenAt: now)
            }
        case .paused:
            text = agent.pause.map { Self.text($0.channels, $0.reason) } ?? ""
            if let until = agent.pause?.until { text += " until " + until.clockText(agent.times.offset, seenAt: now) }
        case .wrapUp:
            text = "wrap-up"
            if let wrapUp = agent.wrapUp {
                text += " until " + wrapUp.until.clockText(agent.times.offset, seenAt: now)
                text += " (ticket \(wrapUp.ticket.rawValue))"
            }
        case .ready:
            let hasRoom = Channel.allCases.contains { agent.hasRoom($0) && !agent.blocked.contains($0) }
            text = !hasRoom ? "full" : agent.isIdle ? "available" : "busy"
            if let until = agent.missed.backsOffUntil {
                text += ", left alone until " + until.clockText(agent.times.offset, seenAt: now)
            }
            if let until = ringsUntil(at: agent) {
                text += ", rings until " + until.clockText(agent.times.offset, seenAt: now)
            }
        }
        guard let asked = agent.asked else { return text }
        switch asked.stage {
        case .work: return text + ", then " + Self.text(asked.channels, asked.reason)
        case .place: return text + ", waits to be " + Self.text(asked.channels, asked.reason)
        }
    }

    /// `paused on call: lunch`
    private static func text(_ channels: ChannelSet, _ reason: String?) -> String {
        var text = "paused"
        if channels != .all { text += " on " + channels.channels.map(\.name).joined(", ") }
        if let reason, !reason.isEmpty { text += ": " + reason }
        return text
    }

    /// What was asked for and has not begun.
    func describe(_ request: PauseRequest, of agent: AgentIndex) -> JSON {
        .record([
            ("waits_for", .string(request.stage.name)),
            ("position", pausePosition(of: agent).map { .integer(Int64($0)) } ?? .null),
            ("channels", .array(request.channels.channels.map { .string($0.name) })),
            ("kind", .string(request.kind.name)),
            ("reason", request.reason.map { .string($0) } ?? .null),
            ("for", request.span.map { .span($0) } ?? .null),
            ("asked_at", .time(request.askedAt)),
            ("planned", .bool(request.isPlanned)),
            ("by", request.by.map { name($0) } ?? .null),
        ])
    }

    /// How heartbeats are expected of the agent, and when the lease ends at the latest if none comes.
    func describeLease(of agent: Agent) -> JSON {
        guard let lease = agent.times.lease else { return .null }
        let until = timers.due(.leaseEnds(agent.index))
        return .record([("for", .span(lease)), ("until", until.map { .time($0) } ?? .null)])
    }

    func describe(_ pause: Pause) -> JSON {
        .record([
            ("channels", .array(pause.channels.channels.map { .string($0.name) })),
            ("kind", .string(pause.kind.name)),
            ("reason", pause.reason.map { .string($0) } ?? .null),
            ("since", .time(pause.since)),
            ("until", pause.until.map { .time($0) } ?? .null),
            ("planned", .bool(pause.isPlanned)),
            ("by", pause.by.map { name($0) } ?? .null),
        ])
    }

    /// Who of the department is paused, by since when; then who will be when their work ends; then who waits for a place, in
    /// the order in which they will be given one.
    func pauses(in department: DepartmentIndex, _ range: ListRange, at now: Timestamp) throws(Rejection) -> [JSON] {
        var paused: [(since: Timestamp, id: String, document: JSON)] = []
        var next: [(since: Timestamp, id: String, document: JSON)] = []
        for index in staff[department.position].members {
            let agent = agents[index.position]
            let id = agent.id.rawValue
            if let pause = agent.pause {
                paused.append((pause.since, id, Self.entry(id, "paused").with(describe(pause))))
            }
            if let asked = agent.asked, asked.stage == .work {
                next.append((asked.askedAt, id, Self.entry(id, "next").with(describe(asked, of: index))))
            }
        }
        func ordered(_ list: [(since: Timestamp, id: String, document: JSON)]) -> [JSON] {
            list.sorted { $0.since != $1.since ? $0.since < $1.since : $0.id < $1.id }.map(\.document)
        }
        var documents = ordered(paused) + ordered(next)
        var position: Int64 = 0
        for wait in pauseWaits where agents[wait.agent.position].isMember(of: department) {
            position += 1
            guard let asked = agents[wait.agent.position].asked else { continue }
            let id = agents[wait.agent.position].id.rawValue
            documents.append(Self.entry(id, "waiting").with(describe(asked, of: wait.agent, position: position)))
        }
        return try range.page(
            documents.enumerated().map { $0.element.with("cursor", .string(String($0.offset + 1))) })
    }

    private func describe(_ request: PauseRequest, of agent: AgentIndex, position: Int64) -> JSON {
        guard case .object(var members) = describe(request, of: agent) else { return .null }
        if let place = members.firstIndex(where: { $0.key == "position" }) {
            members[place].value = .integer(position)
        }
        return .object(members)
    }

    private static func entry(_ agent: String, _ state: String) -> JSON {
        .record([("agent", .string(agent)), ("state", .string(state))])
    }

    func describe(_ schedule: Schedule, of agent: AgentIndex, next: Timestamp?) -> JSON {
        .record([
            ("agent", name(agent)),
            ("schedule", .integer(Int64(schedule.number))),
            ("at", .string((Timestamp(milliseconds: schedule.at.milliseconds)).timeOfDay)),
            ("for", .span(schedule.span)),
            ("days", .array(schedule.days.list.map { .string($0.name) })),
            ("channels", .array(schedule.channels.channels.map { .string($0.name) })),
            ("kind", .string(schedule.kind.name)),
            ("reason", schedule.reason.map { .string($0) } ?? .null),
            ("next", next.map { .time($0) } ?? .null),
        ])
    }

    /// The planned pause that begins next.
    func plannedPause(of agent: Agent) -> JSON {
        let next = agent.schedules.compactMap { schedule in
            timers.due(.scheduleBegins(agent.index, schedule.number)).map { (schedule, $0) }
        }.min { $0.1 < $1.1 }
        guard let (schedule, begins) = next else { return .null }
        return .record([
            ("at", .time(begins)), ("for", .span(schedule.span)),
            ("channels", .array(schedule.channels.channels.map { .string($0.name) })),
            ("kind", .string(schedule.kind.name)), ("reason", schedule.reason.map { .string($0) } ?? .null),
        ])
    }

    /// Planned pauses by agent and number.
    func schedules(of id: AgentID?, _ range: ListRange) throws(Rejection) -> [JSON] {
        var found: [AgentIndex] = []
        if let id {
            found = [try agent(id)]
        } else {
            for place in 0..<agents.count where !agents[place].schedules.isEmpty {
                found.append(AgentIndex(UInt32(place)))
            }
            found.sort { agents[$0.position].id.rawValue < agents[$1.position].id.rawValue }
        }
        var documents: [JSON] = []
        for index in found {
            for schedule in agents[index.position].schedules {
                let next = timers.due(.scheduleBegins(index, schedule.number))
                documents.append(
                    describe(schedule, of: index, next: next).with("cursor", .string(String(documents.count + 1))))
            }
        }
        return try range.page(documents)
    }
}

extension Agent {
    /// Holds nothing.
    fileprivate var isIdle: Bool { holds.total == 0 }

    /// Since when the agent is in the present state; of one who is given work, since when the load has been what it is.
    var stateSince: Timestamp {
        switch state {
        case .offline, .recovering: return presenceSince
        case .paused: return pause?.since ?? presenceSince
        case .wrapUp: return wrapUp?.since ?? presenceSince
        case .ready: return max(presenceSince, idleSince.ticket, idleSince.chat, idleSince.call)
        }
    }
}

extension TimeSpan {
    /// `+02:00`
    var offsetText: String {
        let minutes = abs(milliseconds / 60_000)
        return (milliseconds < 0 ? "-" : "+") + Timestamp(milliseconds: minutes * 60_000).timeOfDay
    }
}

extension JSON {
    /// An object with the members of another one at its end.
    fileprivate func with(_ other: JSON) -> JSON {
        guard case .object(let members) = self, case .object(let more) = other else { return self }
        return .object(members + more)
    }
}
