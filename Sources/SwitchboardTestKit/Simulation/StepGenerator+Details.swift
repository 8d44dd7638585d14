import SwitchboardModel

extension StepGenerator {
    /// A command on what hangs on a ticket beside its status.
    mutating func detailCommand(_ ticket: TicketID) -> Command {
        switch chance.int(1...20) {
        case 1...4:
            var command = StartWork(ticket: ticket, by: agent())
            command.isBillable = chance.of(50)
            return .detail(command)
        case 5...7: return .detail(StopWork(ticket: ticket, by: agent()))
        case 8...9:
            var command = LogWork(ticket: ticket, by: agent(), span: .seconds(Int64(chance.int(1...900))))
            command.isBillable = chance.of(50)
            return .detail(command)
        case 10...11:
            var command = AddTask(ticket: ticket, title: "task")
            if chance.of(50) { command.agent = agent() }
            return .detail(command)
        case 12:
            var command = SetTask(ticket: ticket, task: UInt32(chance.int(1...2)))
            command.isDone = chance.of(70)
            return .detail(command)
        case 13: return .detail(RemoveTask(ticket: ticket, task: UInt32(chance.int(1...2))))
        case 14:
            var command = AddConversation(ticket: ticket, title: "aside")
            command.isInternal = chance.of(50)
            return .detail(command)
        case 15...16: return .detail(RateTicket(ticket: ticket, score: UInt8(chance.int(1...5))))
        case 17...18:
            var command = SetDelivery(
                ticket: ticket, entry: UInt32(chance.int(2...6)),
                status: chance.pick([.scheduled, .sent, .failed]))
            if chance.of(50) { command.detail = "250 ok" }
            return .detail(command)
        case 19:
            var attachment = Attachment()
            attachment.entry = UInt32(chance.int(1...4))
            attachment.name = "file"
            return .detail(AddAttachment(ticket: ticket, attachment: attachment))
        default:
            var command = SetTicket(ticket: ticket)
            command.people.addedParticipants = [agent()]
            if chance.of(50) { command.people.removedParticipants = [agent()] }
            command.people.addedFollowers = [.agent(agent()), .address("eva@example.com")]
            if chance.of(50) { command.description = "description" }
            return .setTicket(command)
        }
    }
}
