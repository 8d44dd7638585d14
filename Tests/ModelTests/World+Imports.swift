import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

extension World {
    /// The full world, with tickets imported into it: whole, in parts of which some are missing, merged, waiting for what
    /// they are merged into, and of agents and departments of elsewhere.
    static func imported(shards: Int) -> World {
        var world = World.full(shards: shards)
        var old = AddFormerName(isDepartment: true, id: "past", number: 1)
        old.title = "The past"
        world.perform(.addFormerName(old))
        world.perform(.addFormerName(AddFormerName(isDepartment: false, id: "joe", number: 1)))
        let first = Int64(world.routing.nextTicket.rawValue) + 3
        let created = JSON.string("1999-06-01T10:00:00Z")
        let thread: JSON = [["at": created, "kind": "message", "body": "hello", "dept": "past#1", "status": "new"]]
        func document(_ number: Int64, _ more: [JSON.Member]) -> JSON {
            .object(
                [
                    .init("id", .integer(first + number)), .init("dept", "sales"), .init("created_at", created),
                    .init("thread", thread),
                ] + more)
        }
        func part(_ number: Int64) -> JSON {
            [
                "id": .integer(first + number), "created_at": created, "thread_from": 2,
                "thread": [["at": created, "kind": "reply", "by": "joe#1", "body": "rest"]],
            ]
        }
        let documents: [JSON] = [
            document(0, [.init("wants", "ann"), .init("refs", [["source": "old", "ref": "1"]])]),
            document(1, [.init("agent", "bob"), .init("status", "open"), .init("more", 2)]),
            document(2, [.init("status", "merged"), .init("merged", ["into": .integer(first + 3)])]),
            document(
                3,
                [
                    .init("status", "resolved"), .init("agent", "joe#1"),
                    .init(
                        "absorbed",
                        [
                            ["ticket": .integer(first + 2), "after": 1, "span": 1],
                            ["ticket": .integer(first + 90), "after": 1, "span": 2],
                        ]),
                ]),
            document(4, [.init("status", "merged"), .init("merged", ["into": .integer(first + 91)])]),
            document(5, [.init("agent", "ann"), .init("status", "answered"), .init("more", 2)]),
            part(5),
        ]
        for document in documents {
            let outcome = world.perform(.detail(ImportTicket(document)))
            if case .rejected(let rejection) = outcome { Issue.record("\(rejection)") }
        }
        return world
    }
}
