import SwitchboardModel

/// All that can be seen of a server's state.
struct SeenState {
    /// In order of id.
    var tickets: [SwitchboardModel.Ticket]
    var agents: [SwitchboardModel.Agent]
    var derived: Derived
    var nextTicket: TicketID
    var lastRecord: LogSequenceNumber
    var now: Timestamp
}

extension Shadow {
    /// Compares everything the server has with what the records said it should have.
    func compare(_ seen: SeenState) throws(Violation) {
        try require(seen.lastRecord.rawValue == record, .records, "the state is at record \(seen.lastRecord.rawValue)")
        let (kept, next) = (tickets.filter { !$0.isPurged }, seen.nextTicket.rawValue)
        try require(seen.tickets.count == kept.count, .records, "\(seen.tickets.count) tickets, not \(kept.count)")
        try require(next > UInt64(tickets.count), .identifiers, "the next id after \(tickets.count) is \(next)")
        for (ticket, other) in zip(kept, seen.tickets) { try compare(ticket, other, seen.now) }
        try compareAgents(seen)
        try compareQueues(seen)
        try compareStaff(seen)
        try compareRings(seen)
        try compareAnswers(seen)
        for skip in skips {
            try require(skip.until > seen.now, .time, "a skip of ticket \(skip.ticket) ran out and is still there")
        }
    }

    private func compare(
        _ ticket: Ticket, _ seen: SwitchboardModel.Ticket, _ now: Timestamp
    ) throws(Violation) {
        let id = ticket.id
        try require(seen.id.rawValue == id, .identifiers, "ticket \(seen.id.rawValue) stands in place of \(id)")
        try require(
            seen.version == ticket.version, .version, "ticket \(id) has version \(seen.version), not \(ticket.version)")
        try require(
            seen.queuedAt == ticket.queuedAt, .queueTime,
            "ticket \(id) is of \(seen.queuedAt.milliseconds), not \(ticket.queuedAt.milliseconds)")
        try require(
            seen.status == ticket.status, .status, "ticket \(id) is \(seen.status.name), not \(ticket.status.name)")
        let owner = seen.agent.map { Int($0.rawValue) }
        try require(
            owner == ticket.owner, .owners,
            "ticket \(id) belongs to agent \(owner ?? -1), not \(ticket.owner ?? -1) as its records say")
        try require(
            Int(seen.department.rawValue) == ticket.department && seen.priority == ticket.priority
                && seen.channel == ticket.channel && Int(seen.weight) == ticket.weight
                && seen.wants.map { Int($0.rawValue) } == ticket.wants
                && seen.extras.postponedUntil == ticket.postponedUntil && seen.lastRecord.rawValue == ticket.record,
            .records, "ticket \(id) is not what its records say: \(ticket)")
        try require(
            seen.extras.needs == ticket.needs && seen.extras.relax == ticket.relax
                && seen.extras.prefers.map { Int($0.rawValue) } == ticket.prefers
                && seen.extras.reservedUntil == ticket.reservedUntil,
            .records, "ticket \(id) needs \(seen.extras.needs) and prefers \(String(describing: seen.extras.prefers))")
        try require(!overdue(ticket, at: now), .time, "ticket \(id) should be for more agents by now")
        try require(
            ticket.postponedUntil.map { $0 > now } ?? true, .time, "ticket \(id) should have woken before now")
    }

