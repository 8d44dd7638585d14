import Glibc
import SwitchboardClient
import Testing

/// `switchboard export` and `switchboard import` between servers in processes of their own.
@Suite struct TransferTests: Transfers {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(name: "switchboard-test") }

    @Test(.enabled(if: Tools.hasNetcat, "nc is missing: .ci/run installs it"))
    func `an export of everything comes back the same from an empty server`() throws {
        defer { folder.remove() }
        let source = try fullServer()
        let whole = try export(source)
        #expect(whole.split(separator: "\n").count > 300)
        for part in [
            "\"merged\":{", "\"absorbed\":[", "\"split_from\":", "\"former\":", "\"deliveries\":", "\"work\":",
        ] {
            #expect(whole.contains(part), "nothing with \(part)")
        }
        try Program.write(Array(whole.utf8), to: path("all.jsonl"))
        let target = try emptyServer(like: source)
        let run = try switchboard("import", path("all.jsonl"), server: target)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        let again = try export(target)
        let lines = zip(whole.split(separator: "\n"), again.split(separator: "\n"))
        #expect(again == whole, "\(lines.first { $0 != $1 }.map { "\($0)\n\($1)" } ?? "the length")")
        let digest = try target.client().digest()
        target.kill()
        try target.start()
        #expect(try target.client().digest() == digest)
        // A second time changes nothing.
        let second = try switchboard("import", path("all.jsonl"), server: target)
        #expect(
            second.status == 0 && second.output.hasPrefix("imported 0 tickets, ")
                && second.output.contains("departments, agents and views: 0 added, "),
            "\(second.output) \(second.errors)")
        #expect(try target.client().digest() == digest)

        // So do tables, but for what they leave out.
        let table = try export(source, "--format", "csv")
        try Program.write(Array(table.utf8), to: path("all.csv"))
        #expect(try switchboard("export", "--only", "directory", "--out", path("d.jsonl"), server: source).status == 0)
        let other = try emptyServer(like: source)
        #expect(try switchboard("import", path("d.jsonl"), server: other).status == 0)
        let rows = try switchboard("import", path("all.csv"), server: other)
        #expect(rows.status == 0, "\(rows.output) \(rows.errors)")
        // What has no row is not counted.
        let counted = try switchboard("export", "--format", "csv", "--out", path("counted.csv"), server: source)
        #expect(
            counted.output.hasPrefix("exported \(rows.output.split(separator: " ")[1]) tickets"), "\(counted.output)")
        #expect(try export(other, "--format", "csv") == table)
        _ = try other.client().digest()
    }

    /// A file of so many tickets in one department, and the department.
    @Test(arguments: [true, false])
    func `an import that breaks off goes on when it is run again, without doubles`(killsServer: Bool) throws {
        defer { folder.remove() }
        let tickets = 60_000
        let text = try file("many.jsonl", tickets: tickets)
        let server = try TestServer()
        let words = ["import", path("many.jsonl"), "--port", String(server.port)]
        let client = try ServerProcess(
            executable: TestServer.executable, arguments: words, logPath: path("log.txt"))
        // In the middle: some are there, and not all.
        let asking = try server.client()
        #expect(try TestServer.wait { try asking.ask("TICKET SHOW 1000 thread=no").json != nil })
        if killsServer { server.kill() } else { client.kill() }
        #expect(TestServer.wait { !client.isRunning })
        if killsServer {
            #expect(client.terminate() == 1)
            let said = try Program.read(path("log.txt"))
            #expect(said.hasPrefix("switchboard import: ") && said.contains("import the file again"), "\(said)")
            try server.start()
        }
        let before = try count(server)
        #expect(before >= 1000 && before < tickets, "\(before)")
        let again = try switchboard("import", path("many.jsonl"), server: server)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try count(server) == tickets)
        #expect(try export(server) == text)
        _ = try server.client().digest()
    }

    @Test func `bad lines are told by number, and skipped or stopped at`() throws {
        defer { folder.remove() }
        let good = { (id: Int) in "{\"id\":\(id),\"dept\":\"sales\",\"created_at\":\"2020-01-01T00:00:00Z\"}" }
        var lines = ["{\"record\":\"dept\",\"name\":\"sales\",\"options\":{}}"] + (1...200).map(good)
        lines[50] = "{\"id\":50,\"dept\":\"nowhere\",\"created_at\":\"2020-01-01T00:00:00Z\"}"
        lines[90] = "{\"id\":90"
        lines.append("{\"record\":\"car\",\"name\":\"x\"}")
        try Program.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path("bad.jsonl"))

        let stopped = try TestServer()
        let stop = try switchboard("import", path("bad.jsonl"), server: stopped)
        #expect(stop.status == 1)
        #expect(stop.errors == "line 51: BADARG dept: no department 'nowhere'\n")
        #expect(stop.output.hasPrefix("imported 49 tickets, 0 duplicates, 1 bad line"), "\(stop.output)")
        #expect(try count(stopped) == 49)
        // Mended, the same file goes on.
        lines[50] = good(50)
        lines[90] = good(90)
        lines.removeLast()
        try Program.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path("good.jsonl"))
        let mended = try switchboard("import", path("good.jsonl"), server: stopped)
        #expect(
            mended.status == 0 && mended.output.hasPrefix("imported 151 tickets, 49 duplicates"), "\(mended.output)")
        #expect(try count(stopped) == 200)

        let skipped = try TestServer()
        let skip = try switchboard(
            "import", path("bad.jsonl"), "--on-error", "skip", "--errors", path("rest.jsonl"), server: skipped)
        #expect(skip.status == 1)
        #expect(skip.errors.split(separator: "\n").map { $0.prefix(9) } == ["line 51: ", "line 91: ", "line 202:"])
        #expect(skip.output.hasPrefix("imported 198 tickets, 0 duplicates, 3 bad lines"), "\(skip.output)")
        #expect(try Program.read(path("rest.jsonl")).split(separator: "\n").count == 3)
        #expect(try count(skipped) == 198)
    }

    /// A document with an id, as a line.
    private func line(_ id: Int, status: String = "new") -> String {
        #"{"id":\#(id),"dept":"sales","status":"\#(status)","created_at":"1999-06-01T10:00:0\#(id)Z","body":"x"}"#
            + "\n"
    }

    @Test(.enabled(if: Tools.hasNetcat, "nc is missing: .ci/run installs it"))
    func `lines that were bad are mended and imported, under their ids`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        try type(["DEPT ADD sales strategy=manual"], to: server)
        let text = "\u{FEFF}" + line(1) + line(2, status: "resolvd") + line(3) + line(4, status: "opn") + line(5)
        try Program.write(Array(text.utf8), to: path("t.jsonl"))
        let first = try switchboard(
            "import", path("t.jsonl"), "--on-error", "skip", "--errors", path("bad.jsonl"), server: server)
        #expect(first.output == "imported 3 tickets, 0 duplicates, 2 bad lines\n")
        let bad = try Program.read(path("bad.jsonl"))
        #expect(bad == line(2, status: "resolvd") + line(4, status: "opn"))
        try Program.write(Array((line(2, status: "resolved") + line(4)).utf8), to: path("mended.jsonl"))
        let second = try switchboard("import", path("mended.jsonl"), server: server)
        #expect(second.output == "imported 2 tickets, 0 duplicates, 0 bad lines\n", "\(second.errors)")
        let client = try server.client()
        let reply = try client.request(["FIND", "id > 0", "sort=created_at"])
        guard case .list(let found) = reply else {
            Issue.record("\(reply)")
            return
        }
        #expect(found.compactMap { $0.json?["id"]?.integer } == [1, 2, 3, 4, 5])
        #expect(try client.ask("TICKET SHOW 2 thread=no").json?["status"]?.string == "resolved")
        _ = try client.digest()
    }

    @Test(.enabled(if: Tools.hasNetcat, "nc is missing: .ci/run installs it"))
    func `an export that breaks off goes on in its file`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        var lines = ["DEPT ADD sales strategy=manual"]
        for number in 1...300 {
            lines.append(
                "TICKET OPEN channel=ticket dept=sales body=\"a\\r\\n\\\"\(number)\\\"\" field.N=\(number % 7)")
        }
        // A thread too long for one line.
        let body = String(repeating: "lorem ipsum ", count: 5000)
        for number in 1...60 { lines.append("TICKET MESSAGE 150 body=\"\(number) \(body)\"") }
        try type(lines, to: server)
        for (name, format) in [("x.jsonl", "jsonl"), ("x.csv", "csv")] {
            let whole = try export(server, "--format", format)
            let bytes = Array(whole.utf8)
            // After a line, within the first line, within a long ticket's parts, in quotes, at the end.
            for cut in [0, 20, 1000, bytes.count / 3, bytes.count / 2, bytes.count - 1, bytes.count] {
                try Program.write(Array(bytes[..<cut]), to: path(name))
                let run = try switchboard("export", "--out", path(name), "--resume", "yes", server: server)
                #expect(run.status == 0, "\(run.errors)")
                let found = try Program.read(path(name))
                #expect(found == whole, "\(format), cut after \(cut) of \(bytes.count), then \(found.utf8.count)")
            }
        }
        // The long one is several lines, and comes back whole.
        let whole = try export(server)
        #expect(whole.split(separator: "\n").count { $0.hasPrefix("{\"id\":150,") } > 3)
        try Program.write(Array(whole.utf8), to: path("x.jsonl"))
        let target = try TestServer()
        let run = try switchboard("import", path("x.jsonl"), server: target)
        #expect(run.status == 0 && run.output.hasPrefix("imported 300 tickets, 0 dup"), "\(run.output) \(run.errors)")
        #expect(try export(target) == whole)
        #expect(try switchboard("export", "--out", path("y.jsonl.gz"), server: server).status == 0)
        let other = try TestServer()
        #expect(try switchboard("import", path("y.jsonl.gz"), server: other).status == 0)
        #expect(try export(other) == whole)
        let some = try export(server, "--where", "field.N = 4")
        #expect(some.split(separator: "\n").count == 43 && some.hasPrefix("{\"id\":4,"))
    }

    @Test func `a run of letters longer than a word of a request is imported`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        try server.client().tell("DEPT ADD sales strategy=manual")
        let body = String(repeating: "x", count: 1_100_000) + "=" + String(repeating: "y", count: 600_000)
        try Program.write(Array("{\"dept\":\"sales\",\"body\":\"\(body)\"}\n".utf8), to: path("long.jsonl"))
        let run = try switchboard("import", path("long.jsonl"), server: server)
        #expect(run.status == 0 && run.output.hasPrefix("imported 1 tickets"), "\(run.output) \(run.errors)")
        #expect(try export(server).contains(body))
    }

    @Test func `what cannot be read, written or reached is one clear line`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        try server.client().tell("DEPT ADD sales")
        for (words, status, said) in [
            (["export", "--out", "/dev/full"], 1, "cannot write /dev/full: No space left on device"),
            (["export", "--out", "/no/such/folder/x"], 1, "cannot write /no/such/folder/x: No such file or directory"),
            (["export", "--where", "colour = red"], 1, "COUNT"),
            (["export", "--format", "xml"], 2, "--format must be jsonl or csv"),
            (["export", "--resume", "yes"], 2, "--resume needs --out FILE"),
            (["export", "--resume", "maybe", "--out", "x"], 2, "--resume must be yes or no"),
            (["export", "--only", "cars"], 2, "--only must be all, directory or tickets"),
            (["export", "--only", "directory", "--format", "csv"], 2, "departments, agents and views are no rows"),
            (["export", "x"], 2, "what is 'x'?"), (["export", "--colour", "red"], 2, "unknown option"),
            (["export", "--out", "x.jsonl.gz", "--resume", "yes"], 1, "x.jsonl.gz is compressed"),
            (["import"], 2, "which FILE?"), (["import", "a", "b"], 2, "one FILE only"),
            (["import", "/no/such/file"], 1, "cannot open /no/such/file: No such file"),
            (["import", "x", "--on-error", "cry"], 2, "--on-error must be stop or skip"),
        ] {
            let run = try Program.run(TestServer.executable, words + ["--port", String(server.port)])
            let isSaid = said == "COUNT" ? run.errors.contains("colour") : run.errors.contains(said)
            #expect(run.status == status && isSaid, "\(words): \(run.status) \(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1, "\(words): \(run.errors)")
        }
        let port = server.port
        server.kill()
        for words in [["export"], ["import", "/dev/null"]] {
            let run = try Program.run(TestServer.executable, words + ["--port", String(port)])
            #expect(run.status == 1 && run.errors.contains("cannot connect to 127.0.0.1:\(port)"), "\(run.errors)")
        }
    }
}
