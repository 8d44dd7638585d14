import SwitchboardClient
import SwitchboardTestKit
import Testing

/// A server that checks itself by its clock.
@Suite struct ServerSelfCheckTests {
    private func figures(_ server: TestServer) throws -> [String] {
        guard case .success(let bytes) = try server.client().ask("INFO verification") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    private func figure(_ name: String, _ server: TestServer) throws -> Int? {
        let line = try figures(server).first { $0.hasPrefix(name + ":") }
        return line.flatMap { Int($0.dropFirst(name.count + 1)) }
    }

    @Test func `a fault is found by itself, and told by the log, INFO and a record`() throws {
        let server = try TestServer("--self-check", "1s", "--snapshot-every", "0")
        let client = try server.client()
        for line in ["DEPT ADD support", "AGENT ADD ann depts=support ticket=1", "AGENT ONLINE ann"] {
            try client.tell(line)
        }
        for _ in 1...4 { try client.tell("TICKET OPEN channel=ticket dept=support") }
        try client.tell("TICKET RESOLVE 1")
        #expect(try TestServer.wait { try figure("last_self_check_places", server) == 2 })
        #expect(try figure("self_check_every", server) == 1)
        #expect(try figure("self_check_problems", server) == 0)
        #expect(try figure("last_self_check_problems", server) == 0)
        #expect(try figure("last_self_check_facts", server) ?? 0 > 30)
        #expect(try figure("last_self_check_time", server) ?? 0 > 1_700_000_000)
        #expect(!server.log.contains("self-check: "))

        server.kill()
        try FaultyRecord.give(4, to: 0, inFolder: server.folder)
        try server.start()
        #expect(try TestServer.wait { try figure("self_check_problems", server) ?? 0 > 0 })
        #expect(try figure("last_self_check_problems", server) == 1)
        #expect(server.log.contains(" error: the state at record "))
        #expect(server.log.contains(" error: self-check: ticket 3 stands in support/ticket as it does since record "))
        // And what was asked for says the same.
        #expect(try server.client().tell("VERIFY").json?["ok"] == .bool(false))
        server.kill()
        let journals = try Program.run("/bin/sh", ["-c", "ls \(server.folder)/journal-*.log"]).output
        let last = journals.split(separator: "\n").last.map(String.init) ?? ""
        let dump = try Program.run(TestServer.executable, ["dump", last]).output
        #expect(dump.contains(#""event":"selfCheckFailed""#) && dump.contains("ticket 3 stands in support/ticket"))
    }

    @Test(arguments: [["--self-check", "off"], ["--self-check", "0"], ["--clock", "manual", "--self-check", "1s"]])
    func `no check is made by itself where none is wanted, or the clock is manual`(options: [String]) throws {
        let server = try TestServer(options)
        #expect(try figure("self_check_every", server) == 0)
        #expect(try figure("self_checks", server) == 0 && figure("last_self_check_ms", server) == -1)
        try server.client().tell("VERIFY")
        #expect(try figure("self_checks", server) == 1)
    }
}
