import SwitchboardClient
import Testing

@Suite struct ReplayTextTests {
    @Test func `a progress bar shows how far, how fast and how long`() {
        #expect(
            Progress.text(label: "replaying", unit: "rows", done: 56_684, total: 141_712, seconds: 2)
                == "replaying [######----------]  39 %  56,684/141,712 rows  28,342/s  4 s left")
        #expect(
            Progress.text(label: "replaying", unit: "rows", done: 141_712, total: 141_712, seconds: 1.25)
                == "replaying [################] 100 %  141,712/141,712 rows  113,369/s  in 1.3 s")
        #expect(
            Progress.text(label: "replaying", unit: "rows", done: 0, total: 10, seconds: 0)
                == "replaying [----------------]   0 %  0/10 rows  0/s  ? left")
        #expect(Progress.text(label: "x", unit: "rows", done: 0, total: 0, seconds: 0).contains("100 %"))
    }

    @Test func `the widest bar fits a terminal`() {
        let text = Progress.text(
            label: "recounting", unit: "tickets", done: 24_000, total: 24_918, seconds: 0.2)
        #expect(text.count < 80)
        #expect(
            Progress.text(label: "replaying", unit: "rows", done: 141_000, total: 141_712, seconds: 1000).count < 80)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (141_712, "141,712"), (-12_345, "-12,345"), (1_000_000, "1,000,000"),
    ])
    func `numbers are written in groups`(value: Int, text: String) {
        #expect(grouped(value) == text)
    }

    @Test(arguments: [
        (0, "0 s"), (0.44, "0.4 s"), (9.96, "10.0 s"), (59, "59 s"), (200, "3 min 20 s"), (18_720, "5 h 12 min"),
        (183_600, "2 d 3 h"),
    ])
    func `times are written for people`(seconds: Double, text: String) {
        #expect(shortTime(seconds) == text)
    }

    @Test func `a table sets names left and numbers right`() {
        var table = TextTable(["", "the log", ""])
        table.add(["group changes", "23,321", "equal"])
        table.add(["releases", "7", "DIFFERS"])
        #expect(
            table.lines == [
                "                  the log", "  -------------   -------   -------",
                "  group changes    23,321     equal", "  releases              7   DIFFERS",
            ])
    }

    @Test func `the table of totals says which differ`() {
        var log = ReplayTotals()
        log.opened = 24_918
        log.reopenings = 331
        var server = log
        server.reopenings = 330
        let lines = ReplayReport.table(log: log, beside: [("acknowledged", log), ("histories", server)])
        #expect(lines.count == 9)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[2].hasSuffix("equal"))
        #expect(lines[7] == "  reopenings                331            331         330   DIFFERS")
    }

    @Test func `options are read, and a wrong one is named`() throws {
        let arguments = try Arguments(
            ["file", "--port", "7", "--host=h=1", "--", "--other"], options: ["--port", "--host"])
        #expect(arguments.positional == ["file", "--other"])
        #expect(try arguments.number("--port", in: 1...9, otherwise: 3) == 7)
        #expect(try arguments.number("--window", in: 1...9, otherwise: 3) == 3)
        #expect(arguments.text("--host") == "h=1")
        for (words, message) in [
            (["--odd"], "unknown option '--odd'"), (["--port"], "--port needs a value"),
            (["--port", "1", "--port=2"], "--port is given twice"),
        ] {
            let error = #expect(throws: UsageError.self) { try Arguments(words, options: ["--port"]) }
            #expect(error?.message == message)
        }
        let error = #expect(throws: UsageError.self) {
            try Arguments(["--port=10"], options: ["--port"]).number("--port", in: 1...9, otherwise: 3)
        }
        #expect(error?.message == "--port must be a number from 1 to 9, not '10'")
    }

    @Test(arguments: [[], ["--pass", "odd", "f"], ["a", "b"], ["--port", "0", "f"], ["--odd"]])
    func `a bad command line ends replay with status 2`(arguments: [String]) {
        #expect(ReplayCommand.run(arguments: arguments) == 2)
    }

    @Test func `help fits a terminal`() {
        for text in [ReplayCommand.help, DemoCommand.help] {
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }
}
