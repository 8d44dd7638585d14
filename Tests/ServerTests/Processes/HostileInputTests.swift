import Glibc
import SwitchboardClient
import Testing

/// Clients that are broken, hostile or gone, and what the others notice of them.
@Suite struct HostileInputTests {
    /// How long garbage is sent: 3 s, and 60 in the run that `make garbage` does.
    private static let seconds = getenv("SWITCHBOARD_GARBAGE_SECONDS").map { String(cString: $0) } ?? "3"
    /// Fewer under the thread sanitizer, which makes the server some twenty times slower.
    private static let garbageConnections = Tools.isThreadSanitized ? 8 : 50

    /// What the process may hold more afterwards than before: buffers that are kept for the next. At the peak it
    /// is some 50 MB more; the garbage is hundreds of megabytes.
    private static let memoryMarginKilobytes = 16 << 10

    @Test(.enabled(if: Tools.hasPython, "python3 is missing: .ci/run installs it"), arguments: [1, 2])
    func `garbage of every kind leaves the process, the other clients and the memory as they were`(
        loops: Int
    ) throws {
        let server = try TestServer("--loops", String(loops), "--max-unsent", "4194304")
        let client = try server.client()
        try client.tell("DEPT ADD support")
        let descriptors = server.descriptorCount
        let memory = server.kilobytes("VmRSS")
        let run = try Program.run(
            "python3",
            [Tools.script("garbage.py"), String(server.port), Self.seconds, String(Self.garbageConnections)],
            timeoutSeconds: 200)
        print(run.output, terminator: "")
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(server.isRunning)
        #expect(TestServer.wait(seconds: 60) { server.descriptorCount == descriptors })
        if !Tools.isThreadSanitized {
            #expect(
                TestServer.wait(seconds: 30) { server.kilobytes("VmRSS") - memory < Self.memoryMarginKilobytes },
                "\(memory) kB before, \(server.kilobytes("VmRSS")) kB now")
        }
        #expect(try !client.digest().isEmpty)
        #expect(server.terminate() == 0)
    }

    @Test(.enabled(if: Tools.hasPython, "python3 is missing: .ci/run installs it"))
    func `who never reads is closed at the limit with one line in the log`() throws {
        let server = try TestServer("--max-unsent", "1048576")
        let client = try server.client()
        let run = try Program.run("python3", [Tools.script("slow_reader.py"), String(server.port)])
        #expect(run.output == "ok\n", "\(run.output) \(run.errors)")
        let lines = server.log.split(separator: "\n")
        #expect(lines.filter { $0.contains("over the limit of 1048576 unsent bytes") }.count == 1, "\(lines)")
        #expect(lines.count == 1, "\(lines)")
        try client.tell("PING")
    }

    @Test func `a client that never reads does not keep the server from ending`() throws {
        let server = try TestServer()
        let deaf = try ServerProcess(
            executable: "/bin/sh",
            arguments: [
                "-c",
                "yes HELP | head -n 5000 | nc 127.0.0.1 \(server.port) | (echo switchboard ready on x:1; sleep 60)",
            ])
        defer { deaf.kill() }
        _ = try deaf.waitUntilReady()
        let client = try server.client()
        try client.tell("DEPT ADD support")
        #expect(server.terminate() == 0)
        try server.start()
        #expect(try server.client().tell("DEPT SHOW support").json?["id"]?.string == "support")
    }

    @Test func `a half line does not keep the server from ending`() throws {
        let server = try TestServer()
        let run = try Program.run(
            "/bin/sh",
            [
                "-c",
                "(printf 'PING\\r\\nPING half'; sleep 1; kill -TERM \(server.processID); sleep 3) | nc 127.0.0.1 \(server.port)",
            ]
        )
        #expect(run.output == "+PONG\r\n")
        #expect(server.waitForEnd() == 0)
    }

    @Test func `one connection more than allowed is told so, and a place that becomes free is given away`() throws {
        let server = try TestServer("--max-connections", "20")
        var clients = try (0..<20).map { _ in try server.client() }
        for client in clients { try client.tell("PING") }
        for _ in 0..<100 {
            let refused = try server.client()
            #expect(try refused.ask("PING") == .refusal("BUSY no more connections: the limit is reached"))
        }
        try clients[7].tell("PING")
        clients.removeLast()
        #expect(
            try TestServer.wait {
                try server.client().ask("PING") == .success(Array("PONG".utf8))
            })
    }
}
