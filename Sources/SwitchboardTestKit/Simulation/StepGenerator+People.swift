import SwitchboardModel

extension StepGenerator {
    mutating func agentCommand() -> Command {
        switch chance.int(1...37) {
        case 1...6: return .setPresence(SetPresence(id: agent(), presence: .online))
        case 7...9: return .setPresence(SetPresence(id: agent(), presence: .offline))
        case 10...13: return pause()
        case 14...16: return .resumeAgent(ResumeAgent(id: agent()))
        case 17...21: return setAgent()
        case 22, 23: return addAgent()
        case 35...37: return roster()
        case 30...32: return .beatAgent(BeatAgent(id: agent()))
        case 33, 34: return login()
        case 27...29: return schedule()
        case 25, 26: return .readyAgent(ReadyAgent(id: agent()))
        default:
            let id = agent()
            if agents.count > 1 { agents.removeAll { $0 == id.rawValue } }
            return .removeAgent(RemoveAgent(id: id))
        }
    }

    mutating func addAgent() -> Command {
        let missing = Self.agentNames.filter { !agents.contains($0) }
        let name = missing.isEmpty || chance.of(10) ? chance.pick(Self.agentNames) : chance.pick(missing)
        if !agents.contains(name) { agents.append(name) }
        var command = AddAgent(id: AgentID(name), memberships: memberships())
        if chance.of(80) {
            command.capacity = PerChannel(ticket: capacity(), chat: capacity(), call: UInt32(chance.int(0...1)))
        }
        if chance.of(30) { command.traits.weight = UInt16(chance.pick([1, 5, 1000])) }
        if chance.of(30) { command.traits.position = UInt16(chance.int(0...3)) }
        if chance.of(60) { command.traits.skills = skills() }
        if chance.of(30) { command.traits.exclusive = [.init(channel())] }
        return .addAgent(command)
    }

    private mutating func setAgent() -> Command {
        var command = SetAgent(id: agent())
        if chance.of(30) { command.memberships = memberships() }
        if chance.of(50) { command.ticketCapacity = capacity() }
        if chance.of(20) { command.maxOpen = UInt32(chance.int(0...3)) }
        if chance.of(15) {
            command.pauseBudget = chance.of(30) ? .some(nil) : .some(.seconds(chance.pick([0, 600, 3600])))
        }
        if chance.of(10) { command.offset = .seconds(chance.pick([0, 3600, -5400])) }
        if chance.of(15) { command.lease = chance.of(30) ? .some(nil) : .some(.seconds(chance.pick([1, 30, 60]))) }
        if chance.of(30) { command.chatCapacity = capacity() }
        if chance.of(20) { command.callCapacity = capacity() }
        if chance.of(10) { command.weight = UInt16(chance.pick([1, 5, 10, 1000])) }
        if chance.of(20) { command.skills = skills() }
        if chance.of(10) { command.exclusive = chance.of(50) ? [] : [.init(channel()), .init(.call)] }
        if chance.of(10) { command.position = UInt16(chance.int(0...3)) }
        return .setAgent(command)
    }

    private mutating func capacity() -> UInt32 { UInt32(chance.pick([0, 1, 1, 2, 2, 3, 4, 6])) }

    private mutating func memberships() -> [MembershipRequest] {
        let count = chance.pick([1, 1, 2, 2, 3])
        let isCareless = chance.of(5)
        var requests: [MembershipRequest] = []
        for _ in 0..<count {
            let name = DepartmentID(department())
            let tier = UInt16(chance.pick([0, 0, 0, 1, 2]))
            guard isCareless || !requests.contains(where: { $0.department == name }) else { continue }
            requests.append(MembershipRequest(department: name, tier: tier))
        }
        return requests
    }

    private mutating func roster() -> Command {
        let id = RosterID(chance.pick(["phones", "nights"]))
        switch chance.int(1...5) {
        case 1: return .removeRoster(RemoveRoster(id: id))
        case 2: return .setRoster(SetRoster(id: id, duty: chance.of(30) ? [] : [agent()]))
        default:
            var command = AddRoster(
                id: id, department: DepartmentID(department()),
                agents: Array(Set((0..<chance.int(1...3)).map { _ in agent().rawValue })).sorted().map { AgentID($0) },
                span: .seconds(chance.pick([60, 600, 3600])))
            if chance.of(60) { command.channels = ChannelSet(channel()) }
            if chance.of(30) { command.onDuty = 2 }
            if chance.of(20) { command.start = Timestamp.manualStart + span(longest: 7200) }
            return .addRoster(command)
        }
    }

    private mutating func login() -> Command {
        var command = LoginAgent(id: agent())
        if chance.of(60) { command.lease = chance.of(20) ? .some(nil) : .some(.seconds(chance.pick([5, 30, 300]))) }
        if chance.of(30) { command.pause = PauseAgent(id: command.id) }
        return .loginAgent(command)
    }

    /// Soon after the midnight at which the clock starts, mostly.
    private mutating func schedule() -> Command {
        if chance.of(25) { return .removeSchedule(RemoveSchedule(agent: agent(), number: UInt32(chance.int(1...3)))) }
        var schedule = Schedule()
        schedule.at = .seconds(Int64(60 * (chance.of(80) ? chance.int(0...120) : chance.int(0...1439))))
        schedule.span = .seconds(chance.pick([60, 600, 1800]))
        if chance.of(40) { schedule.days = Weekdays(rawValue: UInt8(chance.int(1...127))) }
        if chance.of(30) { schedule.channels = ChannelSet(channel()) }
        if chance.of(30) { schedule.kind = .return }
        return .addSchedule(AddSchedule(agent: agent(), schedule: schedule))
    }

    private mutating func pause() -> Command {
        var command = PauseAgent(id: agent())
        if chance.of(50) { command.span = span(longest: 1800) }
        if chance.of(40) { command.channels = chance.of(50) ? ChannelSet(channel()) : [.init(.chat), .init(.call)] }
        if chance.of(40) { command.kind = .return }
        if chance.of(20) { command.reason = "lunch" }
        if chance.of(30) { command.isAfterWork = true }
        if chance.of(40) { command.queues = true }
        if chance.of(20) { command.by = agent() }
        if chance.of(10) { command.force = true }
        return .pauseAgent(command)
    }
}
