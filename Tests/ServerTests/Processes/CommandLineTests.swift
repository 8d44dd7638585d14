import Glibc
import SwitchboardClient
import Testing

@Suite struct CommandLineTests {
    private func run(_ words: [String]) throws -> Program {
        try Program.run(TestServer.executable, words, timeoutSeconds: 30)
    }

    private func errorLines(_ run: Program) -> [Substring] {
        run.errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    @Test(arguments: [
        ["help"], ["--help"], ["-h"], [], ["help", "serve"], ["serve", "--help"], ["serve", "-h"], ["help", "replay"],
        ["replay", "--help"], ["help", "demo"], ["demo", "--help"], ["help", "check"], ["check", "--help"],
        ["help", "dump"], ["dump", "--help"],
    ])
    func `help is printed and is no error`(words: [String]) throws {
        let run = try run(words)
        #expect(run.status == 0)
        #expect(run.output.contains("switchboard "))
        #expect(run.errors.isEmpty)
        if words.contains("serve") {
            for option in ["bind", "port", "data", "shards", "fsync", "snapshot-every", "clock", "config"] {
                #expect(run.output.contains("--\(option) "))
            }
        }
    }

    @Test(arguments: ["version", "--version"])
    func `the version is one line, the same as in INFO`(word: String) throws {
        let run = try run([word])
        #expect(run.status == 0 && run.errors.isEmpty)
        let words = run.output.split(whereSeparator: \.isWhitespace)
        #expect(words.count == 2 && words[0] == "switchboard")
        let server = try TestServer()
        let info = try server.client().tell("INFO server").text(limit: 4000)
        server.kill()
        #expect(info.contains("switchboard_version:\(words[1])"))
    }

    @Test(arguments: [
        (["bogus"], "'bogus'"), (["help", "bogus"], "'bogus'"), (["serve", "--bogus", "1"], "'--bogus'"),
        (["serve", "--bogus"], "'--bogus'"), (["serve", "--port"], "'--port'"), (["serve", "word"], "'word'"),
        (["serve", "-p", "1"], "'-p'"), (["serve", "--port", "65536"], "'--port'"),
        (["serve", "--port", "x"], "'--port'"), (["serve", "--port=x"], "'x'"), (["serve", "--port", ""], "'--port'"),
        (["serve", "--port", "1\n2"], "'--port'"), (["serve", "--bind", "nowhere.example"], "'--bind'"),
        (["serve", "--bind", ""], "'--bind'"), (["serve", "--data", ""], "'--data'"),
        (["serve", "--shards", "0"], "'--shards'"), (["serve", "--fsync", "often"], "'--fsync'"),
        (["serve", "--snapshot-every", "5x"], "'--snapshot-every'"),
        (["serve", "--self-check", "never"], "'--self-check' must be a time such as 30m or 6h, or off"),
        (["serve", "--snapshot-every", "99999999999999999999h"], "'--snapshot-every'"),
        (["serve", "--snapshot-every-size", "1t"], "'--snapshot-every-size' must be a size such as 512m or 8g"),
        (["serve", "--journal-max", "7m"], "'--journal-max' must be a size such as 512m or 8g, from 8m to 1024g"),
        (["serve", "--journal-max", "99999999999g"], "'--journal-max'"),
        (["serve", "--stall-limit", "0"], "'--stall-limit' must be a time from 1s"),
        (["serve", "--clock", "wrist"], "'--clock'"), (["serve", "--max-connections", "0"], "'--max-connections'"),
        (["serve", "--config", "/no/such/file"], "/no/such/file"), (["serve", "--config", "/"], "cannot read /"),
    ])
    func `a bad option or value is one line that names it, and status 2`(words: [String], named: String) throws {
        let run = try run(words)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(errorLines(run).count == 1, "\(run.errors)")
        #expect(run.errors.contains(named), "\(run.errors)")
    }

    @Test(arguments: [
        ("port = 1\nbogus = 2\n", "line 2: unknown setting 'bogus'"), ("port\n", "line 1: expected 'name = value'"),
        ("\n# comment\r\nfsync = often # so\r\n", "line 3: 'fsync' must be always, everysec or no, not 'often'"),
    ])
    func `a bad configuration file is one line that names the place`(text: String, named: String) throws {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        try Program.write(Array(text.utf8), to: folder.path + "/file")
        let run = try run(["serve", "--config", folder.path + "/file"])
        #expect(run.status == 2)
        #expect(errorLines(run).count == 1 && run.errors.contains(named), "\(run.errors)")
    }

    @Test(arguments: ["\n", "\r\n"])
    func `a configuration file sets what the command line does not`(lineEnd: String) throws {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let lines = ["# ours", "", "port = 1", " fsync=everysec # fast", "shards = 7", "clock =\tmanual", ""]
        try Program.write(Array(lines.joined(separator: lineEnd).utf8), to: folder.path + "/file")
        let server = try TestServer("--shards=3", "--config", folder.path + "/file")
        let client = try server.client()
        for (name, value) in [
            ("fsync", "everysec"), ("shards", "3"), ("clock", "manual"), ("port", String(server.port)),
        ] {
            let reply = try client.tell("CONFIG GET \(name)")
            #expect(reply == .list([.success(Array(name.utf8)), .success(Array(value.utf8))]))
        }
        #expect(try client.tell("CLOCK").text() == "+2000-01-01T00:00:00.000Z")
    }

    @Test func `a port in use is one clear line and status 1`() throws {
        let server = try TestServer()
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let run = try run(["serve", "--port", String(server.port), "--data", folder.path])
        #expect(run.status == 1)
        #expect(errorLines(run).count == 1, "\(run.errors)")
        #expect(run.errors.contains("127.0.0.1:\(server.port)") && run.errors.contains("in use"), "\(run.errors)")
        let other = try self.run(["serve", "--port", "0", "--data", folder.path, "--bind", "192.0.2.1"])
        #expect(other.status == 1)
        #expect(errorLines(other).count == 1 && other.errors.contains("192.0.2.1"), "\(other.errors)")
    }

    @Test func `a data folder of a running server is refused, and the server lives on`() throws {
        let server = try TestServer()
        let run = try run(["serve", "--port", "0", "--data", server.folder])
        #expect(run.status == 1)
        #expect(errorLines(run).count == 1, "\(run.errors)")
        #expect(run.errors.contains("in use by process \(server.processID)"), "\(run.errors)")
        #expect(try server.client().tell("PING") == .success(Array("PONG".utf8)))
    }

    @Test func `a data folder that cannot be is one clear line and status 1`() throws {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        try Program.write([], to: folder.path + "/file")
        var places = ["/proc/switchboard", folder.path + "/file", folder.path + "/file/inner"]
        if geteuid() != 0 { places.append("/switchboard-test") }
        for place in places {
            let run = try run(["serve", "--port", "0", "--data", place])
            #expect(run.status == 1)
            #expect(errorLines(run).count == 1 && run.errors.contains(place), "\(run.errors)")
        }
    }

    @Test func `a damaged data folder is one clear line and status 1`() throws {
        let server = try TestServer()
        let client = try server.client()
        try client.tell("DEPT ADD support")
        try client.tell("TICKET OPEN channel=ticket dept=support")
        #expect(server.terminate() == 0)
        let snapshots = try Program.run("/bin/sh", ["-c", "ls \(server.folder) | grep -i snap"]).output
        let names = snapshots.split(separator: "\n").map(String.init)
        #expect(!names.isEmpty)
        for name in names { try Program.write(Array("no snapshot".utf8), to: server.folder + "/" + name) }
        let run = try run(["serve", "--port", "0", "--data", server.folder])
        #expect(run.status == 1)
        let last = errorLines(run).last ?? ""
        #expect(last.hasPrefix("switchboard: no snapshot in \(server.folder) is good"), "\(run.errors)")
    }

    @Test(.enabled(if: access("/proc/net/if_inet6", F_OK) == 0, "this machine has no IPv6"))
    func `an IPv6 address can be listened on`() throws {
        let server = try TestServer("--bind", "::1")
        let client = try LineClient(host: "::1", port: server.port)
        #expect(try client.tell("CLIENT INFO").text(limit: 999).contains("addr=[::1]:"))
    }

    @Test func `fewer files than 10,000 connections need is said at the start`() throws {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let serve = "exec '\(TestServer.executable)' serve --port 0 --data '\(folder.path)/data'"
        let server = try ServerProcess(
            executable: "/bin/sh", arguments: ["-c", "ulimit -n 300; " + serve], logPath: folder.path + "/log")
        defer { server.kill() }
        let port = try server.waitUntilReady()
        let log = try Program.read(folder.path + "/log")
        #expect(log.contains("the limit of open files is 300 (hard limit 300): no more than 44 connections"), "\(log)")
        var clients: [LineClient] = []
        for _ in 0..<44 {
            clients.append(try LineClient(host: "127.0.0.1", port: port))
            try clients[clients.count - 1].tell("PING")
        }
        let one = try LineClient(host: "127.0.0.1", port: port)
        #expect(try one.ask("PING") == .refusal("BUSY no more connections: the limit is reached"))
        clients.removeLast()
        #expect(
            try TestServer.wait {
                try LineClient(host: "127.0.0.1", port: port).ask("PING") == .success(Array("PONG".utf8))
            })
    }
}
