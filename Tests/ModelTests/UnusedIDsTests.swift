import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// What could not be imported at first comes later under its id; what was purged never does.
@Suite struct UnusedIDsTests {
    private func world() -> World {
        var world = World(shards: 3)
        world.perform(.addDepartment(AddDepartment(id: DepartmentID("sales"))))
        return world
    }

    /// Imports a ticket that was created `second` seconds into an hour; returns why not.
    private func imported(_ id: Int64, _ second: Int = 0, into world: inout World) -> String? {
        let created = JSON.string("1999-06-01T10:00:\(second < 10 ? "0" : "")\(second)Z")
        let outcome = world.perform(
            .detail(ImportTicket(["id": .integer(id), "dept": "sales", "created_at": created, "thread": []])))
        guard case .rejected(let why) = outcome else { return nil }
        return why.message
    }

    @Test func `an id that was passed over is taken, once, also after a start`() throws {
        var world = world()
        for id: Int64 in [2, 5, 9] { #expect(imported(id, Int(id), into: &world) == nil) }
        #expect(world.routing.unusedIDs.ranges == [1..<2, 3..<5, 6..<9])
        #expect(imported(7, 7, into: &world) == nil)
        #expect(world.routing.unusedIDs.ranges == [1..<2, 3..<5, 6..<7, 8..<9])
        #expect(imported(7, 30, into: &world) == "id: 7 is another ticket's")
        world.perform(.purgeTicket(PurgeTicket(ticket: TicketID(7))))
        #expect(imported(7, 7, into: &world)?.hasPrefix("id: 7 was given before and its ticket is gone") == true)

        let image = try loaded(sections(of: world.image), shards: 2)
        #expect(image.routing.unusedIDs == world.routing.unusedIDs)
        #expect(image.verify().problems.isEmpty)
    }

    @Test func `what a journal says is carried out alike`() throws {
        var world = world()
        for id: Int64 in [2, 90, 3, 89, 1] { #expect(imported(id, into: &world) == nil) }
        var builder = StateBuilder(shards: 2)
        for (place, record) in world.records.enumerated() {
            try builder.apply(record.payload[...], record: LogSequenceNumber(UInt64(place + 1)))
        }
        #expect(builder.routing.unusedIDs.ranges == [4..<89])
        #expect(builder.routing.unusedIDs == world.routing.unusedIDs)
    }

    @Test func `random ids leave what was not taken`() {
        for seed: UInt64 in 0..<20 {
            var chance = SeededChance(seed: seed)
            var unused = UnusedIDs()
            var next: UInt64 = 1
            var naive: Set<UInt64> = []
            for _ in 0..<200 {
                let id = UInt64.random(in: 1...400, using: &chance)
                if id >= next {
                    unused.jump(from: TicketID(next), to: TicketID(id))
                    naive.formUnion(next..<id)
                    next = id + 1
                } else {
                    unused.take(TicketID(id))
                    naive.remove(id)
                }
                #expect(unused.ranges.flatMap(Array.init) == naive.sorted())
                #expect(zip(unused.ranges, unused.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            }
            for id: UInt64 in 0...401 { #expect(unused.contains(TicketID(id)) == naive.contains(id)) }
        }
    }

    @Test func `so many gaps are remembered`() {
        var unused = UnusedIDs()
        for number in 0..<UInt64(UnusedIDs.mostRanges) + 5 {
            unused.jump(from: TicketID(2 * number + 1), to: TicketID(2 * number + 2))
        }
        #expect(unused.ranges.count == UnusedIDs.mostRanges)
        #expect(!unused.contains(TicketID(9)) && unused.contains(TicketID(11)))
    }

    @Test(
        arguments: [[(0, 3)], [(5, 4)], [(1, 9)], [(1, 2), (3, 4)], [(5, 6), (1, 2)], [(.max, .max)]]
            as [[(UInt64, UInt64)]])
    func `a damaged file's are refused`(_ ranges: [(UInt64, UInt64)]) {
        #expect(throws: ByteReader.Malformed.self) {
            _ = try UnusedIDs(ranges.map { IDRange(first: $0.0, last: $0.1) }, below: TicketID(9))
        }
    }

    @Test func `a merge is made whole by what came late`() throws {
        var world = world()
        let thread: JSON = [["at": "1999-06-01T10:00:00Z", "kind": "message", "body": "x"]]
        func document(_ id: Int64, _ more: [JSON.Member]) -> Command {
            .detail(
                ImportTicket(
                    .object(
                        [
                            .init("id", .integer(id)), .init("dept", "sales"), .init("thread", thread),
                            .init("created_at", "1999-06-01T10:00:00Z"),
                        ] + more)))
        }
        world.perform(document(4, [.init("status", "merged"), .init("merged", ["into": 2])]))
        world.perform(document(9, [.init("absorbed", [["ticket": 3, "after": 1, "span": 1]])]))
        #expect(world.shards.ticket(TicketID(4))?.putAway != nil)
        world.perform(document(2, [.init("absorbed", [["ticket": 4, "after": 1, "span": 1]])]))
        world.perform(document(3, [.init("status", "merged"), .init("merged", ["into": 9])]))
        #expect(world.shards.survivor(of: TicketID(4)) == TicketID(2))
        #expect(world.shards.survivor(of: TicketID(3)) == TicketID(9))
        #expect(world.shards.written(in: TicketID(9)).count == 2)
        #expect(world.image.verify().problems.isEmpty)
    }
}
