/// What `VERIFY` found.
public struct Verification: Sendable {
    /// How many facts were compared.
    public var checked = 0
    /// How many waiting tickets were compared with what was given after they had come to their places; see `verifyOrder`.
    public internal(set) var placesCompared = 0
    public var digest = Digest()
    /// One line each; at most `mostProblems` of them.
    public var problems: [String] = []
    /// How many there were.
    public private(set) var problemCount = 0

    static let mostProblems = 100

    public var isOK: Bool { problemCount == 0 }

    /// Adds what was compared elsewhere.
    public mutating func add(checked count: Int, problems more: [String]) {
        checked += count
        problemCount += more.count
        problems = Array((problems + more).prefix(Self.mostProblems))
    }

    mutating func check(_ holds: Bool, _ problem: @autoclosure () -> String) {
        checked += 1
        guard !holds else { return }
        problemCount += 1
        if problems.count < Self.mostProblems { problems.append(problem()) }
    }
}

extension StateImage {
    /// Recomputes every count and invariant from the tickets and compares: the ledger, the queues with their order,
    /// the candidates, timers, references, counters. Reads an image, so that the server goes on meanwhile.
    ///
    /// - Parameters:
    ///   - withDigest: whether the digest is asked for, too.
    ///   - isWanted: asked between the parts of it; once it says no, what was found until then is returned.
    public func verify(withDigest: Bool = true, while isWanted: () -> Bool = { true }) -> Verification {
        var result = Verification()
        var derived = Routing()
        for element in routing.departments { derived.append(element) }
        for agent in routing.agents {
            var bare = agent
            bare.holds = Holds()
            bare.wanted = SortedBlocks()
            derived.agents.append(bare)
            if !agent.isRemoved { derived.agentCount += 1 }
        }
        derived.offers = routing.offers
        derived.skips = routing.skips
        derived.timers = routing.timers
        derived.rosters = routing.rosters
        derived.derive(from: tickets)
        guard isWanted() else { return result }
        verifyTickets(&result)
        guard isWanted() else { return result }
        verifyLedger(derived, &result)
        verifyQueues(derived, &result)
        guard isWanted() else { return result }
        verifyOrder(&result)
        guard isWanted() else { return result }
        verifyTimers(&result)
        verifyAttendance(derived, &result)
        guard isWanted() else { return result }
        verifyMerges(&result)
        verifyRequests(&result)
        verifyViews(&result)
        guard withDigest, isWanted() else { return result }
        addDigest(&result)
        return result
    }

    private func verifyTickets(_ result: inout Verification) {
        var count = 0
        let division = ShardDivision(among: tickets.count)
        for (shard, table) in tickets.enumerated() {
            for ticket in table {
                count += 1
                let id = ticket.id.rawValue
                result.check(ticket.id < routing.nextTicket, "ticket \(id) is beyond the next id")
                result.check(division.shard(id) == shard, "ticket \(id) is in shard \(shard)")
                result.check(ticket.lastRecord <= routing.lastRecord, "ticket \(id) names a later record than the last")
                result.check(
                    ticket.wants == nil || ticket.agent == nil, "ticket \(id) has an owner and waits for another")
                result.check(
                    (ticket.status == .postponed) == (ticket.extras.postponedUntil != nil),
                    "ticket \(id) is \(ticket.status.name) and its return time does not fit")
                verifyIsNoOrphan(ticket, &result)
                for reference in ticket.extras.references {
                    result.check(
                        routing.references[reference.text] == ticket.id, "a reference of ticket \(id) is not known")
                }
            }
        }
        result.check(routing.ticketCount == count, "the number of tickets is wrong")
        result.check(routing.agentCount == routing.agentIndexCount, "the number of agents is wrong")
    }

    /// A removed agent holds nothing, and nothing waits for one who was removed or left the department.
    private func verifyIsNoOrphan(_ ticket: Ticket, _ result: inout Verification) {
        let id = ticket.id.rawValue
        switch ticket.placement.kind {
        case .idle, .waiting(nil): break
        case .held(let agent):
            result.check(
                !routing.agents[agent.position].isRemoved,
                "ticket \(id) is held by '\(routing.agents[agent.position].id.rawValue)', who was removed")
        case .waiting(.some(let wants)):
            let agent = routing.agents[wants.position]
            result.check(
                !agent.isRemoved && agent.isMember(of: ticket.department),
                "ticket \(id) waits for '\(agent.id.rawValue)', who is not in its department")
        }
    }

    private func verifyLedger(_ derived: borrowing Routing, _ result: inout Verification) {
        for index in 0..<routing.agents.count {
            let (kept, right) = (routing.agents[index], derived.agents[index])
            for channel in Channel.allCases {
                result.check(
                    kept.load(channel) == right.load(channel)
                        && kept.holds[channel].elementsEqual(right.holds[channel]),
                    "agent '\(kept.id.rawValue)' holds \(kept.load(channel)) on \(channel.name), "
                        + "the tickets say \(right.load(channel))")
            }
            result.check(
                kept.holds.offered.elementsEqual(right.holds.offered) && kept.holds.total == right.holds.total,
                "agent '\(kept.id.rawValue)' is offered \(kept.holds.offered.count) tickets, the offers say "
                    + "\(right.holds.offered.count)")
            result.check(
                kept.wanted.elementsEqual(right.wanted),
                "agent '\(kept.id.rawValue)' is waited for by other tickets than it knows")
            result.check(
                routing.agentFigures[index] == derived.agentFigures[index],
                "agent '\(kept.id.rawValue)' has other figures than the tickets say")
        }
        for index in 0..<routing.departments.count {
            result.check(
                routing.unfinished[index] == derived.unfinished[index],
                "department '\(routing.departments[index].id.rawValue)' counts \(routing.unfinished[index]) unfinished "
                    + "tickets, there are \(derived.unfinished[index])")
            verifyStaff(index, derived.staff[index], &result)
        }
    }

