import Glibc
import SwitchboardClient
import Testing

/// A server is ended in every way, started again, and asked for what it had acknowledged.
@Suite struct DurabilityTests {
    /// A department that routes, with agents, so that records hold more than what was asked for.
    private func prepare(_ server: TestServer) throws {
        let client = try server.client()
        try client.tell("DEPT ADD support strategy=round_robin")
        for number in 1...5 {
            try client.tell("AGENT ADD a\(number) depts=support ticket=20")
            try client.tell("AGENT ONLINE a\(number)")
        }
    }

    /// Checks that everything acknowledged is there, that all is consistent, and that a second recovery gives the same.
    private func check(_ server: TestServer, _ results: [Acknowledgements], options: [String]? = nil) throws {
        for result in results { #expect(!result.end.hasPrefix("refused"), "\(result.end)") }
        try server.start(options)
        let client = try server.client()
        let lost = try client.missing(results)
        #expect(lost.isEmpty, "\(lost.count) lost, such as \(lost.first ?? "")")
        let digest = try client.digest()
        server.kill()
        try server.start(options)
        #expect(try server.client().digest() == digest)
    }

    @Test(arguments: [["--loops", "1"], ["--loops", "2", "--shards", "1"]])
    func `kill -9 under a pipelined load loses nothing acknowledged`(options: [String]) throws {
        let server = try TestServer(options)
        try prepare(server)
        let load = WriteLoad(server, connections: 4, department: "support")
        #expect(TestServer.wait { load.acknowledged > 4000 })
        server.kill()
        let results = load.finish()
        #expect(results.map(\.count).reduce(0, +) > 4000)
        try check(server, results)
    }

    @Test(arguments: ["everysec", "no"])
    func `a server that answers at once loses at most the last moment to kill -9, and nothing to SIGTERM`(
        policy: String
    ) throws {
        let server = try TestServer("--fsync", policy)
        try prepare(server)
        let load = WriteLoad(server, connections: 4, department: "support")
        #expect(TestServer.wait { load.acknowledged > 4000 })
        server.kill()
        _ = load.finish()
        // What is there is consistent, and stays.
        try check(server, [])
        let second = WriteLoad(server, connections: 4, department: "support")
        #expect(TestServer.wait { second.acknowledged > 4000 })
        #expect(server.terminate() == 0)
        try check(server, second.finish())
    }

    @Test func `kill -9 while a snapshot is being written loses nothing acknowledged`() throws {
        let server = try TestServer()
        try prepare(server)
        let load = WriteLoad(server, connections: 4, department: "support")
        #expect(TestServer.wait { load.acknowledged > 4000 })
        let client = try server.client()
        for round in 1...3 {
            try client.tell("BGSAVE SCHEDULE")
            #expect(TestServer.wait { load.acknowledged > 4000 + round * 1000 })
        }
        try client.tell("BGSAVE SCHEDULE")
        server.kill()
        try check(server, load.finish())
    }

    @Test func `kill -9 in the first moment after each start loses nothing`() throws {
        let server = try TestServer()
        try prepare(server)
        var results: [Acknowledgements] = []
        for round in 1...5 {
            let load = WriteLoad(server, connections: 2, department: "support")
            // The later, the more is recovered before.
            #expect(TestServer.wait { load.acknowledged > round * 50 })
            server.kill()
            results += load.finish()
            try server.start()
        }
        server.kill()
        try check(server, results)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal answers what was accepted, writes a snapshot and ends with status 0`(signal: Int32) throws {
        let server = try TestServer("--loops", "2")
        try prepare(server)
        let idle = try server.client()
        try idle.tell("PING")
        let load = WriteLoad(server, connections: 4, department: "support")
        #expect(TestServer.wait { load.acknowledged > 2000 })
        server.send(signal)
        #expect(server.waitForEnd() == 0)
        let results = load.finish()
        #expect(throws: ClientError.self) { try idle.tell("PING") }
        try server.start()
        let client = try server.client()
        #expect(try client.missing(results).isEmpty)
        // What was carried out was answered, and nothing else was carried out.
        let replies = results.map(\.count).reduce(0, +)
        let threads = try results.flatMap(\.bodies.keys).map { ticket in
            try client.demand(["TICKET", "SHOW", String(ticket)]).json?["thread"]?.array?.filter {
                $0["body"]?.string != nil
            }.count ?? 0
        }
        #expect(threads.reduce(0, +) == replies)
        #expect(server.log.contains(signal == SIGTERM ? "SIGTERM" : "SIGINT"))
        #expect(try Program.run("/bin/sh", ["-c", "ls \(server.folder)"]).output.contains("snapshot-"))
        let records = try client.tell("INFO persistence").text(limit: 4000)
        #expect(records.contains("last_snapshot_status:ok"))
    }

    @Test(arguments: [("SHUTDOWN", true), ("SHUTDOWN SAVE", true), ("SHUTDOWN NOSAVE", false)])
    func `SHUTDOWN closes the connection, as Redis does, and ends with status 0`(request: String, saves: Bool) throws {
        let server = try TestServer()
        let client = try server.client()
        try client.tell("DEPT ADD support")
        try client.tell("TICKET OPEN channel=ticket dept=support")
        let digest = try client.digest()
        #expect(throws: ClientError.self) { try client.ask(request) }
        #expect(server.waitForEnd() == 0)
        let names = try Program.run("/bin/sh", ["-c", "ls \(server.folder)"]).output
        #expect(names.contains("snapshot-") == saves, "\(names)")
        try server.start()
        #expect(try server.client().digest() == digest)
    }

    @Test func `the number of shards may change over a restart`() throws {
        let server = try TestServer("--shards", "4")
        try prepare(server)
        let client = try server.client()
        for number in 1...300 {
            try client.tell("TICKET OPEN channel=ticket dept=support subject=n\(number)")
        }
        let digest = try client.digest()
        for (shards, isClean) in [("1", false), ("7", true), ("256", true), ("4", false)] {
            if isClean { #expect(server.terminate() == 0) } else { server.kill() }
            try server.start(["--shards", shards])
            #expect(try server.client().digest() == digest)
        }
        #expect(try server.client().tell("TICKET OPEN channel=ticket dept=support").json?["id"]?.integer == 301)
    }

    @Test func `the manual clock stays where it was over restarts`() throws {
        let server = try TestServer("--clock", "manual")
        let client = try server.client()
        #expect(try client.tell("CLOCK") == .success(Array("2000-01-01T00:00:00.000Z".utf8)))
        try client.tell("CLOCK ADVANCE 90m")
        try client.tell("DEPT ADD support")
        try client.tell("AGENT ADD ann depts=support")
        try client.tell("AGENT PAUSE ann for=1h")
        try client.tell("CLOCK ADVANCE 10s")
        server.kill()
        try server.start()
        #expect(try server.client().tell("CLOCK") == .success(Array("2000-01-01T01:30:10.000Z".utf8)))
        #expect(server.terminate() == 0)
        try server.start()
        let again = try server.client()
        #expect(try again.tell("CLOCK") == .success(Array("2000-01-01T01:30:10.000Z".utf8)))
        #expect(try again.tell("AGENT SHOW ann").json?["paused"] != .null)
        #expect(try again.ask("CLOCK SET 2000-01-01T01:00:00Z") == .refusal("BADARG the clock does not go back"))
        try again.tell("CLOCK SET 2000-01-01T02:30:00Z")
        #expect(try again.tell("AGENT SHOW ann").json?["paused"] == .null)
    }

    @Test func `a snapshot is written when the journal has grown by so much`() throws {
        let server = try TestServer("--snapshot-every", "0", "--snapshot-every-size", "256k")
        let client = try server.client()
        try client.tell("DEPT ADD support")
        let body = String(repeating: "x", count: 60_000)
        func snapshots() throws -> Int {
            let listing = try Program.run("/bin/sh", ["-c", "ls \(server.folder) | grep -c '^snapshot-.*swb$'"]).output
            return Int(listing.filter(\.isNumber)) ?? 0
        }
        for expected in 1...2 {
            #expect(try snapshots() == expected - 1)
            for _ in 1...6 { try client.tell("TICKET OPEN channel=ticket dept=support subject=x body=\(body)") }
            #expect(try TestServer.wait { try snapshots() == expected })
        }
    }

    @Test func `the journal stays within its limit without periodic snapshots, and nothing is lost`() throws {
        let server = try TestServer("--snapshot-every", "0", "--snapshot-every-size", "0", "--journal-max", "8m")
        let client = try server.client()
        try client.tell("DEPT ADD support")
        let body = String(repeating: "x", count: 60_000)
        func bytes() throws -> Int {
            let listing = try Program.run("/bin/sh", ["-c", "cat \(server.folder)/journal-*.log | wc -c"]).output
            return Int(listing.filter(\.isNumber)) ?? 0
        }
        for number in 1...600 {
            try client.tell("TICKET OPEN channel=ticket dept=support subject=n\(number) body=\(body)")
            if number % 100 == 0 {
                // A snapshot that is asked for here is written beside this.
                #expect(try TestServer.wait { try bytes() < 14 << 20 })
            }
        }
        let digest = try client.digest()
        server.kill()
        try server.start()
        #expect(try server.client().digest() == digest)
    }
}
