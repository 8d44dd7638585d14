import SwitchboardClient
import Testing

/// Programs that know nothing of this server, unchanged. Each is driven as a person or a script would.
@Suite struct ClientProgramTests {
    private func python(_ words: [String]) throws {
        let run = try Program.run("python3", [Tools.script(words[0])] + words.dropFirst(), timeoutSeconds: 120)
        #expect(run.output == "ok\n" && run.status == 0, "\(words): \(run.output) \(run.errors)")
    }

    @Test(.enabled(if: Tools.hasPythonRedis, "Python's redis is missing: .ci/run installs it"), arguments: [2, 3])
    func `Python's redis client works in both versions of the protocol`(version: Int) throws {
        let server = try TestServer()
        try python(["redis_client.py", String(server.port), String(version)])
        #expect(server.isRunning)
    }

    @Test(.enabled(if: Tools.hasPythonRedis, "Python's redis is missing: .ci/run installs it"))
    func `Python's redis client works with two loops and one shard`() throws {
        let server = try TestServer("--loops", "2", "--shards", "1")
        try python(["redis_client.py", String(server.port), "3"])
    }

    @Test(.enabled(if: Tools.hasPython, "python3 is missing: .ci/run installs it"), arguments: ["1", "2"])
    func `what a library hides is as written, byte for byte`(loops: String) throws {
        let server = try TestServer("--loops", loops)
        try python(["wire.py", String(server.port)])
        #expect(server.isRunning)
    }

    @Test(.enabled(if: Tools.hasPython && Tools.hasRedis, "redis-cli is missing: .ci/run installs it"))
    func `redis-cli works at a terminal, with its hints`() throws {
        let server = try TestServer()
        try python(["terminal.py", "redis-cli", String(server.port)])
    }

    @Test(.enabled(if: Tools.hasPython && Tools.hasTelnet, "telnet is missing: .ci/run installs it"))
    func `telnet works at a terminal`() throws {
        let server = try TestServer()
        try python(["terminal.py", "telnet", String(server.port)])
    }

    @Test(.enabled(if: Tools.hasRedis, "redis-cli is missing: .ci/run installs it"))
    func `redis-cli works from the command line and from a file`() throws {
        let server = try TestServer()
        func cli(_ words: String..., input: String = "") throws -> Program {
            try Program.run("redis-cli", ["-p", String(server.port)] + words, input: Array(input.utf8))
        }
        #expect(try cli("PING").output == "PONG\n")
        #expect(try cli("ECHO", "größe\n").output == "größe\n\n")
        #expect(try cli("DEPT", "ADD", "support").output.hasPrefix("{\"id\":\"support\""))
        let opened = try cli("TICKET", "OPEN", "channel=ticket", "dept=support", "subject=a \"b\" c")
        #expect(opened.output.hasPrefix("{\"id\":1,\"version\":1,"))
        #expect(try cli("TICKET", "SHOW", "1").output.contains("\"subject\":\"a \\\"b\\\" c\""))
        #expect(try cli("TICKET", "SHOW", "7000").output.hasPrefix("NOTFOUND "))
        #expect(try cli("-3", "INFO", "clients").output.contains("connected_clients:1"))
        let lines = (1...200).map { "TICKET OPEN channel=ticket dept=support subject=\"number \($0)\"\n" }.joined()
        #expect(try cli(input: lines).output.split(separator: "\n").count == 200)
        let pipe = try Program.run(
            "redis-cli", ["-p", String(server.port), "--pipe"], input: Array(lines.replacing("\n", with: "\r\n").utf8))
        #expect(pipe.output.contains("errors: 0, replies: 200"), "\(pipe.output) \(pipe.errors)")
        #expect(try server.client().demand(["TICKET", "SHOW", "401"]).json?["subject"]?.string == "number 200")
    }

    @Test(.enabled(if: Tools.hasRedis, "redis-benchmark is missing: .ci/run installs it"))
    func `redis-benchmark finishes, pipelined and with many connections`() throws {
        let server = try TestServer()
        let shared = ["-p", String(server.port), "-t", "ping_inline,ping_mbulk", "-q"]
        for words in [["-P", "16", "-n", "20000"], ["-c", "1000", "-n", "20000"]] {
            let run = try Program.run("redis-benchmark", shared + words, timeoutSeconds: 120)
            #expect(run.status == 0)
            let told = run.output + run.errors
            #expect(told.contains("PING_INLINE: ") && told.contains("PING_MBULK: "), "\(told)")
            #expect(!told.lowercased().contains("error") && !told.contains("WARN"), "\(told)")
        }
    }

    @Test(.enabled(if: Tools.hasNetcat, "nc is missing: .ci/run installs it"))
    func `nc sends a file, closes its side, and still gets every reply`() throws {
        let server = try TestServer()
        var lines = "DEPT ADD support\n\n"
        for number in 1...5000 { lines += "TICKET OPEN channel=ticket dept=support subject=n\(number)\n" }
        lines += "NO SUCH COMMAND\nTICKET SHOW 6000"
        // The last line has no end, so it is no request.
        let run = try Program.run("nc", ["-N", "127.0.0.1", String(server.port)], input: Array(lines.utf8))
        let replies = run.output.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(run.status == 0)
        #expect(replies.count == 5003 && replies.last == "")
        #expect(replies[1].hasPrefix("+{\"id\":1,") && replies[5000].hasPrefix("+{\"id\":5000,"))
        #expect(replies[5001] == "-ERR unknown command 'NO'")
    }
}
