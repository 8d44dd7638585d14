import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// `random` and `weighted` pick each agent as often as they should, whoever else comes and goes.
struct LotTests {
    /// What was to be expected of one agent, and what came.
    struct Tally {
        var expected = 0.0
        var variance = 0.0
        var picked = 0.0

        /// How many standard deviations lie between.
        var distance: Double { variance > 0 ? (picked - expected) / variance.squareRoot() : 0 }
    }

    private static let weights: [UInt16] = [1, 2, 3, 10, 50, 100, 10, 10]

    private func world(_ strategy: Strategy) -> World {
        var world = World(shards: 2)
        var department = AddDepartment(id: DepartmentID("sales"))
        department.settings.base.strategy = strategy
        department.settings.base.retry = .seconds(30)
        world.perform(.addDepartment(department))
        for (number, weight) in Self.weights.enumerated() {
            let membership = MembershipRequest(department: DepartmentID("sales"), tier: 1)
            var agent = AddAgent(id: AgentID("a\(number)"), memberships: [membership])
            agent.traits.weight = weight
            agent.capacity.ticket = 3
            world.perform(.addAgent(agent))
            world.perform(.setPresence(SetPresence(id: AgentID("a\(number)"), presence: .online)))
        }
        return world
    }

    /// Who may be given the ticket, each with the probability.
    private func chances(
        _ world: borrowing World, _ ticket: TicketID, besides: AgentIndex?, _ strategy: Strategy
    ) -> [AgentIndex: Double] {
        var chances: [AgentIndex: Double] = [:]
        for agent in world.routing.agents
        where agent.isFree(.ticket) && agent.index != besides && !world.routing.isSkipped(ticket, agent.index) {
            chances[agent.index] = strategy == .weighted ? Double(agent.traits.weight) : 1
        }
        let sum = chances.values.reduce(0, +)
        return chances.mapValues { $0 / sum }
    }

    @Test(arguments: [Strategy.random, .weighted])
    func `each pick has the probabilities it should have while agents come and go`(strategy: Strategy) {
        var world = world(strategy)
        var chance = SeededChance(seed: 5)
        var tallies = [Tally](repeating: Tally(), count: Self.weights.count)
        var picks = 0
        func count(_ chances: [AgentIndex: Double], _ owner: AgentIndex?) {
            guard let owner, chances.count > 1 else { return }
            picks += 1
            for (agent, probability) in chances {
                tallies[agent.position].expected += probability
                tallies[agent.position].variance += probability * (1 - probability)
            }
            #expect(chances[owner] != nil)
            tallies[owner.position].picked += 1
        }
        for _ in 0..<20_000 {
            let name = AgentID("a\(chance.int(0...7))")
            let held = world.routing.agents[chance.int(0...7)].holds[.ticket].first
            switch chance.int(1...10) {
            case 1...4:
                guard world.routing.queues[0].waiting.isEmpty else { continue }
                let next = world.routing.nextTicket
                let expected = chances(world, next, besides: nil, strategy)
                world.perform(.openTicket(OpenTicket(department: DepartmentID("sales"), channel: .ticket)))
                count(expected, world.shards.ticket(next)?.agent)
            case 5...7:
                if let held { world.perform(.resolveTicket(ResolveTicket(ticket: held))) }
            case 8:
                guard let held, world.routing.queues[0].waiting.isEmpty else { continue }
                // Goes to another one: whose moment came first is passed over.
                let owner = world.shards.ticket(held)?.agent
                let expected = chances(world, held, besides: owner, strategy)
                world.perform(.releaseTicket(ReleaseTicket(ticket: held)))
                count(expected, world.shards.ticket(held)?.agent)
            case 9: world.perform(.pauseAgent(PauseAgent(id: name)))
            default: world.perform(.resumeAgent(ResumeAgent(id: name)))
            }
            if chance.of(20) { world.wait(seconds: 3) }
        }
        #expect(picks > 1500)
        for (agent, tally) in tallies.enumerated() {
            #expect(
                abs(tally.distance) < 4,
                "agent \(agent) of weight \(Self.weights[agent]): \(tally.picked), expected \(tally.expected)")
        }
        #expect(world.image.verify().problems == [])
    }

    /// Pearson's test of a table of pairs: who was picked after whom.
    @Test(arguments: [Strategy.random, .weighted])
    func `a pick does not depend on the one before`(strategy: Strategy) {
        var world = world(strategy)
        let (count, picks) = (Self.weights.count, 20_000)
        var pairs = [Double](repeating: 0, count: count * count)
        var last: Int?
        for _ in 0..<picks {
            let ticket = world.routing.nextTicket
            world.perform(.openTicket(OpenTicket(department: DepartmentID("sales"), channel: .ticket)))
            guard let owner = world.shards.ticket(ticket)?.agent else { continue }
            world.perform(.resolveTicket(ResolveTicket(ticket: ticket)))
            if let last { pairs[last * count + owner.position] += 1 }
            last = owner.position
        }
        let sum = Self.weights.reduce(0) { $0 + Double($1) }
        let shares = Self.weights.map { strategy == .weighted ? Double($0) / sum : 1 / Double(count) }
        var square = 0.0
        var cells = 0.0
        for first in 0..<count {
            for second in 0..<count {
                let expected = Double(picks - 1) * shares[first] * shares[second]
                guard expected >= 5 else { continue }
                let distance = pairs[first * count + second] - expected
                square += distance * distance / expected
                cells += 1
            }
        }
        // About normal: mean n, variance 2 n.
        #expect((square - cells) / (2 * cells).squareRoot() < 4, "χ² is \(square) for \(cells) cells")
    }

    @Test func `the time to the next strike is that of an exponential distribution`() {
        #expect(Routing.wait(.max) == 1)
        #expect(Routing.wait(1 << 63) == 1 << 30)
        #expect(Routing.wait(0) == 64 << 30)
        var chance = SeededChance(seed: 9)
        let values = (0..<50_000).map { _ in Double(Routing.wait(chance.next())) / Double(1 << 30) * 0.6931471805599453
        }
        let mean = values.reduce(0, +) / 50_000
        let square = values.reduce(0) { $0 + $1 * $1 } / 50_000
        // Mean 1 and second moment 2; standard errors 1 and √20, divided by the root of the number.
        #expect(abs(mean - 1) < 4 / 223.6)
        #expect(abs(square - 2) < 4 * 4.48 / 223.6)
    }

    @Test func `draws are the same after a replay and from a snapshot`() throws {
        var world = world(.weighted)
        for number in 0..<40 {
            world.perform(.openTicket(OpenTicket(department: DepartmentID("sales"), channel: .ticket)))
            if number % 3 == 0 { world.perform(.pauseAgent(PauseAgent(id: AgentID("a\(number % 8)")))) }
            if number % 4 == 0 { world.perform(.resumeAgent(ResumeAgent(id: AgentID("a\(number % 8)")))) }
            world.perform(.resolveTicket(ResolveTicket(ticket: TicketID(UInt64(number / 2 + 1)))))
        }
        var replayed = StateBuilder(shards: 3)
        for (place, record) in world.records.enumerated() {
            try replayed.apply(record.payload[...], record: LogSequenceNumber(UInt64(place + 1)))
        }
        #expect(replayed.image.verify().digest == world.image.verify().digest)
        #expect(replayed.image.routing.derived == world.image.routing.derived)
    }
}
