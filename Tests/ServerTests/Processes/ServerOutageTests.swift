import Glibc
import SwitchboardClient
import Testing

/// A server whose data folder is taken away, or wanted by another server.
@Suite struct ServerOutageTests {
    private func persistence(_ server: TestServer) throws -> [String] {
        guard case .success(let bytes) = try server.client().ask("INFO persistence") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    private func waitForFailure(_ server: TestServer) throws {
        #expect(try TestServer.wait { try persistence(server).contains("journal_health:failed") })
    }

    private func isRefused(_ client: LineClient) throws -> Bool {
        guard case .refusal(let text) = try client.ask("DEPT ADD nobody") else { return false }
        return text.hasPrefix("MISCONF nothing was changed: ")
    }

    @Test func `a folder that was removed and made again is filled from memory, and nothing is lost`() throws {
        let server = try TestServer("--snapshot-every", "0")
        let client = try server.client()
        for number in 1...20 { try client.tell("DEPT ADD d\(number)") }
        #expect(try Program.run("/bin/rm", ["-r", server.folder]).status == 0)
        let waiting = try server.client()
        try waiting.send(["DEPT", "ADD", "late"])
        try waiting.flush()
        try waitForFailure(server)
        #expect(try isRefused(client))
        #expect(try client.ask("PING") == .success(Array("PONG".utf8)))
        #expect(try persistence(server).contains("last_record:20"))
        #expect(try persistence(server).contains { $0.hasPrefix("journal_error:") && $0.contains(server.folder) })

        #expect(mkdir(server.folder, 0o755) == 0)
        guard case .success = try waiting.receive() else {
            Issue.record("the held answer is no success")
            return
        }
        #expect(try TestServer.wait { try persistence(server).contains("journal_health:ok") })
        #expect(!(try persistence(server).contains("last_outage_start:0")))
        try client.tell("DEPT ADD after")
        let digest = try client.digest()
        #expect(throws: ClientError.self) { try TestServer.second(on: server) }
        server.kill()
        try server.start()
        #expect(try server.client().digest() == digest)
        #expect(server.log.contains("error: the journal cannot be written, writes are refused: "))
        #expect(server.log.contains("info: the journal is written again, from record "))
    }

    @Test func `a folder that was moved away and put back goes on`() throws {
        let server = try TestServer()
        let client = try server.client()
        try client.tell("DEPT ADD support")
        let elsewhere = server.data.path + "/elsewhere"
        #expect(rename(server.folder, elsewhere) == 0)
        let waiting = try server.client()
        try waiting.send(["DEPT", "ADD", "late"])
        try waiting.flush()
        try waitForFailure(server)
        #expect(try isRefused(client))
        #expect(rename(elsewhere, server.folder) == 0)
        guard case .success = try waiting.receive() else {
            Issue.record("the held answer is no success")
            return
        }
        let digest = try client.digest()
        server.kill()
        try server.start()
        #expect(try server.client().digest() == digest)
    }

    @Test func `a folder with a history of its own does not become ours`() throws {
        let server = try TestServer("--snapshot-every", "0")
        let client = try server.client()
        for number in 1...3 { try client.tell("DEPT ADD d\(number)") }
        let elsewhere = server.data.path + "/elsewhere"
        #expect(rename(server.folder, elsewhere) == 0)
        let other = try ServerProcess(
            executable: TestServer.executable, arguments: ["serve", "--port", "0", "--data", server.folder],
            logPath: server.data.path + "/other.txt")
        let port = try other.waitUntilReady()
        try LineClient(host: "127.0.0.1", port: port).tell("DEPT ADD other")
        other.kill()
        let waiting = try server.client()
        try waiting.send(["DEPT", "ADD", "late"])
        try waiting.flush()
        try waitForFailure(server)
        #expect(TestServer.wait { server.log.contains("holds a history of its own (journal-") })
        #expect(try isRefused(client))
        // The answers that came before a held one leave.
        let mixed = try server.client()
        try mixed.send(["PING"])
        try mixed.send(["DEPT", "SHOW", "late"])
        try mixed.flush()
        #expect(try mixed.receive() == .success(Array("PONG".utf8)))

        #expect(server.terminate() == 1, "records were given up")
        // Each folder has its own history still.
        try server.start()
        let first = try server.client()
        try first.tell("DEPT SHOW other")
        #expect(try first.ask("DEPT SHOW d1") == .refusal("NOTFOUND no department 'd1'"))
    }

    @Test func `who waits for the disk beyond the stall limit is let go`() throws {
        let server = try TestServer("--stall-limit", "1s")
        #expect(try Program.run("/bin/rm", ["-r", server.folder]).status == 0)
        let waiting = try server.client()
        #expect(throws: ClientError.self) { try waiting.ask("DEPT ADD support") }
        #expect(server.log.contains("an answer waited 1 s for the disk, its outcome is unknown"))
        #expect(try server.client().ask("PING") == .success(Array("PONG".utf8)))
    }

    @Test func `a second server is refused, also without the lock's file, and not after kill -9`() throws {
        let server = try TestServer()
        #expect(throws: ClientError.self) { try TestServer.second(on: server) }
        #expect(unlink(server.folder + "/switchboard.lock") == 0)
        #expect(throws: ClientError.self) { try TestServer.second(on: server) }
        #expect(server.log.contains("the data folder is in use by "))
        try server.client().tell("DEPT ADD support")
        server.kill()
        try server.start()
        try server.client().tell("DEPT SHOW support")
    }
}

extension TestServer {
    /// Starts another server on the same folder, and throws when it does not start.
    static func second(on server: TestServer) throws {
        let process = try ServerProcess(
            executable: executable, arguments: ["serve", "--port", "0", "--data", server.folder],
            logPath: server.data.path + "/log.txt")
        defer { process.kill() }
        _ = try process.waitUntilReady()
    }
}
