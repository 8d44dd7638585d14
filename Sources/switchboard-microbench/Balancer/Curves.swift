import SwitchboardClient
import SwitchboardModel

/// Up to what size the curves go.
struct CurveSizes {
    var seed: UInt64 = 1
    var mostAgents = 100_000
    var mostWaiting = 1_000_000
    var tickets = 1_000_000
    var words = 50_000

    var agents: [Int] { [100, 1000, 10_000, 100_000, 1_000_000].filter { $0 <= mostAgents } }
    var waiting: [Int] { [10, 1000, 100_000, 1_000_000, 10_000_000].filter { $0 <= mostWaiting } }
}

/// What the balancer takes by the size of the help desk: each curve should be flat.
struct Curves {
    let sizes: CurveSizes

    init(_ sizes: CurveSizes) { self.sizes = sizes }

    /// 200 agents for each department, up to 500 departments.
    private func desk(_ agents: Int) -> HelpDesk {
        HelpDesk(agents: agents, departments: min(max(agents / 200, 1), 500), seed: sizes.seed)
    }

    private func name(_ what: String, _ desk: HelpDesk) -> String {
        "\(what), \(grouped(desk.agents)) agents, \(desk.departments) departments"
    }

    func assign(_ meter: inout Meter) {
        meter.begin("an OPEN that is assigned and a RESOLVE that gives the slot back, a pair")
        let pairs = meter.operations(20_000)
        for agents in sizes.agents {
            let desk = desk(agents)
            let opens = (0..<desk.departments).map { desk.opening(in: $0) }
            // Everybody has had a ticket before.
            for number in 0..<meter.operations(agents) {
                let ticket = TicketID(desk.nextTicket)
                desk.perform(opens[number % opens.count])
                desk.perform(.resolveTicket(ResolveTicket(ticket: ticket)))
                if number % 16 == 0 { desk.tick() }
            }
            var commands: [Command] = []
            meter.measure(
                name("pair", desk), operations: pairs,
                prepare: {
                    commands.removeAll(keepingCapacity: true)
                    let next = desk.nextTicket
                    for pair in 0..<pairs {
                        commands.append(opens[desk.random(below: opens.count)])
                        commands.append(.resolveTicket(ResolveTicket(ticket: TicketID(next + UInt64(pair)))))
                    }
                }, body: { desk.perform(commands) })
        }
    }

    /// Ten agents who are full; each RESOLVE lets the head of the queue be pulled.
    func waiting(_ meter: inout Meter) {
        meter.begin("an OPEN that waits and a RESOLVE that pulls the head of the queue, a pair")
        let pairs = meter.operations(20_000)
        for waiting in sizes.waiting {
            let desk = HelpDesk(agents: 10, departments: 1, seed: sizes.seed)
            let opens = (1...9).map { desk.opening(in: 0, priority: $0) }
            var held: [TicketID] = []
            while held.count < 100 {
                desk.perform(opens[desk.random(below: 9)])
                if let ticket = desk.assigned { held.append(ticket) }
            }
            for number in 0..<waiting {
                desk.perform(opens[desk.random(below: 9)])
                if number % 16 == 0 { desk.tick() }
            }
            var commands: [Command] = []
            var turn = 0
            meter.measure(
                "pair, \(grouped(waiting)) waiting", operations: pairs,
                prepare: { commands = (0..<pairs).map { _ in opens[desk.random(below: 9)] } },
                body: {
                    var sum: UInt64 = 0
                    for command in commands {
                        sum &+= desk.perform(command)
                        let place = turn % held.count
                        sum &+= desk.perform(.resolveTicket(ResolveTicket(ticket: held[place])))
                        guard let pulled = desk.assigned else { preconditionFailure("nobody was pulled") }
                        held[place] = pulled
                        turn += 1
                        if turn % 16 == 0 { desk.tick() }
                    }
                    return sum
                })
        }
    }

    func presence(_ meter: inout Meter) {
        meter.begin("an agent's presence, a pair: away and back")
        let pairs = meter.operations(2000)
        for agents in sizes.agents {
            let desk = desk(agents)
            // Somebody is away all the time, so that there are timers.
            desk.perform(.setPresence(SetPresence(id: HelpDesk.agent(0), presence: .offline)))
            var commands: [Command] = []
            func prepare(_ pair: (AgentID) -> [Command]) {
                commands = (0..<pairs).flatMap { _ in pair(HelpDesk.agent(1 + desk.random(below: desk.agents - 1))) }
            }
            meter.measure(
                name("OFFLINE and ONLINE", desk), operations: pairs,
                prepare: {
                    prepare { agent in
                        [
                            .setPresence(SetPresence(id: agent, presence: .offline)),
                            .setPresence(SetPresence(id: agent, presence: .online)),
                        ]
                    }
                }, body: { desk.perform(commands) })
            meter.measure(
                name("PAUSE and RESUME", desk), operations: pairs,
                prepare: {
                    prepare { [.pauseAgent(PauseAgent(id: $0)), .resumeAgent(ResumeAgent(id: $0))] }
                }, body: { desk.perform(commands) })
        }
    }

    func departments(_ meter: inout Meter) {
        meter.begin("departments")
        for agents in sizes.agents {
            let desk = desk(agents)
            let operations = meter.operations(200)
            /// Twice for each of the departments in turn, so that each changes something.
            func settings(_ change: (inout SetDepartment, Int) -> Void) -> [Command] {
                (0..<operations).map { number in
                    var set = SetDepartment(id: HelpDesk.department(number / 2 % desk.departments))
                    change(&set, number % 2)
                    return .setDepartment(set)
                }
            }
            let titles = settings { $0.title = "title \($1)" }
            meter.measure(name("DEPT SET title=", desk), operations: operations) { desk.perform(titles) }
            let strategies = settings { $0.base.strategy = $1 == 0 ? .longestIdle : .leastLoaded }
            meter.measure(name("DEPT SET strategy=", desk), operations: operations) { desk.perform(strategies) }
            let query = Query.showDepartment(HelpDesk.department(0))
            meter.measure(name("DEPT SHOW", desk), operations: operations) {
                (0..<operations).reduce(0) { sum, _ in sum &+ desk.answer(query) }
            }
            var pause = SetDepartment(id: HelpDesk.department(0))
            pause.maxPaused = 1000
            desk.perform(.setDepartment(pause))
            let agent = HelpDesk.agent(0)
            meter.measure(name("PAUSE and RESUME under max_paused=", desk), operations: operations) {
                (0..<operations).reduce(0) { sum, _ in
                    sum &+ desk.perform(.pauseAgent(PauseAgent(id: agent)))
                        &+ desk.perform(.resumeAgent(ResumeAgent(id: agent)))
                }
            }
        }
    }
}
