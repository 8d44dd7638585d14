import SwitchboardClient
import Testing

@Suite struct ReplayLogTests {
    @Test func `the shipped log says what its publishers say`() throws {
        let log = try IncidentLog.read(path: ReplayFixture.shippedLog)
        #expect(log.incidents.count == 24_918)
        #expect(log.rows.count == 141_712)
        #expect(log.departments.count == 79)
        #expect(log.memberships.count == 234)
        #expect(log.memberships.reduce(0) { $0 + $1.departments.count } == 1908)
        let totals = ReplayTotals(of: log)
        #expect(totals.opened == 24_918)
        #expect(totals.groupChanges == 23_321)
        #expect(totals.assigneeChanges == 14_006)
        #expect(totals.releases == 2325)
        #expect(totals.priorityChanges == 436)
        #expect(totals.reopenings == 331)
        #expect(totals.resolvedAtEnd == 24_918)

        let unmapped = TicketLife.unmapped(in: log)
        #expect(unmapped.reduce(0) { $0 + $1.count } == 39_132)
        #expect(unmapped.first?.change.description == "Resolved -> Closed")
        #expect(unmapped.first?.count == 24_917)

        let steps = TicketLife.schedule(of: log)
        #expect(count(steps) { if case .transfer = $0 { true } else { false } } == 23_321)
        #expect(count(steps) { if case .assign = $0 { true } else { false } } == 9737)
        #expect(count(steps) { $0 == .release } == 463)
        #expect(count(steps) { if case .setPriority = $0 { true } else { false } } == 436)
        #expect(count(steps) { if case .message = $0 { true } else { false } } == 1140)
        #expect(count(steps) { if case .note = $0 { true } else { false } } == 64_679)
        #expect(count(steps) { $0 == .resolve } == 25_249)
        #expect(count(steps) { $0 == .reopen } == 331)
        #expect(steps.count { $0.endsRow } == 141_712)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    private func count(_ steps: [LifeStep], _ matches: (LifeRequest) -> Bool) -> Int {
        steps.count { matches($0.request) }
    }

    @Test(arguments: [
        ("29/2/2016 01:16", "2016-02-29T01:16:00Z"), ("1/12/2016 23:59", "2016-12-01T23:59:00Z"),
        ("31/12/1999 9:05", "1999-12-31T09:05:00Z"), ("01/01/1970 00:00", "1970-01-01T00:00:00Z"),
    ])
    func `the log's times are days first`(log: String, text: String) throws {
        let time = try #require(ServiceTime(log: Array(log.utf8)[...]))
        #expect(time.text == text)
        #expect(ServiceTime(text) == time)
    }

    @Test(arguments: [
        "", "?", "29/2/2015 01:16", "29/2/2016", "2/29/2016 01:16", "1/1/2016 24:00", "1/1/2016 1:60", "1/1/16 1:00",
        "1/1/2016 1:00:00", "0/1/2016 1:00", "1-1-2016 1:00",
    ])
    func `what is no time of the log is none`(text: String) {
        #expect(ServiceTime(log: Array(text.utf8)[...]) == nil)
    }

    @Test func `RFC 3339 may hold milliseconds`() {
        #expect(ServiceTime("2016-02-29T01:16:00.250Z")?.milliseconds == 1_456_708_560_250)
        for text in ["2016-02-29T01:16:00", "2016-02-29 01:16:00Z", "2016-02-29T01:16:00.2Z", "2016-02-30T01:16:00Z"] {
            #expect(ServiceTime(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        ("Group 56", "group-56"), ("Self service", "self-service"), ("Opened by  8", "opened-by-8"), ("?", nil),
        ("", nil),
    ])
    func `names become identifiers`(name: String, identifier: String?) {
        #expect(Identifier.make(Array(name.utf8)[...]) == identifier)
    }

    // MARK: CSV

    private func rows(_ text: String) throws -> [[String]] {
        try ReplayFixture.withFile(text) { path in
            var reader = CSVReader(file: try CompressedFile(path: path))
            var row = CSVRow()
            var rows: [[String]] = []
            while try reader.next(&row) { rows.append((0..<row.count).map { row[$0] }) }
            return rows
        }
    }

    @Test func `fields stand between commas, rows between line ends of either kind`() throws {
        #expect(try rows("a,b,c\nd,,\r\n\n,\nlast") == [["a", "b", "c"], ["d", "", ""], ["", ""], ["last"]])
        #expect(try rows("").isEmpty)
    }

    @Test func `quoted fields may hold commas, quotes and line ends`() throws {
        #expect(
            try rows("\"a,b\",\"say \"\"no\"\"\",\"\"\n\"two\nlines\",x\n") == [
                ["a,b", "say \"no\"", ""], ["two\nlines", "x"],
            ])
        let error = #expect(throws: ClientError.self) { try rows("a\n\"never ends\n") }
        #expect(error?.message == "line 2: a quoted field does not end")
    }

    @Test func `a row that is wrong is named by its line`() throws {
        let good = ReplayFixture.incident(["New|0|3 - Moderate|Group 1|?|0"])
        for (bad, message) in [
            (good.replacing("New", with: "Odd"), "line 3: 'Odd' is no incident_state"),
            (good.replacing("3 - Moderate", with: "9"), "line 3: '9' is no priority"),
            (good.replacing("1/3/2016 8:00", with: "soon"), "line 3: 'soon' is no sys_updated_at"),
            ("a,b\n", "line 3: 2 fields instead of 16"),
        ] {
            let error = #expect(throws: ClientError.self) {
                try ReplayFixture.log(good, bad.replacing("INC1", with: "INC2"))
            }
            #expect(error?.message == message)
        }
        let apart = #expect(throws: ClientError.self) {
            try ReplayFixture.log(good, good.replacing("INC1", with: "INC2"), good)
        }
        #expect(apart?.message == "line 4: the rows of INC1 do not stand together")
    }

    @Test func `a file that is not the log is refused`() throws {
        for (text, message) in [("", "is empty"), ("a,b\n", "no column 'number'")] {
            let error = #expect(throws: ClientError.self) {
                try ReplayFixture.withFile(text) { try IncidentLog.read(path: $0) }
            }
            #expect(error?.message.contains(message) == true)
        }
        #expect(throws: ClientError.self) { try IncidentLog.read(path: "no/such/file") }
    }
}