    private func verifyStaff(_ index: Int, _ right: Staff, _ result: inout Verification) {
        let kept = routing.staff[index]
        let name = routing.departments[index].id.rawValue
        result.check(
            kept.members.elementsEqual(right.members),
            "department '\(name)' counts \(kept.members.count) agents, the agents say \(right.members.count)")
        for channel in Channel.allCases {
            result.check(
                kept.available[channel] == right.available[channel],
                "department '\(name)' counts \(kept.available[channel]) agents there on \(channel.name), the agents say "
                    + "\(right.available[channel])")
            result.check(
                kept.takers[channel] == right.takers[channel],
                "department '\(name)' counts \(kept.takers[channel]) agents there who take \(channel.name)s, the agents say "
                    + "\(right.takers[channel])")
        }
        result.check(
            kept.tiers == right.tiers, "department '\(name)' counts other tiers than its agents are in")
        result.check(
            kept.online == right.online,
            "department '\(name)' counts \(kept.online) agents online, the agents say \(right.online)")
        result.check(
            kept.paused == right.paused,
            "department '\(name)' counts \(kept.paused) paused agents, the agents say \(right.paused)")
        result.check(
            kept.states == right.states,
            "department '\(name)' counts its agents' states as \(kept.states), the agents say \(right.states)")
    }

    private func verifyQueues(_ derived: borrowing Routing, _ result: inout Verification) {
        for index in 0..<routing.queues.count {
            let (kept, right) = (routing.queues[index], derived.queues[index])
            let place = QueueIndex(rawValue: index)
            let name = "\(routing.departments[place.department.position].id.rawValue)/\(place.channel.name)"
            result.check(
                kept.waiting.elementsEqual(right.waiting),
                "queue \(name) holds \(kept.waiting.count) in its order, the tickets say \(right.waiting.count)")
            result.check(
                kept.ringing.elementsEqual(right.ringing),
                "in queue \(name) \(kept.ringing.count) ring, the offers say \(right.ringing.count)")
            result.check(
                kept.candidates.elementsEqual(right.candidates),
                "queue \(name) ranks \(kept.candidates.count) candidates, the agents say \(right.candidates.count)")
            // No ticket waits, in a queue that is not `manual`, while an agent who may have it has room.
            let overlooked = derived.overlooked(in: place)
            result.check(
                overlooked == nil,
                "ticket \(overlooked?.ticket.rawValue ?? 0) waits in \(name) beside agent "
                    + "'\(overlooked.map { routing.agents[$0.agent.position].id.rawValue } ?? "")', who has room")
        }
    }

    /// Each remembered request is found by its id, and they are in order.
    private func verifyRequests(_ result: inout Verification) {
        var last: (time: Timestamp, record: LogSequenceNumber)?
        for remembered in routing.requests.all {
            result.check(
                routing.requests.find(remembered.request.id, at: remembered.time) != nil,
                "the request '\(remembered.request.id)' is remembered and not found")
            let follows = last.map { $0.time <= remembered.time && $0.record < remembered.record } ?? true
            result.check(
                follows && remembered.record <= routing.lastRecord,
                "the request '\(remembered.request.id)' is not remembered in its order")
            last = (remembered.time, remembered.record)
        }
    }

    /// A private view has an owner who is still there.
    private func verifyViews(_ result: inout Verification) {
        for (name, view) in routing.views {
            let isOwned = view.owner.map { !routing.agents[$0.position].isRemoved } ?? false
            result.check(view.id.rawValue == name, "the view '\(view.id.rawValue)' is kept as '\(name)'")
            result.check(view.isShared || isOwned, "the private view '\(name)' has no owner")
        }
    }

    private func addDigest(_ result: inout Verification) {
        result.digest.add(routing.counters, kind: SectionKind.counters.rawValue)
        for element in routing.departments { result.digest.add(element, kind: SectionKind.departments.rawValue) }
        for element in routing.agents { result.digest.add(element, kind: SectionKind.agents.rawValue) }
        for table in agents {
            for element in table { result.digest.add(element, kind: SectionKind.profiles.rawValue) }
        }
        for list in routing.skipLists { result.digest.add(list, kind: SectionKind.skips.rawValue) }
        for timer in routing.timers.all { result.digest.add(timer, kind: SectionKind.timers.rawValue) }
        for round in routing.offerRounds { result.digest.add(round, kind: SectionKind.offers.rawValue) }
        for table in tickets {
            for element in table.views { result.digest.add(StoredTicket(element), kind: SectionKind.tickets.rawValue) }
        }
        for request in routing.requests.all { result.digest.add(request, kind: SectionKind.requests.rawValue) }
        for last in routing.lastAgents.all { result.digest.add(last, kind: SectionKind.lastAgents.rawValue) }
        for roster in routing.rosters.values { result.digest.add(roster, kind: SectionKind.rosters.rawValue) }
        for view in routing.views.values { result.digest.add(view, kind: SectionKind.views.rawValue) }
    }
}

extension QueueIndex {
    init(rawValue: Int) { self.rawValue = rawValue }
}

extension RoutingImage {
    fileprivate var agentIndexCount: Int { agents.count { !$0.isRemoved } }
}
