import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// `VERIFY` sees who was passed over, and nobody else.
@Suite struct OrderTests {
    /// One agent with one slot, who holds ticket 1; tickets 2, 3 and so on wait.
    private func desk(
        waiting: Int = 3, settings: (inout ChannelSettings) -> Void = { _ in },
        opening: (inout OpenTicket) -> Void = { _ in }
    ) -> World {
        var world = World(shards: 2)
        var department = AddDepartment(id: DepartmentID("desk"))
        settings(&department.settings.base)
        world.perform(.addDepartment(department))
        var ann = AddAgent(
            id: AgentID("ann"), memberships: [MembershipRequest(department: DepartmentID("desk"), tier: 0)])
        ann.capacity.ticket = 1
        world.perform(.addAgent(ann))
        world.perform(.setPresence(SetPresence(id: AgentID("ann"), presence: .online)))
        world.perform(.openTicket(OpenTicket(department: DepartmentID("desk"), channel: .ticket)))
        for _ in 0..<waiting {
            world.wait(seconds: 1)
            var open = OpenTicket(department: DepartmentID("desk"), channel: .ticket)
            opening(&open)
            world.perform(.openTicket(open))
        }
        return world
    }

    /// As a faulty balancer would: past the limit, so that nobody has room afterwards.
    private func give(_ ticket: UInt64, _ world: inout World, by: Actor = .automatic) {
        var event = TicketOwnerChanged()
        event.ticket = TicketID(ticket)
        event.owner = AgentIndex(0)
        event.rule = .leastLoaded
        event.by = by
        let record = world.routing.lastRecord.next
        let time = world.routing.lastTime ?? .manualStart
        world.routing.apply(.ticketOwnerChanged(event), &world.shards, at: time, record: record)
        world.routing.finish(at: time, record: record)
    }

    @Test func `a ticket that was passed over is named with who had the other one`() {
        var world = desk()
        let before = world.routing.lastRecord
        give(3, &world)
        let found = world.image.verify()
        #expect(
            found.problems == [
                "ticket 2 stands in desk/ticket as it does since record \(before.rawValue - 2), and agent 'ann', who may "
                    + "have it, was given ticket 3, which comes after it, in record \(before.rawValue + 1)"
            ])
        #expect(found.problemCount == 1 && !found.isOK && found.placesCompared == 2)
    }

    @Test func `the head may be given, and by hand anything`() {
        var world = desk()
        give(2, &world)
        #expect(world.image.verify().problems == [])
        #expect(world.image.verify().placesCompared == 2)
        give(4, &world, by: .agent(AgentIndex(0)))
        #expect(world.image.verify().problems == [])
    }

    @Test func `it is still seen after others were given in their turn`() {
        var world = desk(waiting: 5)
        give(5, &world)
        give(3, &world)
        #expect(world.image.verify().problemCount == 2, "ticket 2 by 5 and by 3, ticket 4 by 5")
        give(2, &world)
        #expect(world.image.verify().problems.count == 1)
        #expect(world.image.verify().problems.first?.hasPrefix("ticket 4 ") == true)
    }

    @Test func `who came to the place later was not passed over`() {
        var world = desk()
        give(3, &world)
        // Older by its age than ticket 3, and not there when that was given.
        var urgent = SetTicket(ticket: TicketID(2))
        urgent.priority = 4
        world.perform(.setTicket(urgent))
        #expect(world.image.verify().problems == [])
    }

    @Test func `with ageing the order is that of the settings, and a change of them begins anew`() {
        var urgent: UInt8 = 7
        var world = desk(
            settings: { $0.ageing = .headStart(.seconds(60)) },
            opening: { open in
                urgent -= 1
                open.priority = urgent
            })
        // Ticket 4 is the most urgent by far more than the two seconds it came later.
        give(4, &world)
        #expect(world.image.verify().problems == [])
        give(2, &world)
        #expect(world.image.verify().problems.first?.hasPrefix("ticket 3 ") == true)
        var change = SetDepartment(id: DepartmentID("desk"))
        change.base.ageing = Ageing.none
        world.perform(.setDepartment(change))
        #expect(world.image.verify().problems == [])
    }

    @Test func `a ticket that the agent cannot have is passed by`() {
        var french = Skill()
        french.name = "french"
        var world = desk(opening: { $0.needs = [french] })
        world.perform(.openTicket(OpenTicket(department: DepartmentID("desk"), channel: .ticket)))
        give(5, &world)
        #expect(world.image.verify().problems == [])
        #expect(world.image.verify().placesCompared == 0)
    }

    @Test func `after a restart nothing is known of before the snapshot, and all of after it`() throws {
        var world = desk()
        give(3, &world)
        let image = world.image
        #expect(try loaded(sections(of: image), shards: 3).verify().problems == [])
    }

    @Test func `what is kept of grants tells as much as all of them`() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var chance = SeededChance(seed: seed)
            let ageing = seed % 2 == 0 ? Ageing.none : .headStart(.seconds(Int64(seed % 5) + 1))
            var entries: [QueueEntry] = []
            for number in 1...60 {
                let placement = Placement(
                    kind: .waiting(wants: nil), department: DepartmentIndex(0), channel: .ticket,
                    priority: UInt8.random(in: 1...9, using: &chance),
                    queuedAt: Timestamp(milliseconds: Int64(number) * 700), isUnfinished: true)
                entries.append(QueueEntry(TicketID(UInt64(number)), placement, wants: nil, ageing: ageing))
            }
            var all: [Grant] = []
            var kept: QueueGrants?
            // In each priority in order of time, as a queue gives them, and now and then anything.
            for record in 1...40 {
                let grant = Grant(
                    entry: entries[min(record + Int.random(in: 0...5, using: &chance), 59)],
                    record: LogSequenceNumber(UInt64(record)))
                all.append(grant)
                if kept == nil { kept = QueueGrants(QueueIndex(DepartmentIndex(0), .ticket), grant) }
                kept?.note(grant)
            }
            guard let kept, kept.earlier.count < QueueGrants.mostEarlier else { continue }
            for entry in entries {
                for since in 0...40 {
                    func tells(_ grant: Grant) -> Bool {
                        entry < grant.entry && grant.record > LogSequenceNumber(UInt64(since))
                    }
                    #expect(all.contains(where: tells) == (kept.earlier + [kept.last]).contains(where: tells))
                }
            }
        }
    }
}
