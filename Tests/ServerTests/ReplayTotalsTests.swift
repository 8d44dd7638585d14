import SwitchboardClient
import Testing

@Suite struct ReplayTotalsTests {
    private func change(_ kind: TicketChange.Kind, _ from: String?, _ to: String?) -> TicketChange {
        TicketChange(kind: kind, at: ServiceTime(milliseconds: 0), from: from, to: to)
    }

    private func totals(_ changes: [TicketChange], firstAgent: String?) throws -> [Int] {
        var totals = ReplayTotals()
        HistoryTotals.add(changes, firstAgent: firstAgent, to: &totals)
        return totals.lines.map(\.count)
    }

    @Test func `what the opening left in a history is no change`() throws {
        let opening = [change(.status, nil, "new"), change(.department, nil, "a"), change(.priority, nil, "3")]
        let given = change(.agent, nil, "ann")
        #expect(try totals(opening + [given], firstAgent: "ann") == [0, 0, 0, 0, 0, 0, 0])
        // Opened without an owner, it is a change.
        #expect(try totals(opening + [given], firstAgent: nil) == [0, 0, 1, 0, 0, 0, 0])
        // A history that does not name the opening's owner counts the same.
        let moved = change(.agent, "ann", nil)
        #expect(try totals(opening + [given, moved, given], firstAgent: "ann") == [0, 0, 2, 1, 0, 0, 0])
        #expect(try totals([moved, given], firstAgent: "ann") == [0, 0, 2, 1, 0, 0, 0])
    }

    @Test func `changes are counted by what they change`() throws {
        let changes = [
            change(.department, "a", "b"), change(.department, "b", "b"), change(.agent, nil, "ann"),
            change(.agent, "ann", "bob"), change(.agent, "bob", nil), change(.priority, "3", "1"),
            change(.status, "new", "resolved"), change(.status, "resolved", "open"), change(.other, "x", "y"),
            change(.status, "open", "resolved"),
        ]
        #expect(try totals(changes, firstAgent: nil) == [0, 1, 3, 1, 1, 1, 0])
    }

    @Test func `a history's elements are read`() throws {
        let reply = Reply.list([
            .success(
                Array(#"{"n":2,"at":"2016-02-29T01:16:00.000Z","change":"priority","from":3,"to":1,"by":null}"#.utf8)),
            .success(Array(#"{"n":3,"at":"2016-02-29T01:17:00Z","change":"agent","from":"ann","to":null}"#.utf8)),
            .success(Array(#"{"n":4,"at":"2016-02-29T01:17:00Z","change":"merged","into":7}"#.utf8)),
        ])
        let changes = try TicketChange.list(in: reply)
        #expect(changes.map(\.kind) == [.priority, .agent, .other])
        #expect(changes[0].from != changes[0].to)
        #expect(changes[1].from == "ann" && changes[1].to == nil)
        for bad in [Reply.refusal("NOTFOUND"), .list([.success(Array("{}".utf8))]), .list([.integer(1)])] {
            #expect(throws: ClientError.self) { try TicketChange.list(in: bad) }
        }
    }

    // MARK: What was acknowledged

    private func reply(_ status: String, _ department: String, _ agent: String?) -> Reply {
        let owner = agent.map { "\"\($0)\"" } ?? "null"
        let json = #"{"id":1001,"version":1,"status":"\#(status)","dept":"\#(department)","agent":\#(owner)}"#
        return .success(Array(json.utf8))
    }

    @Test func `replies are compared with one another and with the log`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident([
                "New|0|3 - Moderate|Group 1|?|0", "Active|1|3 - Moderate|Group 1|Resolver 1|0",
                "Active|2|3 - Moderate|Group 2|?|0", "Resolved|3|2 - High|Group 2|?|0",
                "Active|4|2 - High|Group 2|?|1",
            ]))
        let replies = [
            reply("new", "group-1", nil), reply("new", "group-1", "resolver-1"), reply("new", "group-2", nil),
            reply("new", "group-2", nil), reply("resolved", "group-2", nil), reply("open", "group-2", nil),
        ]
        var acknowledged = Acknowledged(incidents: 1)
        for (step, reply) in zip(TicketLife.schedule(of: log), replies) { acknowledged.take(reply, to: step) }
        #expect(acknowledged.surprises == 0)
        #expect(acknowledged.totals == ReplayTotals(of: log))
        #expect(acknowledged.totals.lines.map(\.count) == [1, 1, 2, 1, 1, 1, 0])
    }

    @Test func `a refusal, a stranger and a ticket that was there before are surprises`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident(["New|0|4 - Low|Group 1|?|0", "New|1|4 - Low|Group 1|Resolver 1|0"]))
        let steps = TicketLife.schedule(of: log)
        var acknowledged = Acknowledged(incidents: 1)
        acknowledged.take(reply("new", "group-1", nil), to: steps[0])
        acknowledged.take(.refusal("CAPACITY resolver-1 is full"), to: steps[1])
        acknowledged.take(reply("new", "group-1", "bob"), to: steps[1])
        #expect(
            acknowledged.firstSurprises == [
                "TICKET ASSIGN 1001 resolver-1: -CAPACITY resolver-1 is full",
                "TICKET ASSIGN 1001 resolver-1: with group-1 and bob, not group-1 and resolver-1",
            ])
        var again = Acknowledged(incidents: 1)
        again.take(
            .success(Array(#"{"id":1,"status":"new","dept":"d","agent":null,"duplicate":true}"#.utf8)), to: steps[0])
        #expect(again.surprises == 1)
        #expect(again.tickets[0] == nil)
    }

    @Test func `waits are those of tickets that were not assigned at once`() {
        let start = ServiceTime(milliseconds: 0)
        var result = RoutedResult()
        result.arrived = 3
        result.resolved = 3
        result.assignedAtOnce = 1
        result.addWait(from: start, to: ServiceTime(milliseconds: 60_000), end: ServiceTime(milliseconds: 90_000))
        result.addWait(from: start, to: nil, end: ServiceTime(milliseconds: 120_000))
        #expect(result.assignedLater == 1)
        #expect(result.neverAssigned == 1)
        #expect(result.longestWaitSeconds == 120)
        #expect(result.meanWaitSeconds == 90)
        #expect(result.isGood)
    }
}
