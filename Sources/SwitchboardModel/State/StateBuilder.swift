/// Builds the state from a snapshot's sections and the records after it.
public struct StateBuilder: ~Copyable {
    public var routing = Routing()
    public var shards: Shards
    /// Where the tickets of the section that was loaded last are; nil for one that is not of tickets, or whose tickets are
    /// not in rising order in one shard.
    public private(set) var loadedTickets: LoadedTickets?
    private var lastTimer: UInt64 = 0

    public init(shards: Int) { self.shards = Shards(shards: shards) }

    /// Takes in one section. Throws when its bytes are not what they should be; the builder is then of no use.
    public mutating func load(_ kind: SectionKind, _ bytes: [UInt8]) throws(ByteReader.Malformed) {
        var reader = ByteReader(bytes)
        var places = LoadedTickets.Finder()
        defer { loadedTickets = places.found }
        while !reader.isAtEnd {
            let value = try reader.blob()
            switch kind {
            case .counters:
                let counters = try FieldReader.read(Counters.self, from: value)
                routing.nextTicket = counters.nextTicket
                routing.unusedIDs = try UnusedIDs(counters.unusedIDs, below: counters.nextTicket)
                routing.lastTime = counters.lastTime
                routing.lastRecord = counters.lastRecord
                lastTimer = counters.lastTimer
                routing.lastOffer = counters.lastOffer
                routing.timers.restore(lastNumber: lastTimer)
            case .departments:
                let department = try FieldReader.read(Department.self, from: value)
                try require(department.index.position == routing.departments.count, "departments are out of order")
                routing.append(department)
            case .agents:
                try load(try FieldReader.read(Agent.self, from: value))
            case .profiles:
                let profile = try FieldReader.read(AgentProfile.self, from: value)
                try require(profile.index.position < routing.agents.count, "a profile has no agent")
                shards.agents[profile.index.position % shards.agents.count].restore(profile)
            case .skips:
                let list = try FieldReader.read(SkipList.self, from: value)
                routing.skips[list.ticket] = list.skips
            case .timers:
                routing.timers.restore(try FieldReader.read(ServiceTimer.self, from: value), lastNumber: lastTimer)
            case .offers:
                let round = try FieldReader.read(OfferRound.self, from: value)
                try require(routing.offers[round.ticket] == nil, "ticket \(round.ticket.rawValue) is offered twice")
                routing.offers[round.ticket] = round
            case .tickets:
                let stored = try FieldReader.read(StoredTicket.self, from: value)
                try load(stored)
                places.add(stored.ticket.id, shards)
            case .requests:
                let remembered = try FieldReader.read(RememberedRequest.self, from: value)
                try routing.check(remembered.request)
                routing.requests.append(remembered.request, at: remembered.time, record: remembered.record)
            case .rosters:
                let roster = try FieldReader.read(Roster.self, from: value)
                try requireSound(roster)
                routing.rosters[roster.number] = roster
            case .views:
                let view = try FieldReader.read(View.self, from: value)
                try requireSound(view)
                routing.views[view.id.rawValue] = view
            case .lastAgents:
                let last = try FieldReader.read(LastAgent.self, from: value)
                try require(isKnown(last.agent), "a customer's last agent is not there")
                routing.lastAgents.insert(last)
            }
        }
    }

    private mutating func load(_ agent: Agent) throws(ByteReader.Malformed) {
        try require(agent.index.position == routing.agents.count, "agents are out of order")
        for membership in agent.memberships {
            try require(membership.department.position < routing.departments.count, "an agent has no such department")
        }
        routing.agents.append(agent)
        guard !agent.isRemoved else {
            routing.formerNames.add(agent.index, named: agent.id.rawValue)
            return
        }
        routing.agentIndexes[agent.id.rawValue] = agent.index
        routing.agentCount += 1
    }

    private mutating func load(_ stored: StoredTicket) throws(ByteReader.Malformed) {
        let ticket = stored.ticket
        let preferred = ticket.extras.prefers.map { $0.position < routing.agents.count } ?? true
        try require(preferred, "ticket \(ticket.id.rawValue) is for an agent that is not there")
        try requireSoundPlaces(ticket)
        try require(
            ticket.id.rawValue > 0 && ticket.id < routing.nextTicket && !routing.unusedIDs.contains(ticket.id),
            "ticket \(ticket.id.rawValue) is beyond the counter")
        try shards.tickets[shards.shard(ticket.id)].restore(
            stored, knowing: KnownIndexes(agents: routing.agents.count, departments: routing.departments.count))
        for reference in ticket.extras.references { routing.references[reference.text] = ticket.id }
    }

    /// The balancer's part; take `shards` before.
    public consuming func intoRouting() -> Routing { routing }

    func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(ByteReader.Malformed) {
        guard condition else { throw ByteReader.Malformed(what: what(), offset: 0) }
    }

    /// Derives the ledger, the queues and the candidates once all sections are loaded. Throws when what was loaded
    /// names a ticket, an agent or a department that is not there.
    public mutating func derive() throws(ByteReader.Malformed) {
        try requireSound()
        routing.derive(from: shards.tickets)
    }

    /// The state as it is now.
    public var image: StateImage {
        StateImage(tickets: shards.tickets, agents: shards.agents, routing: routing.image())
    }

    /// Applies one record of the journal.
    public mutating func apply(
        _ payload: ArraySlice<UInt8>, record: LogSequenceNumber
    ) throws(ByteReader.Malformed) {
        let (time, events) = try RecordCodec.decode(payload)
        for event in events {
            try requireSound(event, at: time)
            routing.apply(event, &shards, at: time, record: record)
        }
        routing.finish(at: time, record: record)
        routing.forgetChangedQueues()
    }
}

extension Routing {
    /// Fills the ledger and the queues from the tickets' placements, and the departments' staff and the candidates from the
    /// agents.
    mutating func derive(from tables: [TicketTable]) {
        agentFigures = PagedArray()
        for _ in 0..<agents.count { agentFigures.append(AgentFigures()) }
        // First, because a ticket waits for as many tiers as there are.
        for place in 0..<agents.count {
            let agent = AgentIndex(UInt32(place))
            if !rosters.isEmpty { agents[place].memberships = withDuty(agents[place].memberships, of: agent) }
            enrol(agent)
        }
        for table in tables {
            for ticket in table {
                ticketCount += 1
                count(ticket)
                newestCreation = max(newestCreation, ticket.createdAt)
                if ticket.isLate { hasLateTickets = true }
                let placement = ticket.placement
                if placement.isUnfinished { unfinished[placement.department.position] += 1 }
                switch placement.kind {
                case .idle: break
                case .waiting(let wants):
                    insertWaiting(ticket.id, placement, wants: wants, wish: ticket.hasWish ? ticket.wish : nil)
                    for offer in offers[ticket.id]?.offers ?? [] {
                        agents[offer.agent.position].holds.addOffer(
                            ticket.id, placement.channel, weight: placement.weight)
                    }
                case .held(let agent):
                    agents[agent.position].holds.add(
                        ticket.id, placement.channel, weight: placement.weight,
                        isConversation: placement.isConversation)
                }
            }
        }
        for agent in 0..<agents.count {
            agents[agent].block()
            followPauseWait(AgentIndex(UInt32(agent)), from: nil)
            for channel in Channel.allCases { propose(AgentIndex(UInt32(agent)), channel) }
        }
        forgetChangedQueues()
    }
}
