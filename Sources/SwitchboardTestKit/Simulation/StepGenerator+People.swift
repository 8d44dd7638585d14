import SwitchboardModel

extension StepGenerator {
    mutating func agentCommand() -> Command {
        switch chance.int(1...24) {
        case 1...6: return .setPresence(SetPresence(id: agent(), presence: .online))
        case 7...9: return .setPresence(SetPresence(id: agent(), presence: .offline))
        case 10...13: return pause()
        case 14...16: return .resumeAgent(ResumeAgent(id: agent()))
        case 17...21: return setAgent()
        case 22, 23: return addAgent()
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

    private mutating func pause() -> Command {
        var command = PauseAgent(id: agent())
        if chance.of(50) { command.span = span(longest: 1800) }
        if chance.of(40) { command.channels = chance.of(50) ? ChannelSet(channel()) : [.init(.chat), .init(.call)] }
        if chance.of(40) { command.kind = .return }
        if chance.of(20) { command.reason = "lunch" }
        return .pauseAgent(command)
    }
}
