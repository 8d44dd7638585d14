import Glibc
import SwitchboardClient
import Testing

/// Everything at once: under the thread sanitizer the server ends with status 66 when it saw a race.
@Suite struct MixedLoadTests {
    @Test(arguments: ["1", "2"])
    func `writes, snapshots, checks and clients that come, go and are killed do not disturb each other`(
        loops: String
    ) throws {
        let server = try TestServer("--loops", loops, "--snapshot-every", "1s")
        let control = try server.client()
        try control.tell("DEPT ADD support strategy=longest_idle")
        for number in 1...3 {
            try control.tell("AGENT ADD a\(number) depts=support ticket=50")
            try control.tell("AGENT ONLINE a\(number)")
        }
        let load = WriteLoad(server, connections: 4, department: "support", requests: 1500)
        var killed = 0
        var round = 0
        while load.acknowledged < 3000 || round < 8 {
            round += 1
            let victim = try server.client()
            try victim.tell("CLIENT SETNAME victim")
            guard case .integer(let id) = try victim.tell("CLIENT ID") else { break }
            if try control.tell("CLIENT KILL ID \(id)") == .integer(1) { killed += 1 }
            #expect(throws: ClientError.self) { try victim.tell("PING") }
            #expect(try control.tell("CLIENT LIST").text(limit: 10_000).contains("cmd=client|list"))
            #expect(try control.tell("INFO").text(limit: 10_000).contains("loops:\(loops)"))
            #expect(try control.tell("SAVE") == .success(Array("OK".utf8)))
            try control.tell("BGSAVE SCHEDULE")
            _ = try control.digest()
            try control.tell("AGENT PAUSE a\(round % 3 + 1) for=1s")
            try control.tell("AGENT RESUME a\((round + 1) % 3 + 1)")
            try control.tell("CONFIG SET snapshot-every \(1 + round % 2)s")
            try control.tell("CONFIG RESETSTAT")
        }
        #expect(killed == round)
        server.send(SIGTERM)
        #expect(server.waitForEnd(seconds: 60) == 0, "\(server.log)")
        let results = load.finish()
        #expect(!server.log.contains("ThreadSanitizer"), "\(server.log)")
        try server.start()
        #expect(try server.client().missing(results).isEmpty)
        #expect(try !server.client().digest().isEmpty)
    }
}
