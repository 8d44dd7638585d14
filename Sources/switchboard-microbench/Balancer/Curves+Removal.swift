import SwitchboardClient
import SwitchboardModel

extension Curves {
    /// One turn each, whose length is the whole of it: nanoseconds a ticket.
    func removal(_ meter: inout Meter) {
        meter.begin("an agent of many tickets, a ticket")
        for tickets in [100, 1000, 10_000, 60_000].map({ meter.operations($0) }) {
            measure(&meter, "AGENT REMOVE, \(grouped(tickets)) held", tickets, force: true) {
                .removeAgent(RemoveAgent(id: $0))
            }
            measure(&meter, "PAUSE kind=return, \(grouped(tickets)) held", tickets, force: true) {
                var pause = PauseAgent(id: $0)
                pause.kind = .return
                return .pauseAgent(pause)
            }
            measure(&meter, "AGENT REMOVE, \(grouped(tickets)) waiting for them", tickets, force: false) {
                .removeAgent(RemoveAgent(id: $0))
            }
        }
    }

    /// A new help desk for each round: one agent with work, given by force or waiting for them by name, and nobody else
    /// to take it.
    private func measure(
        _ meter: inout Meter, _ name: String, _ tickets: Int, force: Bool, _ command: (AgentID) -> Command
    ) {
        var desk = HelpDesk(agents: 0, departments: 1, seed: sizes.seed)
        let agent = HelpDesk.agent(1)
        let ends = command(agent)
        meter.measure(
            name, operations: tickets,
            prepare: {
                desk = HelpDesk(agents: 3, departments: 1, seed: sizes.seed, capacity: 0)
                for number in 0..<tickets {
                    var open = OpenTicket(department: HelpDesk.department(0), channel: .ticket)
                    open.subject = "the printer does not print"
                    if !force { open.agent = agent }
                    desk.perform(.openTicket(open))
                    guard force else { continue }
                    var assign = AssignTicket(ticket: TicketID(UInt64(number + 1)), agent: agent)
                    assign.force = true
                    desk.perform(.assignTicket(assign))
                }
            }, body: { desk.perform(ends) })
    }
}
