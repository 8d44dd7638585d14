import SwitchboardModel

/// Makes the steps of a run from its seed alone: what a few connections could send, right and wrong, without looking
/// at any answer. It keeps count of what is probably there, so that most commands find what they name.
struct StepGenerator {
    var chance: SeededChance
    private let wanted: Int
    /// What is probably there.
    var agents: [String] = []
    var departments: [String] = []
    var opened: UInt64 = 0
    var written = 0
    var merged: [TicketID] = []
    /// The ids that requests had, and the requests.
    private var names: [(id: String, first: SimulatedCommand)] = []
    /// Kinds of runs: with one agent only, with little time passing, with many restarts.
    private let hasOneAgent: Bool
    private let isRestless: Bool
    /// Agents are asked first.
    private let isAsking: Bool
    /// Tickets take more than one slot.
    let isWeighing: Bool
    /// Owners have to answer in time.
    private let isUrging: Bool

    static let agentNames = (1...8).map { "operator-\($0)" } + ["al", "bo"]
    static let departmentNames = ["sales", "help", "night", "lab"]

    init(seed: UInt64, commands: Int) {
        var chance = SeededChance(seed: seed &* 0x9e37_79b9 &+ 17)
        hasOneAgent = chance.of(15)
        isRestless = chance.of(20)
        isAsking = chance.of(40)
        isWeighing = chance.of(35)
        isUrging = chance.of(30)
        self.chance = chance
        wanted = commands
    }

    static func steps(seed: UInt64, commands: Int) -> [SimulationStep] {
        var generator = StepGenerator(seed: seed, commands: commands)
        return generator.steps()
    }

    private mutating func steps() -> [SimulationStep] {
        var steps = setUp()
        var count = steps.count
        while count < wanted {
            let step = step()
            count += step.commands.count
            steps.append(step)
        }
        return steps
    }

    /// Departments and agents to begin with.
    private mutating func setUp() -> [SimulationStep] {
        var commands: [Command] = []
        for _ in 0..<chance.int(1...3) { commands.append(addDepartment()) }
        let people = hasOneAgent ? 1 : chance.int(2...6)
        for _ in 0..<people { commands.append(addAgent()) }
        for agent in agents where chance.of(80) {
            commands.append(.setPresence(SetPresence(id: AgentID(agent), presence: .online)))
        }
        return commands.map { .commands([SimulatedCommand(command: $0)]) }
    }

    private mutating func step() -> SimulationStep {
        switch chance.int(1...1000) {
        case 1...isRestlessShare: return restart()
        case 41...50: return .snapshot
        case 51...150: return .advance(chance.of(3) ? .seconds(24 * 3600) : span(longest: 3600))
        case 151...200: return .commands((0..<chance.int(2...12)).map { _ in command() })
        case 201...250: return .commands(answers())
        default: return .commands([command()])
        }
    }

    private var isRestlessShare: Int { isRestless ? 30 : 8 }

    private mutating func restart() -> SimulationStep {
        let group = (0..<chance.int(1...6)).map { _ in command() }
        let seed = chance.next()
        let crash: Crash =
            switch chance.int(1...8) {
            case 1: .closed
            case 2: .killed
            case 3, 4: .torn(seed)
            case 5: .scattered(seed)
            case 6, 7: .cut(seed >> 1)
            default: .damagedSnapshot(seed >> 1)
            }
        return .restart(crash, after: group, shards: chance.int(1...5))
    }

    private mutating func command() -> SimulatedCommand {
        let command =
            switch chance.int(1...100) {
            case 1...72: ticketCommand()
            case 73...95: agentCommand()
            default: departmentCommand()
            }
        let version: SimulatedCommand.Version =
            switch chance.int(1...20) {
            case 1, 2: .current
            case 3: .stale
            default: .none
            }
        return named(SimulatedCommand(command: command, version: version))
    }

    /// Some requests have an id, some of these are sent again soon after or much later, some use one that was used.
    private mutating func named(_ command: SimulatedCommand) -> SimulatedCommand {
        guard chance.of(20) else { return command }
        var named = command
        if !names.isEmpty, chance.of(60) {
            let (id, first) = chance.pick(chance.of(50) ? Array(names.suffix(3)) : names)
            let isAgain = chance.of(85)
            if isAgain { named = first }
            named.name = SimulatedCommand.Name(id: id, isAgain: isAgain)
            return named
        }
        named.name = SimulatedCommand.Name(id: "r\(names.count + 1)", isAgain: false)
        names.append((named.name?.id ?? "", command))
        return named
    }

    // MARK: Departments

    private mutating func departmentCommand() -> Command {
        switch chance.int(1...12) {
        case 11: return saveView()
        case 12:
            var command = RemoveView(id: view())
            if chance.of(50) { command.by = agent() }
            return .removeView(command)
        case 1: return addDepartment()
        case 2:
            let name = department()
            return .removeDepartment(RemoveDepartment(id: DepartmentID(name)))
        default:
            var command = SetDepartment(id: DepartmentID(department()))
            if chance.of(60) { command.base = channelSettings() }
            if chance.of(40) { command.own[channel()] = channelSettings() }
            if chance.of(40) { command.overflow.base = overflow() }
            if chance.of(15) { command.overflow.own[channel()] = overflow() }
            if chance.of(20) { command.slot = chance.of(50) ? .untilAnswered : .untilResolved }
            if chance.of(20) { command.maxPaused = chance.of(30) ? .some(nil) : .some(UInt32(chance.int(0...3))) }
            return .setDepartment(command)
        }
    }

