import SwitchboardClient
import SwitchboardModel

extension Curves {
    /// As `waiting`, where the first half of the queue, more urgent than the rest, needs a skill that nobody has: it should cost those
    /// behind it nothing.
    func skills(_ meter: inout Meter) {
        meter.begin("an OPEN that waits and a RESOLVE that pulls past tickets nobody can take, a pair")
        let pairs = meter.operations(20_000)
        for waiting in sizes.waiting where waiting <= 100_000 {
            let desk = HelpDesk(agents: 10, departments: 1, seed: sizes.seed)
            let open = desk.opening(in: 0)
            var held: [TicketID] = []
            while held.count < 100 {
                desk.perform(open)
                if let ticket = desk.assigned { held.append(ticket) }
            }
            var skilled = OpenTicket(department: HelpDesk.department(0), channel: .ticket)
            skilled.priority = 1
            skilled.needs = [Skill(name: "dutch", level: 2)]
            for number in 0..<waiting { desk.perform(number < waiting / 2 ? .openTicket(skilled) : open) }
            var turn = 0
            meter.measure("pair, \(grouped(waiting)) waiting, half of them in vain", operations: pairs) {
                var sum: UInt64 = 0
                for _ in 0..<pairs {
                    sum &+= desk.perform(open)
                    let place = turn % held.count
                    sum &+= desk.perform(.resolveTicket(ResolveTicket(ticket: held[place])))
                    guard let pulled = desk.assigned else { preconditionFailure("nobody was pulled") }
                    held[place] = pulled
                    turn += 1
                    if turn % 16 == 0 { desk.tick() }
                }
                return sum
            }
        }
    }
}