    private func compareAgents(_ seen: SeenState) throws(Violation) {
        try require(seen.agents.count == agents.count, .records, "\(seen.agents.count) agents, not \(agents.count)")
        var holds = [[TicketID]](repeating: [], count: agents.count * 3)
        var wanted = [[TicketID]](repeating: [], count: agents.count)
        for ticket in tickets {
            if let holder = ticket.holder {
                holds[holder * 3 + Int(ticket.channel.rawValue)].append(TicketID(ticket.id))
            }
            if ticket.waits, let wants = ticket.wants { wanted[wants].append(TicketID(ticket.id)) }
        }
        let loads = loads()
        for (index, agent) in agents.enumerated() {
            let other = seen.agents[index]
            for channel in Channel.allCases {
                let place = index * 3 + Int(channel.rawValue)
                try require(
                    seen.derived.holds[place] == holds[place], .owners,
                    "agent '\(agent.id)' holds \(seen.derived.holds[place].map(\.rawValue)) on \(channel.name), the "
                        + "tickets say \(holds[place].map(\.rawValue))")
            }
            for channel in Channel.allCases {
                let (slots, right) = (other.load(channel), loads.slots[index * 3 + Int(channel.rawValue)])
                try require(
                    slots == right, .capacity,
                    "agent '\(agent.id)' has \(slots) slots of \(channel.name) taken, not \(right)")
            }
            try require(seen.derived.wanted[index] == wanted[index], .records, "others wait for '\(agent.id)'")
            try require(
                other.id.rawValue == agent.id && other.capacity == agent.capacity && other.isRemoved == agent.isRemoved
                    && (other.presence == .online) == agent.isOnline && other.pause == agent.pause
                    && other.memberships.map { Int($0.department.rawValue) } == agent.places.map(\.department)
                    && other.memberships.map(\.tier) == agent.places.map(\.tier)
                    && other.memberships.map(\.taken) == agent.places.map(\.counted),
                .records, "agent '\(agent.id)' is not what the records say")
            try compareAttendance(agent, other, seen.now)
            try require(
                agent.pause?.until.map { $0 > seen.now } ?? true, .time, "the pause of '\(agent.id)' should be over")
        }
    }

    private func compareQueues(_ seen: SeenState) throws(Violation) {
        let queues = queues()
        let loads = loads()
        try require(seen.derived.waiting.count == queues.count, .records, "there are other departments")
        for (index, queue) in queues.enumerated() {
            let (department, channel) = (index / 3, Channel.allCases[index % 3])
            let name = "\(departments[department].id)/\(channel.name)"
            try require(
                seen.derived.ringing[index].allSatisfy { isRinging($0.rawValue) }, .order,
                "in queue \(name) ring \(seen.derived.ringing[index].map(\.rawValue))")
            try require(
                seen.derived.waiting[index] == queue.map { TicketID($0.id) }, .order,
                "queue \(name) is \(seen.derived.waiting[index].map(\.rawValue)), not \(queue.map(\.id))")
            let right = ranked(department, channel, loads)
            let ranks = seen.derived.candidates[index].map { Int($0.rawValue) }
            // Within a tier those who are picked by lot stand in any order.
            let isRight =
                departments[department].strategy(channel).isByLot
                ? ranks.sorted() == right.sorted()
                    && ranks.map { agents[$0].place(department)?.tier }
                        == right.map { agents[$0].place(department)?.tier }
                : ranks == right
            try require(isRight, .strategy, "queue \(name) ranks \(ranks), not \(right)")
        }
    }

    /// What each department counts of its agents.
    private func compareStaff(_ seen: SeenState) throws(Violation) {
        try require(seen.derived.members.count == departments.count, .records, "there are other departments")
        for (index, department) in departments.enumerated() {
            let members = agents.indices.filter { !agents[$0].isRemoved && agents[$0].place(index) != nil }
            try require(
                seen.derived.members[index].map { Int($0.rawValue) } == members, .records,
                "the agents of '\(department.id)' are \(seen.derived.members[index].map(\.rawValue)), not \(members)")
            for channel in Channel.allCases {
                let (kept, right) = (
                    seen.derived.available[index][channel], members.count { isAvailable($0, channel) }
                )
                try require(
                    kept == right, .records,
                    "'\(department.id)' counts \(kept) agents there on \(channel.name), not \(right)")
            }
            let (kept, right) = (seen.derived.paused[index], members.count { takesPausePlace(agents[$0]) })
            try require(kept == right, .records, "'\(department.id)' counts \(kept) paused agents, not \(right)")
        }
    }
}

extension Shadow.Place {
    fileprivate var counted: PerChannel<UInt32> { PerChannel(ticket: taken[0], chat: taken[1], call: taken[2]) }
}
