import SwitchboardClient
import Testing

@Suite struct ReplayLifeTests {
    @Test func `each kind of row becomes its requests`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident([
                "New|2|3 - Moderate|Group 1|?|0",
                "New|3|3 - Moderate|Group 1|?|0",
                "New|4|2 - High|Group 1|?|0",
                "Active|5|2 - High|Group 1|Resolver 1|0",
                "Active|6|2 - High|Group 1|Resolver 2|0",
                "Active|7|2 - High|Group 2|Resolver 2|0",
                "Active|8|2 - High|Group 3|Resolver 3|0",
                "Active|9|2 - High|Group 3|?|0",
                "Active|10|2 - High|?|?|0",
                "Active|11|1 - Critical|Group 2|Resolver 2|0",
                "Active|12|1 - Critical|Group 1|?|0",
                "Awaiting User Info|13|1 - Critical|Group 1|Resolver 1|0",
                "Active|14|1 - Critical|Group 1|Resolver 1|0",
                "Awaiting Vendor|15|1 - Critical|Group 1|Resolver 1|0",
                "Resolved|16|2 - High|Group 1|Resolver 2|0",
                "Resolved|17|2 - High|Group 2|Resolver 2|0",
                "Active|18|2 - High|Group 1|Resolver 1|1",
                "Closed|19|2 - High|Group 1|Resolver 1|1",
                "Closed|20|2 - High|Group 1|Resolver 1|1",
            ]))
        #expect(
            ReplayFixture.requests(of: log) == [
                "0: TICKET OPEN channel=ticket dept=group-1 source=phone priority=3 ref=INC1 from=caller-7 "
                    + "subject=Category 5",
                "3: TICKET NOTE INC1 by=desk body=Updated by 21",
                "4: TICKET SET INC1 priority=2",
                "5: TICKET ASSIGN INC1 resolver-1",
                "6: TICKET ASSIGN INC1 resolver-2",
                "7: TICKET TRANSFER INC1 dept=group-2 agent=resolver-2",
                "8: TICKET TRANSFER INC1 dept=group-3 agent=resolver-3",
                "9: TICKET RELEASE INC1",
                "10: TICKET TRANSFER INC1 dept=unknown",
                "11: TICKET TRANSFER INC1 dept=group-2 agent=resolver-2",
                "11: TICKET SET INC1 priority=1",
                "12: TICKET TRANSFER INC1 dept=group-1",
                "13: TICKET ASSIGN INC1 resolver-1",
                "14: TICKET MESSAGE INC1 body=Awaiting User Info -> Active (Updated by 21) from=caller-7",
                "15: TICKET NOTE INC1 by=resolver-1 body=Active -> Awaiting Vendor (Updated by 21)",
                "16: TICKET ASSIGN INC1 resolver-2",
                "16: TICKET SET INC1 priority=2",
                "16: TICKET RESOLVE INC1",
                "17: TICKET TRANSFER INC1 dept=group-2 agent=resolver-2",
                "18: TICKET REOPEN INC1",
                "18: TICKET TRANSFER INC1 dept=group-1 agent=resolver-1",
                "19: TICKET RESOLVE INC1",
                "20: TICKET NOTE INC1 by=resolver-1 body=Updated by 21",
            ])
        #expect(
            ReplayTotals(of: log).lines.map(\.count) == [1, 7, 9, 2, 3, 1, 1])
        #expect(
            TicketLife.unmapped(in: log).map { "\($0.change) \($0.count)" } == [
                "Active -> Awaiting User Info 1", "Active -> Awaiting Vendor 1", "New -> Active 1",
            ])
    }

    @Test func `an incident that begins resolved is opened when it was opened and resolved when it was written`() throws
    {
        let log = try ReplayFixture.log(
            ReplayFixture.incident(["Resolved|5|4 - Low|Group 1|Resolver 1|0", "Closed|9|4 - Low|Group 1|Resolver 1|0"])
        )
        #expect(
            ReplayFixture.requests(of: log) == [
                "0: TICKET OPEN channel=ticket dept=group-1 source=phone priority=4 ref=INC1 from=caller-7 "
                    + "subject=Category 5 agent=resolver-1",
                "5: TICKET RESOLVE INC1",
                "9: TICKET NOTE INC1 by=resolver-1 body=Resolved -> Closed (Updated by 21)",
            ])
    }

    @Test func `rows are played in the order of their times, and a step back counts as now`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident(
                number: "INC1",
                ["New|0|4 - Low|Group 1|?|0", "New|9|4 - Low|Group 2|?|0", "New|3|4 - Low|Group 3|?|0"]),
            ReplayFixture.incident(number: "INC2", ["New|0|4 - Low|Group 1|?|0", "New|5|4 - Low|Group 2|?|0"]))
        #expect(
            ReplayFixture.requests(of: log).map { $0.split(separator: " ").prefix(4).joined(separator: " ") } == [
                "0: TICKET OPEN channel=ticket", "0: TICKET OPEN channel=ticket", "5: TICKET TRANSFER INC2",
                "9: TICKET TRANSFER INC1", "9: TICKET TRANSFER INC1",
            ])
    }

    @Test func `a step knows where its ticket stands after it`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident([
                "Resolved|0|4 - Low|Group 1|Resolver 1|0", "Active|1|4 - Low|Group 2|?|1",
            ]))
        let shown = TicketLife.schedule(of: log).map { "\($0.department) \($0.agent ?? "-") \($0.endsRow)" }
        #expect(
            shown == [
                "group-1 resolver-1 false", "group-1 resolver-1 true", "group-1 resolver-1 false", "group-2 - true",
            ])
    }

    @Test func `the help desk is there before its tickets`() throws {
        let log = try ReplayFixture.log(
            ReplayFixture.incident([
                "New|0|4 - Low|Group 2|Resolver 1|0", "New|1|4 - Low|?|Resolver 1|0", "New|2|4 - Low|Group 2|?|0",
            ]))
        let manual = HelpDesk(of: log, routing: .manual, capacity: 300).requests.map { $0.joined(separator: " ") }
        #expect(
            manual == [
                "DEPT ADD group-2 strategy=manual", "DEPT ADD unknown strategy=manual",
                "AGENT ADD resolver-1 depts=group-2,unknown ticket=300 chat=0 call=0",
                "AGENT ADD desk depts=group-2,unknown ticket=0 chat=0 call=0", "AGENT ONLINE resolver-1",
            ])
        let routed = HelpDesk(of: log, routing: .leastLoaded, capacity: 10).requests.map { $0.joined(separator: " ") }
        #expect(
            routed == [
                "DEPT ADD group-2 strategy=least_loaded", "DEPT ADD unknown strategy=least_loaded",
                "AGENT ADD resolver-1 depts=group-2,unknown ticket=10 chat=0 call=0", "AGENT ONLINE resolver-1",
            ])
    }
}
