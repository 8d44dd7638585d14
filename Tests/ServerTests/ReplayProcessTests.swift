import Glibc
import SwitchboardClient
import Testing

@Suite struct ReplayProcessTests {
    /// A shell that runs `script` in place of a server.
    private func shell(_ script: String, log: String? = nil) throws -> ServerProcess {
        try ServerProcess(executable: "/bin/sh", arguments: ["-c", script], logPath: log)
    }

    @Test(arguments: [
        ("switchboard ready on 127.0.0.1:7411", 7411), ("switchboard ready on 127.0.0.1:80, 3 tickets", 80),
        ("switchboard ready on [::1]:7411 data=x", 7411), ("switchboard ready on 127.0.0.1", nil),
        ("switchboard is ready on 127.0.0.1:7411", nil), ("", nil), ("switchboard ready on host:99999", nil),
    ])
    func `the ready line tells the port`(line: String, port: UInt16?) {
        #expect(ServerProcess.port(inReadyLine: line) == port)
    }

    @Test func `a server that is ready is found, and killed for good`() throws {
        let server = try shell("echo starting; echo switchboard ready on 127.0.0.1:4711; exec sleep 60")
        #expect(try server.waitUntilReady() == 4711)
        #expect(server.isRunning)
        server.kill()
        #expect(!server.isRunning)
        #expect(Glibc.kill(server.processID, 0) == -1)
        server.kill()
    }

    @Test func `a server that ends early says why`() throws {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let log = folder.path + "/log.txt"
        let server = try shell("echo first >&2; echo the port is in use >&2; exit 1", log: log)
        let error = #expect(throws: ClientError.self) { try server.waitUntilReady() }
        #expect(error?.message == "the server ended before it was ready: the port is in use")
        let missing = #expect(throws: ClientError.self) {
            try ServerProcess(executable: "/no/such/program", arguments: [])
        }
        #expect(missing?.message == "cannot start /no/such/program: No such file or directory")
    }

    @Test func `a server that never becomes ready is not waited for`() throws {
        let server = try shell("exec sleep 60")
        #expect(throws: ClientError.self) { try server.waitUntilReady(timeoutSeconds: 0) }
        server.kill()
    }

    @Test func `terminate gives the exit status`() throws {
        let polite = try shell("trap 'exit 3' TERM; echo switchboard ready on h:1; while :; do sleep 0.01; done")
        _ = try polite.waitUntilReady()
        #expect(polite.terminate() == 3)
        let stubborn = try shell("trap '' TERM; echo switchboard ready on h:1; while :; do sleep 0.01; done")
        _ = try stubborn.waitUntilReady()
        #expect(stubborn.terminate(timeoutSeconds: 0) == nil)
    }

    @Test func `cleaning up leaves neither process nor folder`() throws {
        let cleanUp = CleanUp()
        let folder = try cleanUp.makeFolder(name: "switchboard-test")
        #expect(mkdir(folder.path + "/inner", 0o700) == 0)
        #expect(symlink("/usr", folder.path + "/inner/link") == 0)
        let server = try cleanUp.start(
            executable: "/bin/sh", arguments: ["-c", "exec sleep 60"], logPath: folder.path + "/inner/log")
        cleanUp.run()
        #expect(!server.isRunning)
        #expect(access(folder.path, F_OK) == -1)
        #expect(access("/usr/bin", F_OK) == 0)
        cleanUp.run()
    }
}
