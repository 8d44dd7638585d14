import SwitchboardModel
import SwitchboardWire

/// The balancer with one department, given commands directly: values only, no lane and no journal.
struct QueueDesk: ~Copyable {
    private var routing = Routing()
    private var tables = Shards(shards: 1)
    private let channel: Channel
    private let department = DepartmentID("desk")
    private let start = Timestamp.manualStart

    init(_ desk: QueueCase) {
        channel = desk.channel
        var add = AddDepartment(id: department)
        add.settings.base.strategy = desk.strategy
        add.settings.base.assignment = desk.assignment
        switch desk.system.rule {
        case .everyone, .patience: break
        case .places(let places):
            add.settings.base.maxQueue = .some(UInt32(places))
            add.overflow.base = .reject
        case .limit(let limit):
            add.settings.base.maxWait = .some(TimeSpan(milliseconds: Int64(limit * 1000)))
            add.overflow.base = .reject
        }
        require(perform(.addDepartment(add), at: 0).outcome)
        for (number, slots) in desk.capacities.enumerated() {
            let id = Self.agent(number)
            var agent = AddAgent(id: id, memberships: [MembershipRequest(department: department, tier: 0)])
            agent.capacity = PerChannel(ticket: 0, chat: 0, call: 0)
            agent.capacity[channel] = UInt32(slots)
            agent.traits.weight = UInt16(1 + number)
            agent.traits.position = UInt16(number)
            require(perform(.addAgent(agent), at: 0).outcome)
            require(perform(.setPresence(SetPresence(id: id, presence: .online)), at: 0).outcome)
        }
    }

    /// Agents are numbered from 0 as they were added.
    static func agent(_ number: Int) -> AgentID { AgentID("agent-\(number)") }

    /// Milliseconds from the start at which a timer is due.
    var nextTimer: Int64? { routing.timers.first.map { ($0.due - start).milliseconds } }

    mutating func fireTimer() -> Carried {
        guard let timer = routing.timers.first else { preconditionFailure("no timer is due") }
        return perform(.fireTimer(timer), at: (timer.due - start).milliseconds)
    }

    /// `TICKET OPEN`.
    mutating func open(at time: Int64) -> Carried {
        perform(.openTicket(OpenTicket(department: department, channel: channel)), at: time)
    }

    private mutating func perform(_ command: Command, at time: Int64) -> Carried {
        let now = start + TimeSpan(milliseconds: time)
        return routing.carryOut(command, &tables, at: now, record: routing.lastRecord.next)
    }

    /// `TICKET RESOLVE` by the owner.
    mutating func resolve(_ ticket: TicketID, at time: Int64) -> Carried {
        perform(.resolveTicket(ResolveTicket(ticket: ticket)), at: time)
    }

    /// `TICKET HANGUP` by the customer.
    mutating func hangUp(_ ticket: TicketID, at time: Int64) -> Carried {
        perform(.hangUpTicket(HangUpTicket(ticket: ticket)), at: time)
    }

    /// `OFFER ACCEPT`.
    mutating func accept(_ ticket: TicketID, by agent: Int, at time: Int64) -> Carried {
        perform(.acceptOffer(AcceptOffer(ticket: ticket, by: Self.agent(agent))), at: time)
    }

    /// What the balancer itself says: who waits, in its order, and how many each agent has.
    var books: (waiting: [TicketID], holds: [Int]) {
        let derived = routing.derived
        let holds = stride(from: 0, to: derived.holds.count, by: 3).map { agent in
            derived.holds[agent..<agent + 3].reduce(0) { $0 + $1.count }
        }
        return (derived.waiting[Int(channel.rawValue)], holds)
    }

    /// What its own verification finds wrong.
    var problems: [String] {
        StateImage(tickets: tables.tickets, agents: tables.agents, routing: routing.image()).verify().problems
    }

    private func require(_ outcome: Outcome) {
        if case .rejected(let rejection) = outcome { preconditionFailure("refused: \(rejection)") }
    }
}
