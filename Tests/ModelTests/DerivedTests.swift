import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// What is derived of agents and tickets, so that nothing walks all of them: its values, and that `VERIFY` sees when it is
/// wrong.
@Suite struct DerivedTests {
    private func problems(_ spoil: (inout RoutingImage) -> Void) -> [String] {
        var image = World.full(shards: 2).image
        spoil(&image.routing)
        return image.verify().problems
    }

    /// The agents of a department, by walking all of them.
    private func members(_ department: Int, _ routing: RoutingImage) -> [Agent] {
        routing.agents.filter { !$0.isRemoved && $0.isMember(of: DepartmentIndex(UInt32(department))) }
    }

    private func check(_ routing: RoutingImage) {
        for department in 0..<routing.departments.count {
            let members = members(department, routing)
            let staff = routing.staff[department]
            #expect(staff.members.map { $0 } == members.map(\.index))
            #expect(staff.paused == members.count { $0.pause != nil })
            for channel in Channel.allCases {
                #expect(staff.available[channel] == members.count { $0.isAvailable(channel) })
            }
        }
    }

    @Test func `a department knows its agents through every change of them`() throws {
        var world = World.full(shards: 2)
        check(world.image.routing)
        #expect(world.image.routing.staff[0].members.count == 3 && world.image.routing.staff[0].paused == 2)
        let (sales, support) = (DepartmentID("sales"), DepartmentID("support"))
        var eve = AddAgent(id: AgentID("eve"), memberships: [MembershipRequest(department: sales, tier: 1)])
        eve.capacity.ticket = 1
        var moved = SetAgent(id: AgentID("eve"))
        moved.memberships = [MembershipRequest(department: support, tier: 1)]
        var left = SetAgent(id: AgentID("bob"))
        left.memberships = []
        var pause = PauseAgent(id: AgentID("eve"))
        pause.channels = ChannelSet(.chat)
        var again = PauseAgent(id: AgentID("eve"))
        again.span = .seconds(5)
        let commands: [Command] = [
            .addAgent(eve), .setPresence(SetPresence(id: AgentID("eve"), presence: .online)), .pauseAgent(pause),
            .setAgent(moved), .pauseAgent(again), .setPresence(SetPresence(id: AgentID("eve"), presence: .offline)),
            .resumeAgent(ResumeAgent(id: AgentID("bob"))), .setAgent(left),
            .setPresence(SetPresence(id: AgentID("cid"), presence: .online)),
            .removeAgent(RemoveAgent(id: AgentID("eve"))), .removeAgent(RemoveAgent(id: AgentID("ann"))),
        ]
        for command in commands {
            if case .rejected(let why) = world.perform(command) { Issue.record("\(why)") }
            check(world.image.routing)
            world.wait(seconds: 2)
            #expect(world.image.verify().problems == [])
        }
        check(try loaded(sections(of: world.image), shards: 3).routing)
    }

