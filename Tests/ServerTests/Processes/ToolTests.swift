import Glibc
import SwitchboardClient
import Testing

/// `switchboard check` and `switchboard dump`, as programs.
@Suite struct ToolTests {
    private func run(_ words: String...) throws -> Program {
        try Program.run(TestServer.executable, words, timeoutSeconds: 60)
    }

    private func files(_ server: TestServer, _ ending: String) throws -> [String] {
        let names = try Program.run("/bin/ls", [server.folder]).output.split(separator: "\n").map(String.init)
        return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(server.folder)/\($0)" }
    }

    /// A server with a few records, each on disk before the next.
    private func filled() throws -> TestServer {
        let server = try TestServer("--snapshot-every", "0")
        let client = try server.client()
        try client.tell("DEPT ADD support")
        for number in 1...20 { try client.tell("TICKET OPEN channel=ticket dept=support subject=n\(number)") }
        return server
    }

    /// Flips a bit in the middle of the file.
    private func spoil(_ path: String) throws {
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        var byte: UInt8 = 0
        #expect(pread(descriptor, &byte, 1, 600) == 1)
        byte ^= 1
        #expect(pwrite(descriptor, &byte, 1, 600) == 1)
    }

    @Test func `a sound folder is found sound, with the digest of its server`() throws {
        let server = try filled()
        let inUse = try run("check", "--data", server.folder)
        #expect(inUse.status == 2 && inUse.output.isEmpty)
        #expect(inUse.errors.contains("in use by process \(server.processID)"), "\(inUse.errors)")
        let digest = try server.client().digest()
        server.kill()
        let check = try run("check", "--data=\(server.folder)", "--repair")
        #expect(check.status == 0 && check.errors.isEmpty, "\(check.output) \(check.errors)")
        #expect(check.output.contains("\ndigest: \(digest)\n"))
        #expect(check.output.contains("recovered: record 21 (no snapshot, 21 records replayed)\n"))
        #expect(check.output.contains(", 20 tickets, ") && check.output.hasSuffix("\nsound\n"))
        try server.start()
        #expect(try server.client().digest() == digest)
    }

    @Test func `damage in the middle stops the server, is named, and is repaired on request`() throws {
        let server = try filled()
        server.kill()
        let journal = try #require(try files(server, ".log").first)
        try spoil(journal)
        let start = try run("serve", "--port", "0", "--data", server.folder)
        #expect(start.status == 1 && start.output.isEmpty)
        let line = start.errors.split(separator: "\n").last ?? ""
        #expect(line.hasPrefix("switchboard: \(journal) is damaged at offset "), "\(start.errors)")
        #expect(line.contains("'switchboard check --data \(server.folder)'") && line.contains("--repair"))

        let check = try run("check", "--data", server.folder)
        #expect(check.status == 1 && check.output.hasSuffix("\ndamaged\n"), "\(check.output)")
        let dump = try run("dump", journal)
        #expect(dump.status == 1 && dump.errors.contains("is damaged at offset "), "\(dump.errors)")
        #expect(dump.output.split(separator: "\n").count > 5)

        let repair = try run("check", "--data", server.folder, "--repair")
        #expect(repair.status == 0 && repair.output.hasSuffix("\nsound\n"), "\(repair.output)")
        #expect(repair.output.contains("repaired: ") && repair.output.contains("\nlost: record"), "\(repair.output)")
        #expect(try files(server, "").contains { $0.contains(".log.cut-") })
        #expect(try run("check", "--data", server.folder).status == 0)
        try server.start()
        _ = try server.client().digest()
    }

    @Test func `a journal and a snapshot are dumped as lines of JSON`() throws {
        let server = try filled()
        let journal = try #require(try files(server, ".log").first)
        let dump = try run("dump", journal)
        #expect(dump.status == 0 && dump.errors.isEmpty, "\(dump.errors)")
        let lines = dump.output.split(separator: "\n").map { JSONValue(parsing: Array($0.utf8)) }
        #expect(lines.count == 22 && !lines.contains(nil))
        #expect(lines[0]?["file"]?.string == "journal" && lines[21]?["record"]?.integer == 21)
        let event = lines[21]?["events"]?.array?.first
        #expect(event?["event"]?.string == "ticketOpened" && event?["subject"]?.string == "n20")
        #expect(server.terminate() == 0)
        let snapshot = try #require(try files(server, ".swb").last)
        let elements = try run("dump", snapshot).output.split(separator: "\n").map {
            JSONValue(parsing: Array($0.utf8))
        }
        #expect(elements.filter { $0?["section"]?.string == "tickets" }.count == 20)
    }

    @Test func `a reader who goes away ends a dump quietly`() throws {
        let server = try filled()
        let journal = try #require(try files(server, ".log").first)
        for before in ["", "trap '' PIPE; "] {
            let shell = try Program.run(
                "/bin/sh", ["-c", "\(before)'\(TestServer.executable)' dump '\(journal)' | head -n 1"])
            #expect(shell.status == 0 && shell.errors.isEmpty, "\(shell.errors)")
            #expect(shell.output.split(separator: "\n").count == 1)
        }
    }

    @Test(arguments: [
        (["check", "--bogus"], "'--bogus'"), (["check", "--data"], "'--data'"), (["check", "--data="], "'--data'"),
        (["check", "--data", "/no/such"], "/no/such"), (["dump"], "one file"), (["dump", "a", "b"], "one file"),
        (["dump", "/no/such"], "/no/such"),
    ])
    func `a bad command line is one line and status 2`(words: [String], named: String) throws {
        let run = try Program.run(TestServer.executable, words)
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors.contains(named) && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
}
