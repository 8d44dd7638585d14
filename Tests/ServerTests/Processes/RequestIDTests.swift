import SwitchboardClient
import Testing

/// A client that sends again everything of which it does not know whether it was done.
@Suite struct RequestIDTests {
    private static let count = 3000

    /// Sends every request, 64 on the way at a time, up to the end or until the server is gone. The replies in order.
    private func send(_ server: TestServer, onReply: (Int) -> Void = { _ in }) -> [String] {
        var replies: [String] = []
        guard let client = try? server.client() else { return [] }
        var sent = 0
        do {
            while replies.count < Self.count {
                while sent < Self.count, client.inFlight < 64 {
                    try client.send([
                        "TICKET", "OPEN", "channel=ticket", "dept=support", "body=\(sent)", "rid=r-\(sent)",
                    ])
                    sent += 1
                }
                replies.append(try client.receive().text())
                onReply(replies.count)
            }
        } catch {
            // The server is gone.
        }
        return replies
    }

    @Test(arguments: [["--loops", "1"], ["--loops", "2", "--shards", "1"], ["--fsync", "everysec"]])
    func `everything sent again after kill -9 is done once and answered as before`(options: [String]) throws {
        let server = try TestServer(options)
        let client = try server.client()
        try client.tell("DEPT ADD support")
        try client.tell("AGENT ADD a depts=support ticket=50")
        try client.tell("AGENT ONLINE a")
        let before = send(server) { if $0 == Self.count / 2 { server.kill() } }
        #expect(before.count >= Self.count / 2)
        #expect(!server.isRunning)
        try server.start()
        let after = send(server)
        #expect(after.count == Self.count)
        if !options.contains("everysec") { #expect(Array(after.prefix(before.count)) == before) }
        #expect(Set(after).count == Self.count)
        #expect(send(server) == after)
        // One ticket for each, and no number left out: nothing was done twice.
        let last = try server.client().tell("TICKET OPEN channel=ticket dept=support").json?["id"]?.integer
        #expect(last == Self.count + 1)
        let digest = try server.client().digest()
        #expect(server.terminate() == 0)
        try server.start()
        #expect(send(server) == after)
        #expect(try server.client().digest() == digest)
    }

    @Test func `the limit is a setting, and INFO tells how many are remembered`() throws {
        let server = try TestServer("--max-rids", "2")
        let client = try server.client()
        // Short answers, as the limit is one of bytes too.
        try client.tell("DEPT ADD a")
        try client.tell("TICKET OPEN channel=ticket dept=a rid=1")
        try client.tell("TICKET OPEN channel=ticket dept=a rid=2")
        #expect(try client.ask("TICKET OPEN channel=ticket dept=a rid=3").text().hasPrefix("-BUSY "))
        try client.tell("TICKET OPEN channel=ticket dept=a rid=2")
        let info = try client.tell("INFO persistence").text(limit: 10_000)
        #expect(info.contains("rids:2\r\nmax_rids:2\r\n"))
    }
}
