import Testing

@testable import SwitchboardModel

@Suite struct QueuePaceTests {
    /// Found by seeds 26222 and 39233 of the simulation.
    @Test func `a queue's pace is the same from whichever snapshot`() throws {
        var world = World(shards: 2)
        let (desk, ann) = (DepartmentID("desk"), AgentID("ann"))
        func open(_ priority: UInt8 = 5) -> Command {
            var command = OpenTicket(department: desk, channel: .chat)
            command.priority = priority
            return .openTicket(command)
        }
        world.perform(.addDepartment(AddDepartment(id: desk)))
        var agent = AddAgent(id: ann, memberships: [MembershipRequest(department: desk, tier: 0)])
        agent.capacity = PerChannel(1)
        world.perform(.addAgent(agent))
        world.perform(.setPresence(SetPresence(id: ann, presence: .online)))
        world.perform(open())
        world.perform(.releaseTicket(ReleaseTicket(ticket: TicketID(1))))
        world.perform(open())
        // Who comes back may have again what they gave away: the ticket goes on waiting as one that asks for nothing.
        world.perform(.setPresence(SetPresence(id: ann, presence: .offline)))
        world.perform(.setPresence(SetPresence(id: ann, presence: .online)))
        world.perform(open(1))
        world.wait(seconds: 30)
        world.perform(.resolveTicket(ResolveTicket(ticket: TicketID(2))))
        #expect(world.routing.departments[0].pace.chat.last != nil, "a ticket was given while another waited")
        let expected = world.image.verify().digest
        for cut in 0...world.records.count {
            let before = try loaded([], shards: 2, records: Array(world.records[..<cut]))
            let after = try loaded(sections(of: before), shards: 2, records: Array(world.records[cut...]))
            #expect(after.verify().digest == expected, "a snapshot after \(cut) records")
        }
    }
}
