import SwitchboardModel

extension StepGenerator {
    mutating func ticketCommand() -> Command {
        switch chance.int(1...106) {
        case 1...19: return open()
        case 20...26:
            var command = MessageTicket(ticket: ticket(), body: text("again"))
            if chance.of(15) { command.reference = reference() }
            return .messageTicket(command)
        case 27...34: return .replyTicket(ReplyTicket(ticket: ticket(), by: agent(), body: text("answer")))
        case 35: return .noteTicket(NoteTicket(ticket: ticket(), by: agent(), body: text("note")))
        case 36...41:
            var command = AssignTicket(ticket: ticket(), agent: agent())
            command.by = actor()
            command.force = chance.of(30)
            return .assignTicket(command)
        case 42...44:
            var command = TakeTicket(ticket: ticket(), by: agent())
            command.force = chance.of(15)
            return .takeTicket(command)
        case 45...48:
            var command = ReleaseTicket(ticket: ticket())
            command.by = actor()
            return .releaseTicket(command)
        case 49...52:
            var command = NextTicket(by: agent())
            if chance.of(50) { command.channel = channel() }
            return .nextTicket(command)
        case 53...57: return transfer()
        case 58...64:
            var command = ResolveTicket(ticket: ticket())
            command.by = actor()
            return .resolveTicket(command)
        case 65...67: return .reopenTicket(ReopenTicket(ticket: ticket()))
        case 68...72: return postpone()
        case 73...76:
            var command = DiscardTicket(ticket: ticket(), as: chance.of(50) ? .spam : .deleted)
            command.by = actor()
            return .discardTicket(command)
        case 77: return .purgeTicket(PurgeTicket(ticket: ticket()))
        case 78...81:
            var command = MergeTicket(ticket: ticket(), into: ticket())
            command.by = actor()
            merged.append(command.ticket)
            return .mergeTicket(command)
        case 82...83:
            // Merged lately, perhaps.
            let id = merged.isEmpty || chance.of(10) ? ticket() : chance.pick(Array(merged.suffix(4)))
            return .unmergeTicket(UnmergeTicket(ticket: id))
        case 84...86: return split()
        case 87...96: return detailCommand(ticket())
        case 97...99:
            var command = HangUpTicket(ticket: ringing())
            command.by = actor()
            return .hangUpTicket(command)
        case 100...102:
            var command = RequestCallback(ticket: chance.of(50) ? ticket() : ringing())
            if chance.of(70) { command.phone = "+49 30 1" }
            return .requestCallback(command)
        case 103...104: return .failCallback(FailCallback(ticket: ticket()))
        default:
            var command = SetTicket(ticket: ticket())
            if chance.of(80) { command.priority = UInt8(chance.int(1...9)) }
            if chance.of(20) { command.subject = chance.pick(["one", "two"]) }
            if chance.of(20) { command.addedTags = [chance.pick(["vip", "late"])] }
            if chance.of(20) { command.removedTags = [chance.pick(["vip", "late"])] }
            if chance.of(20) { command.fields = [CustomField(name: "order", value: chance.pick(["", "7", "8"]))] }
            if chance.of(15) { command.needs = skills() }
            if isWeighing, chance.of(25) { command.weight = weight() }
            if chance.of(10) { command.relax = .some(chance.of(30) ? nil : relaxation()) }
            command.by = actor()
            return .setTicket(command)
        }
    }

    private mutating func open() -> Command {
        var command = OpenTicket(department: DepartmentID(department()), channel: channel())
        // Some are refused.
        if chance.of(90) { opened += 1 }
        if chance.of(40) { command.priority = UInt8(chance.int(1...9)) }
        if chance.of(15) { command.agent = agent() }
        if chance.of(10) { command.reference = reference() }
        if chance.of(30) { command.source = chance.pick(["mail", "web"]) }
        if chance.of(30) { command.body = text("hello") }
        if chance.of(30) { command.subject = "subject" }
        if chance.of(10) { command.tags = ["vip"] }
        if chance.of(40) { command.from = chance.pick(["eva", "kim", "max"]) }
        if chance.of(25) { command.needs = skills() }
        if chance.of(10) { command.relax = relaxation() }
        if isWeighing, chance.of(25) { command.weight = weight() }
        return .openTicket(command)
    }

    private mutating func weight() -> UInt8 { chance.pick([1, 1, 2, 2, 3, 5, 100]) }

    private mutating func transfer() -> Command {
        var command = TransferTicket(ticket: ticket(), department: DepartmentID(department()))
        if chance.of(30) { command.agent = agent() }
        command.by = actor()
        if chance.of(15) { command.note = text("over to you") }
        return .transferTicket(command)
    }

    private mutating func split() -> Command {
        let first = UInt32(chance.int(1...6))
        let last = first + UInt32(chance.int(0...4))
        var command = SplitTicket(
            ticket: ticket(),
            chance.of(25) ? .duplicate : .numbers(chance.of(80) ? [first...last] : [1...1, 3...last + 3]))
        if chance.of(50) { command.department = DepartmentID(department()) }
        if chance.of(20) { command.agent = agent() }
        if isWeighing, chance.of(15) { command.weight = weight() }
        if chance.of(40) { opened += 1 }
        return .splitTicket(command)
    }

    private mutating func postpone() -> Command {
        let span = span(longest: 7200)
        guard chance.of(10) else { return .postponeTicket(PostponeTicket(ticket: ticket(), until: .span(span))) }
        // A moment that is often past already.
        let time = Timestamp.manualStart + TimeSpan(milliseconds: span.milliseconds * Int64(chance.int(1...20)))
        return .postponeTicket(PostponeTicket(ticket: ticket(), until: .time(time)))
    }

    /// Mostly a late one: old ones are resolved.
    private mutating func ticket() -> TicketID {
        let last = Int(max(opened, 1))
        if chance.of(2) { return TicketID(UInt64(last + chance.int(1...5))) }
        let first = chance.of(70) ? max(1, last - 12) : 1
        return TicketID(UInt64(chance.int(first...last)))
    }

    /// Every agent answers one ticket, mostly one that rings: the first has it, the others are too late.
    mutating func answers() -> [SimulatedCommand] {
        let ticket = chance.of(80) ? TicketID(0) : ringing()
        let declines = chance.of(25)
        var people = agents
        people.shuffle(using: &chance)
        return people.map { agent in
            let token = chance.of(8) ? String(chance.int(1...20)) : nil
            if declines, chance.of(80) {
                var command = DeclineOffer(ticket: ticket, by: AgentID(agent))
                command.token = token
                return SimulatedCommand(command: .declineOffer(command))
            }
            var command = AcceptOffer(ticket: ticket, by: AgentID(agent))
            command.token = token
            return SimulatedCommand(command: .acceptOffer(command))
        }
    }

    /// One of the last: what rings is new.
    private mutating func ringing() -> TicketID {
        chance.of(30) ? ticket() : TicketID(UInt64(max(1, Int(opened) - chance.int(0...3))))
    }

    private mutating func actor() -> AgentID? { chance.of(40) ? agent() : nil }

    /// No two messages are the same.
    private mutating func text(_ words: String) -> String {
        written += 1
        return "\(words) \(written)"
    }

    private mutating func reference() -> String { "m\(chance.int(1...12))" }
}