    @Test func `a department that counts other agents than there are is found`() {
        let one = Standing(
            isMember: true, available: ChannelSet(.chat), takes: ChannelSet(.chat), takesPausePlace: false,
            state: .ready, isOnline: false)
        let paused = Standing(
            isMember: true, available: [], takes: [], takesPausePlace: true, state: .paused, isOnline: false)
        #expect(
            problems { $0.staff[0].leave(AgentIndex(1), tier: 1) }.first
                == "department 'sales' counts 2 agents, the agents say 3")
        #expect(
            problems { $0.staff[2].join(AgentIndex(0), tier: 1) } == [
                "department 'gone' counts 1 agents, the agents say 0",
                "department 'gone' counts other tiers than its agents are in",
            ])
        // One for another.
        #expect(
            problems {
                $0.staff[0].leave(AgentIndex(1), tier: 1)
                $0.staff[0].join(AgentIndex(3), tier: 1)
            } == ["department 'sales' counts 3 agents, the agents say 3"])
        #expect(
            problems { $0.staff[1].count(one, tier: 1, by: 1) }
                == [
                    "department 'support' counts 1 agents there on chat, the agents say 0",
                    "department 'support' counts 1 agents there who take chats, the agents say 0",
                    "department 'support' counts other tiers than its agents are in",
                    "department 'support' counts its agents' states as [1, 1, 1, 0, 1], the agents say [1, 1, 1, 0, 0]",
                ])
        #expect(
            problems { $0.staff[0].count(paused, tier: 0, by: -1) }
                == [
                    "department 'sales' counts 1 paused agents, the agents say 2",
                    "department 'sales' counts its agents' states as [1, 1, 0, 0, 0], the agents say [1, 1, 1, 0, 0]",
                ])
    }

    @Test func `a hold, a wish and an absence that nothing speaks for are found`() {
        #expect(
            problems { $0.agents[1].holds.add(TicketID(4), .call, weight: 1) }.contains {
                $0.hasPrefix("agent 'bob' holds ")
            })
        #expect(
            problems { $0.agents[1].wanted.insert(TicketID(4)) }
                == ["agent 'bob' is waited for by other tickets than it knows"])
        let spoilt = problems { $0.timers.absences[AgentIndex(1)] = [QueueIndex(rawValue: 0)] }
        #expect(spoilt == ["agent 'bob' is timed as absent in 1 queues, the timers say 0"])
        #expect(
            problems { $0.timers.absences.removeValue(forKey: AgentIndex(2)) }.contains {
                $0.hasPrefix("agent 'cid' is timed as absent in 0 queues, the timers say ")
            })
    }

    @Test func `an agent who comes back is absent nowhere, not even where they no longer are`() {
        var world = World.full(shards: 1)
        let cid = AgentID("cid")
        #expect(world.routing.timers.absences(of: AgentIndex(2)).map(\.rawValue) == [1, 2, 4, 5])
        let others = world.routing.timers.all.filter { timer in
            if case .absenceEnds(AgentIndex(2), _, _) = timer.purpose { false } else { true }
        }
        var left = SetAgent(id: cid)
        left.memberships = [MembershipRequest(department: DepartmentID("support"), tier: 0)]
        world.perform(.setAgent(left))
        world.perform(.setPresence(SetPresence(id: cid, presence: .online)))
        #expect(world.routing.timers.absences(of: AgentIndex(2)) == [])
        #expect(world.routing.timers.all == others && world.routing.timers.isOneForEach)
        #expect(world.image.verify().problems == [])
    }

    @Test func `an absence that ends is timed no longer`() {
        var world = World.full(shards: 1)
        world.wait(seconds: 100_000)
        #expect(world.routing.timers.absences(of: AgentIndex(2)) == [])
        #expect(world.image.verify().problems == [])
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a ledger holds what was added and not removed, in order of id`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var holds = Holds()
        var right: [UInt64: UInt8] = [:]
        for _ in 0..<5000 {
            let id = UInt64.random(in: 1...700, using: &chance)
            let weight = UInt8.random(in: 1...100, using: &chance)
            if let had = right.removeValue(forKey: id) {
                holds.remove(TicketID(id), .chat, weight: had)
            } else {
                right[id] = weight
                holds.add(TicketID(id), .chat, weight: weight)
                if weight > 50 {
                    right[id] = 3
                    holds.reweigh(.chat, from: weight, to: 3)
                }
            }
            #expect(holds.load.chat == right.values.reduce(0) { $0 + UInt32($1) } && holds[.chat].count == right.count)
        }
        #expect(holds[.chat].map(\.rawValue) == right.keys.sorted())
        #expect(holds[.ticket].isEmpty && holds.load.ticket == 0)
    }

    @Test(arguments: [true, false])
    func `an agent of many tickets leaves none behind`(_ isForced: Bool) {
        let (count, agent) = (2000, AgentID("dot"))
        var world = World(shards: 2)
        let department = DepartmentID("sales")
        world.perform(.addDepartment(AddDepartment(id: department)))
        world.perform(
            .addAgent(AddAgent(id: agent, memberships: [MembershipRequest(department: department, tier: 0)])))
        for number in 1...count {
            var open = OpenTicket(department: department, channel: .ticket)
            if !isForced { open.agent = agent }
            world.perform(.openTicket(open))
            guard isForced else { continue }
            var assign = AssignTicket(ticket: TicketID(UInt64(number)), agent: agent)
            assign.force = true
            world.perform(.assignTicket(assign))
        }
        let before = world.routing.derived
        #expect((isForced ? before.holds[0] : before.wanted[0]).count == count)
        world.perform(.removeAgent(RemoveAgent(id: agent)))
        let after = world.routing.derived
        #expect(after.holds[0].isEmpty && after.wanted[0].isEmpty)
        #expect(after.waiting[0].map(\.rawValue) == (1...UInt64(count)).map { $0 })
        #expect(world.image.verify().problems == [])
    }

    @Test func `settings that order nothing leave the queues as they are, others sort them anew`() {
        var world = World.full(shards: 1)
        world.perform(.resumeAgent(ResumeAgent(id: AgentID("ann"))))
        for strategy in Strategy.allCases {
            for ageing in [Ageing.none, .headStart(.seconds(30))] {
                var set = SetDepartment(id: DepartmentID("sales"))
                set.base.strategy = strategy
                set.base.ageing = ageing
                set.title = "another"
                world.perform(.setDepartment(set))
                #expect(world.image.verify().problems == [])
            }
        }
        let before = world.routing.derived
        var title = SetDepartment(id: DepartmentID("sales"))
        title.title = "the last"
        world.perform(.setDepartment(title))
        #expect(world.routing.derived == before)
    }
}
