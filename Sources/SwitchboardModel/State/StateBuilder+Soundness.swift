/// How many agents and departments there are: what a loaded value may name.
struct KnownIndexes {
    var agents: Int
    var departments: Int

    /// Throws when the entry of a thread names an agent or a department that is not there.
    @inline(__always)
    func check(_ entry: borrowing ThreadEntry) throws(ByteReader.Malformed) {
        if case .agent(let agent) = entry.by, agent.position >= agents { throw unknown("agent", agent.rawValue) }
        if case .some(.some(let owner)) = entry.owner, owner.position >= agents {
            throw unknown("agent", owner.rawValue)
        }
        if case .some(.some(let agent)) = entry.assignee, agent.position >= agents {
            throw unknown("agent", agent.rawValue)
        }
        if let department = entry.department, department.position >= departments {
            throw unknown("department", department.rawValue)
        }
    }

    private func unknown(_ what: String, _ index: UInt32) -> ByteReader.Malformed {
        ByteReader.Malformed(what: "an entry of a thread names \(what) \(index), which is not there", offset: 0)
    }
}

extension StateBuilder {
    /// Throws when a timer, a skip or a profile concerns what is not there: it would end the server later.
    func requireSound() throws(ByteReader.Malformed) {
        for timer in routing.timers.all { try requireSound(timer.purpose) }
        try requireSoundMerges()
        try require(routing.lastAgents.isSound, "two customers' last agents have one place")
        try require(routing.timers.isOneForEach, "two timers have one purpose")
        for (ticket, skips) in routing.skips {
            try require(
                shards.ticket(ticket) != nil, "a skip list is that of ticket \(ticket.rawValue), which is not there")
            for skip in skips {
                try require(isKnown(skip.agent), "a skip of ticket \(ticket.rawValue) names an agent that is not there")
            }
        }
        for (ticket, round) in routing.offers { try requireSound(round, of: ticket) }
        for index in 0..<routing.agents.count {
            let agent = AgentIndex(UInt32(index))
            try require(shards.profile(agent)?.index == agent, "agent \(index) has no profile")
            try requireSound(routing.agents[index])
        }
    }

    /// Reading a thread follows merges, so they must lead somewhere, back to where they came from, and to an end.
    private func requireSoundMerges() throws(ByteReader.Malformed) {
        for table in shards.tickets {
            for ticket in table where !ticket.box.isEmpty {
                let id = ticket.id.rawValue
                let extras = ticket.extras
                try require(
                    (ticket.status == .merged) == (extras.merged != nil || ticket.putAway != nil),
                    "ticket \(id) is merged into nothing")
                var numbers = UInt64(ticket.thread.count)
                for absorbed in extras.absorbed {
                    numbers += UInt64(absorbed.span)
                    try require(
                        absorbed.after <= ticket.thread.count && numbers <= UInt64(UInt32.max),
                        "ticket \(id) has numbers that its thread cannot have")
                    guard !absorbed.isUndone else { continue }
                    let source = shards.ticket(absorbed.ticket)
                    try require(
                        source?.extras.merged?.ticket == ticket.id,
                        "ticket \(absorbed.ticket.rawValue) is not merged into \(id)")
                }
                guard var next = extras.merged?.ticket else { continue }
                var depth = 1
                while let into = shards.ticket(next)?.extras.merged?.ticket {
                    depth += 1
                    try require(depth <= MergeLimit.depth, "ticket \(id) is merged through too many, or in a circle")
                    next = into
                }
                try require(shards.ticket(next) != nil, "ticket \(id) is merged into one that is not there")
            }
        }
    }

    private func requireSound(_ purpose: TimerPurpose) throws(ByteReader.Malformed) {
        switch purpose {
        case .rosterTurns(let number):
            try require(routing.rosters[number] != nil, "a timer turns a roster that is not there")
        case .leaseEnds(let agent), .recoveryEnds(let agent):
            try require(isKnown(agent), "a timer ends the lease of an agent that is not there")
        case .wrapUpEnds(let agent):
            try require(isKnown(agent), "a timer ends the wrap-up of an agent that is not there")
        case .scheduleBegins(let agent, let number):
            try require(isKnown(agent), "a timer begins the planned pause of an agent that is not there")
            try require(
                routing.agents[agent.position].schedules.contains { $0.number == number },
                "a timer begins a planned pause that is not there")
        case .pauseEnds(let agent):
            try require(isKnown(agent), "a timer ends the pause of an agent that is not there")
        case .queueEmpties(let department, _):
            try require(
                department.position < routing.departments.count, "a timer names a department that is not there")
        case .backoffEnds(let agent):
            try require(isKnown(agent), "a timer ends the rest of an agent that is not there")
        case .absenceEnds(let agent, let department, _):
            try require(isKnown(agent), "a timer ends the absence of an agent that is not there")
            try require(
                department.position < routing.departments.count, "a timer names a department that is not there")
        case .answerEnds(let ticket):
            try require(
                shards.ticket(ticket)?.placement.owesAnswer ?? false,
                "a timer waits for an answer to ticket \(ticket.rawValue), which nobody owes")
        case .ticketWakes(let ticket), .skipExpires(let ticket), .ownerGraceEnds(let ticket),
            .deliveryDetailsExpire(let ticket), .offersEnd(let ticket), .ticketWidens(let ticket),
            .waitEnds(let ticket):
            try require(
                shards.ticket(ticket) != nil, "a timer concerns ticket \(ticket.rawValue), which is not there")
        }
    }

    /// What rings waits, and rings at agents who are there, at each once.
    func requireSound(_ round: OfferRound, of ticket: TicketID) throws(ByteReader.Malformed) {
        let id = ticket.rawValue
        guard case .waiting = shards.ticket(ticket)?.placement.kind else {
            throw ByteReader.Malformed(what: "ticket \(id) is offered and does not wait", offset: 0)
        }
        try require(!round.offers.isEmpty, "ticket \(id) is offered to nobody")
        for offer in round.offers {
            try require(isKnown(offer.agent), "ticket \(id) is offered to an agent that is not there")
            try require(
                round.offers.count { $0.agent == offer.agent } == 1, "ticket \(id) is offered to one agent twice")
        }
    }

    func isKnown(_ agent: AgentIndex) -> Bool { agent.position < routing.agents.count }
}
