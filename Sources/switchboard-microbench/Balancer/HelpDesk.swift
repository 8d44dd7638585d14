import SwitchboardModel
import SwitchboardTestKit

/// The model alone, with agents in departments: what the lane has, without a lane.
final class HelpDesk {
    private(set) var routing = Routing()
    private(set) var shards = Shards(shards: 4)
    private(set) var events: [Event] = []
    private(set) var now = Timestamp.manualStart
    private(set) var chance: SeededChance
    let departments: Int
    let agents: Int

    /// Each agent is online, and in one to three departments.
    init(agents: Int, departments: Int, seed: UInt64, capacity: UInt32 = 10) {
        chance = SeededChance(seed: seed)
        self.agents = agents
        self.departments = departments
        for number in 0..<departments { perform(.addDepartment(AddDepartment(id: Self.department(number)))) }
        for number in 0..<agents {
            var places: Set<Int> = [number % departments]
            for _ in 0..<Int.random(in: 0...2, using: &chance) {
                places.insert(Int.random(in: 0..<departments, using: &chance))
            }
            let memberships = places.sorted().map { MembershipRequest(department: Self.department($0), tier: 0) }
            var agent = AddAgent(id: Self.agent(number), memberships: memberships)
            agent.capacity = PerChannel(capacity)
            perform(.addAgent(agent))
            perform(.setPresence(SetPresence(id: Self.agent(number), presence: .online)))
            if number % 16 == 0 { tick() }
        }
    }

    static func agent(_ number: Int) -> AgentID { AgentID("a\(number)") }
    static func department(_ number: Int) -> DepartmentID { DepartmentID("d\(number)") }

    var nextTicket: UInt64 { routing.nextTicket.rawValue }
    var image: StateImage {
        StateImage(tickets: shards.tickets, agents: shards.agents, routing: routing.image())
    }

    /// A millisecond goes by.
    func tick() { now = Timestamp(milliseconds: now.milliseconds + 1) }

    /// Carries out a command; `events` then holds what it caused. Returns how many events that were.
    @inline(__always)
    @discardableResult
    func perform(_ command: Command) -> UInt64 {
        events.removeAll(keepingCapacity: true)
        let committed = routing.commit(
            command, &shards, at: now, record: routing.lastRecord.next, into: &events)
        if case .rejected(let why) = committed.outcome { preconditionFailure("refused: \(why)") }
        return UInt64(events.count)
    }

    /// As `perform`, of many, with a millisecond after every 16.
    func perform(_ commands: [Command]) -> UInt64 {
        var sum: UInt64 = 0
        for (number, command) in commands.enumerated() {
            sum &+= perform(command)
            if number % 16 == 0 { tick() }
        }
        return sum
    }

    /// Decides a command and changes nothing. Returns how many events would follow.
    func decide(_ command: Command) -> UInt64 {
        events.removeAll(keepingCapacity: true)
        do throws(Rejection) {
            _ = try command.decide(routing, shards, at: now, into: &events)
        } catch {
            preconditionFailure("refused: \(error)")
        }
        return UInt64(events.count)
    }

    /// The answer to a question; counts as one.
    func answer(_ query: Query) -> UInt64 {
        if case .rejected(let why) = routing.answer(query, shards, at: now).reply {
            preconditionFailure("refused: \(why)")
        }
        return 1
    }

    /// The ticket that the last command gave to somebody.
    var assigned: TicketID? {
        for event in events {
            if case .ticketOwnerChanged(let event) = event, event.owner != nil { return event.ticket }
        }
        return nil
    }

    /// A number below `end`, by the seed.
    func random(below end: Int) -> Int { Int.random(in: 0..<end, using: &chance) }

    /// An OPEN in a department.
    func opening(in department: Int, priority: UInt8 = 5) -> Command {
        var open = OpenTicket(department: Self.department(department), channel: .ticket)
        open.subject = "the printer does not print"
        open.priority = priority
        return .openTicket(open)
    }
}
