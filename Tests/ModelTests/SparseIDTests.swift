import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// Ids that lie far apart, as after an import from elsewhere: what lies between costs next to nothing.
@Suite struct SparseIDTests {
    /// The tickets' ids; each was created a second after the one before it.
    private static let ids: [Int64] = [3, 4, 6_000_000, 6_000_001, 6_000_300, 15_900_000, 15_900_001]

    private func desk() -> FindDesk {
        var desk = FindDesk(shards: 3)
        desk.perform(.addDepartment(AddDepartment(id: DepartmentID("sales"))))
        for (place, id) in Self.ids.enumerated() {
            let created = JSON.string("1999-06-01T10:00:0\(place)Z")
            let outcome = desk.perform(
                .detail(
                    ImportTicket([
                        "id": .integer(id), "dept": "sales", "created_at": created, "subject": "the same",
                        "thread": [["at": created, "kind": "message", "body": "hello"]],
                    ])))
            if case .rejected(let rejection) = outcome { Issue.record("\(rejection)") }
        }
        return desk
    }

    @Test func `what is between takes no memory`() {
        var desk = desk()
        desk.catchUp()
        #expect(desk.index.size < 100_000)
        #expect(desk.shards.ticketCount == Self.ids.count)
    }

    @Test(arguments: [
        ("id > 0", ids), ("not tag = vip", ids), ("id > 4 and id < 15900000", Array(ids[2...4])),
        ("created_at >= 1999-06-01T10:00:03Z", Array(ids[3...])),
        ("created_at < 1999-06-01T10:00:05Z", Array(ids[..<5])),
        ("id > 6000300 or tag = vip", Array(ids[5...])), ("subject ~ same", ids),
    ])
    func `all that is asked for is found`(_ question: String, _ ids: [Int64]) throws {
        var desk = desk()
        #expect(try desk.find(question, sort: "id").ids == ids)
        #expect(try desk.find(question, sort: "-id", step: 1).ids == ids.reversed())
        #expect(try desk.count(question) == Int64(ids.count))
    }

    @Test func `a ticket that was created before those of lower ids is found by its time`() throws {
        var desk = desk()
        for (id, year) in [(15_900_002, "1990"), (15_900_003, "1999"), (15_900_004, "1995")] {
            let created = JSON.string("\(year)-01-01T00:00:00Z")
            desk.perform(
                .detail(
                    ImportTicket(["id": .integer(Int64(id)), "dept": "sales", "created_at": created, "thread": []])))
        }
        #expect(try desk.find("created_at < 1996-01-01T00:00:00Z", sort: "id").ids == [15_900_002, 15_900_004])
        #expect(try desk.find("created_at < 1999-01-02 and created_at >= 1996-01-01").ids == [15_900_003])
        #expect(try desk.count("created_at >= 1995-01-01T00:00:00Z and created_at < 2000-01-01T00:00:00Z") == 9)
    }

    @Test func `a ticket that came under a lower id is found by its time, and listed in order of it`() throws {
        var desk = desk()
        for (id, time) in [
            (2, "1999-06-01T10:00:03.500Z"), (6_000_200, "1999-06-01T10:00:00.500Z"), (5, "1999-12-01T10:00:00Z"),
        ] {
            let created = JSON.string(time)
            desk.perform(
                .detail(
                    ImportTicket(["id": .integer(Int64(id)), "dept": "sales", "created_at": created, "thread": []])))
        }
        #expect(
            try desk.find("created_at < 1999-06-01T10:00:04Z", sort: "created_at").ids
                == [3, 6_000_200, 4, 6_000_000, 6_000_001, 2])
        #expect(try desk.find("id > 0", limit: 4).ids == [3, 6_000_200, 4, 6_000_000])
        #expect(try desk.find("id < 6", sort: "id").ids == [2, 3, 4, 5])
        desk.catchUp()
        var check = FindCheck()
        #expect(desk.index.check(&check, desk.routing, desk.shards, count: 100) && check.problems.isEmpty)
    }

    @Test func `a list of all passes over what is between, in one turn`() throws {
        let desk = desk()
        func exported(after id: UInt64) throws -> [Int64] {
            let query = ExportQuery.tickets(after: TicketID(id), limit: 100, thread: nil)
            guard case .list(let documents) = try desk.routing.export(query, desk.shards).reply else { return [] }
            return documents.compactMap { if case .integer(let id)? = $0["id"] { id } else { nil } }
        }
        #expect(try exported(after: 0) == Self.ids)
        #expect(try exported(after: 6_000_000) == Array(Self.ids[3...]))
        #expect(try exported(after: 15_900_001).isEmpty)
        #expect(try exported(after: .max).isEmpty)
    }

    @Test func `the index is checked, and noted anew after a start`() {
        var desk = desk()
        var index = FindIndex()
        index.noteAll(desk.shards)
        #expect(index.backlog == Self.ids.count)
        desk.catchUp()
        var check = FindCheck()
        #expect(desk.index.check(&check, desk.routing, desk.shards, count: Self.ids.count + 1))
        #expect(check.problems.isEmpty && check.checked > Self.ids.count)
        // Nothing is indexed here, and nothing noted: all of them are missing.
        var second = FindCheck()
        #expect(FindIndex().check(&second, desk.routing, desk.shards, count: Self.ids.count + 1))
        #expect(second.problems.count == Self.ids.count + 1)
    }

    @Test func `places of purged tickets are passed over`() {
        var store = TicketStore()
        for position in 0..<1000 {
            var ticket = Ticket()
            ticket.id = TicketID(UInt64(position))
            store.insert(ticket, at: position)
        }
        for position in 100..<900 { store.remove(at: position) }
        store.remove(at: 899)
        #expect(store.count == 200)
        #expect(store.next(from: 0) == 0 && store.next(from: 99) == 99 && store.next(from: 100) == 900)
        #expect(store.next(from: 999) == 999 && store.next(from: 1000) == nil)
        #expect(store.map(\.id.rawValue) == Array(0..<100) + Array(900..<1000))
        for position in 0..<1000 { store.remove(at: position) }
        #expect(store.next(from: 0) == nil && store.count == 0 && store.has(500) == false)
    }
}