    private mutating func addDepartment() -> Command {
        let name = chance.pick(Self.departmentNames)
        if !departments.contains(name) { departments.append(name) }
        var command = AddDepartment(id: DepartmentID(name))
        if chance.of(70) { command.settings.base = channelSettings() }
        if chance.of(30) { command.settings.own[channel()] = channelSettings() }
        if chance.of(30) { command.overflow.base = overflow() }
        if chance.of(25) { command.settings.slot = .untilAnswered }
        if chance.of(30) { command.settings.maxPaused = UInt32(chance.int(1...3)) }
        return .addDepartment(command)
    }

    private mutating func overflow() -> OverflowRequest {
        switch chance.int(1...10) {
        case 1: .none
        case 2, 3: .callback
        case 4: .message
        case 5: .reject
        default: .department(DepartmentID(department()))
        }
    }

    private mutating func saveView() -> Command {
        let filter = chance.pick(["status in (new, open)", "agent = me and priority <= 2", "age > 8h", "nonsense"])
        var command = SaveView(id: view(), filter: filter)
        if chance.of(50) { command.owner = agent() }
        if chance.of(50) { command.isShared = chance.of(50) }
        if chance.of(20) { command.group = "dept" } else if chance.of(30) { command.sort = "priority,-created_at" }
        return .saveView(command)
    }

    private mutating func view() -> ViewID { ViewID(chance.pick(["mine", "urgent", "old"])) }

    private mutating func channelSettings() -> ChannelSettings {
        var settings = ChannelSettings()
        if chance.of(70) { settings.strategy = chance.pick(Strategy.allCases) }
        if chance.of(30) {
            settings.ageing = chance.of(30) ? Ageing.none : .headStart(.seconds(chance.pick([0, 1, 90, 3600])))
        }
        if chance.of(30) { settings.retry = .seconds(chance.pick([0, 5, 60, 600])) }
        if chance.of(30) { settings.absence = chance.pick(AbsencePolicy.allCases) }
        if chance.of(30) { settings.grace = .seconds(chance.pick([0, 5, 60])) }
        if chance.of(20) { settings.reopen = chance.of(50) }
        if isAsking {
            settings.assignment = .offer
            if settings.strategy == .manual { settings.strategy = .ringAll }
        }
        if chance.of(20) { settings.assignment = chance.pick([.direct, .offer, .offer]) }
        if chance.of(20) { settings.ring = .seconds(chance.pick([1, 5, 30, 60])) }
        if chance.of(20) { settings.offers = UInt8(chance.int(1...4)) }
        if chance.of(15) { settings.backoff = .seconds(chance.pick([0, 5, 60])) }
        if chance.of(15) { settings.maxQueue = chance.of(30) ? .some(nil) : UInt32(chance.int(0...4)) }
        if chance.of(15) { settings.maxWait = chance.of(20) ? .some(nil) : .seconds(chance.pick([1, 30, 60, 600])) }
        if chance.of(15) { settings.whenEmpty = chance.pick([.wait, .overflow]) }
        if chance.of(10) { settings.callbackAttempts = UInt8(chance.int(1...3)) }
        if chance.of(10) { settings.callbackDelay = .seconds(chance.pick([0, 5, 900])) }
        if chance.of(15) { settings.mostMissed = UInt32(chance.int(0...3)) }
        if chance.of(25) { settings.tierWait = .seconds(chance.pick([0, 5, 60])) }
        if chance.of(30) { settings.lastAgent = .seconds(chance.pick([0, 60, 3600])) }
        if chance.of(30) { settings.lastAgentWait = .seconds(chance.pick([0, 5, 60])) }
        if chance.of(25) { settings.relax = relaxation() }
        if isUrging, chance.of(30) { settings.answerWithin = .seconds(chance.pick([0, 600, 3600])) }
        if isWeighing, chance.of(20) { settings.weight = UInt8(chance.int(1...3)) }
        if chance.of(30) { settings.wrapUp = .seconds(chance.pick([0, 5, 30, 60])) }
        return settings
    }

    mutating func relaxation() -> Relaxation {
        Relaxation(span: .seconds(chance.pick([0, 5, 30, 60])), step: chance.pick([0, 1, 3]))
    }

    mutating func skills() -> [Skill] {
        let names = ["french", "billing", "vip"].filter { _ in chance.of(40) }
        return names.map { Skill(name: $0, level: chance.pick([1, 2, 5, 100])) }
    }

    // MARK: Words

    mutating func channel() -> Channel { chance.of(60) ? .ticket : chance.pick([.chat, .call]) }

    mutating func department() -> String {
        departments.isEmpty || chance.of(2) ? chance.pick(Self.departmentNames + ["nowhere"]) : chance.pick(departments)
    }

    mutating func agent() -> AgentID {
        AgentID(agents.isEmpty || chance.of(2) ? chance.pick(Self.agentNames + ["nobody"]) : chance.pick(agents))
    }

    /// Whole seconds mostly, so that moments meet.
    mutating func span(longest: Int) -> TimeSpan {
        let seconds = chance.pick([1, 1, 4, 5, 30, 59, 60, 61, 300, 600, longest])
        return chance.of(5) ? TimeSpan(milliseconds: Int64(chance.int(1...2500))) : .seconds(Int64(seconds))
    }
}

extension SeededChance {
    package mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    /// True in so many of a hundred cases.
    package mutating func of(_ percent: Int) -> Bool { int(1...100) <= percent }
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[int(0...(elements.count - 1))] }
}
