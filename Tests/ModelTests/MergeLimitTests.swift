import Testing

@testable import SwitchboardModel

/// How far merging goes, so that reading through merges stays quick.
@Suite struct MergeLimitTests {
    private func world(tickets: Int) -> World {
        var world = World(shards: 3)
        var department = AddDepartment(id: DepartmentID("sales"))
        department.settings.base.strategy = .manual
        world.perform(.addDepartment(department))
        for number in 1...tickets {
            var ticket = OpenTicket(department: DepartmentID("sales"), channel: .ticket)
            ticket.body = "message \(number)"
            world.perform(.openTicket(ticket))
        }
        return world
    }

    private func refusal(_ outcome: Outcome) -> String? {
        guard case .rejected(let why) = outcome else { return nil }
        return why.message
    }

    private func merge(_ source: Int, into target: Int, _ world: inout World) -> String? {
        refusal(
            world.perform(.mergeTicket(MergeTicket(ticket: TicketID(UInt64(source)), into: TicketID(UInt64(target))))))
    }

    @Test func `a chain is as long as it may be, and is read in order`() throws {
        var world = world(tickets: 102)
        for number in 1...100 { #expect(merge(number, into: number + 1, &world) == nil) }
        #expect(merge(101, into: 102, &world)?.contains("at most 100 merges") == true)
        let written = world.shards.written(in: TicketID(101))
        #expect(written.count == 101 && Set(written.map(\.body)).count == 101)
        #expect(world.shards.threadTotal(try #require(world.shards.ticket(TicketID(101)))) == 201)
        #expect(world.image.verify().problems.isEmpty)
        _ = try loaded(sections(of: world.image), shards: 2)
    }

    @Test func `a chain that is imported is no longer than one that was merged`() throws {
        var world = world(tickets: 1)
        var refused: String?
        for number in 2...110 {
            // Each is the survivor of the one before and is merged into the next.
            let document: JSON = [
                "id": .integer(Int64(number)), "dept": "sales", "created_at": "1999-06-01T10:00:00Z",
                "status": "merged",
                "merged": ["into": .integer(Int64(number + 1))],
                "absorbed": number == 2 ? [] : [["ticket": .integer(Int64(number - 1)), "after": 1, "span": 1]],
                "thread": [["at": "1999-06-01T10:00:00Z", "kind": "message", "body": "x"]],
            ]
            refused = refusal(world.perform(.detail(ImportTicket(document))))
            guard refused == nil else {
                #expect(number == 2 + 101)
                break
            }
        }
        #expect(refused == "absorbed: leads through more than 100 merges")
        #expect(world.image.verify().problems.isEmpty)
    }

    @Test func `so many are merged into one, unmerged ones included`() throws {
        var world = world(tickets: 1002)
        for number in 2...1000 { #expect(merge(number, into: 1, &world) == nil) }
        world.perform(.unmergeTicket(UnmergeTicket(ticket: TicketID(2))))
        #expect(merge(2, into: 1, &world) == nil)
        #expect(merge(1001, into: 1, &world)?.contains("at most 1000 tickets") == true)
        // Nor by way of another one.
        #expect(merge(1001, into: 1002, &world) == nil)
        #expect(merge(1, into: 1002, &world)?.contains("at most 1000 tickets") == true)
        #expect(world.shards.written(in: TicketID(1)).count == 1000)
        #expect(world.image.verify().problems.isEmpty)
    }
}
