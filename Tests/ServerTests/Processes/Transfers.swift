import SwitchboardClient
import Testing

/// What tests of import and export between servers in processes of their own share.
protocol Transfers {
    /// Where their files are.
    var folder: TemporaryFolder { get }
}

extension Transfers {
    func path(_ name: String) -> String { folder.path + "/" + name }

    func switchboard(_ words: String..., server: TestServer) throws -> Program {
        try Program.run(TestServer.executable, words + ["--port", String(server.port)], timeoutSeconds: 240)
    }

    /// What a server exports now.
    func export(_ server: TestServer, _ more: String...) throws -> String {
        let run = try Program.run(
            TestServer.executable, ["export", "--port", String(server.port)] + more, timeoutSeconds: 240)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        return run.output
    }

    /// Sends lines as they could be typed.
    func type(_ lines: [String], to server: TestServer) throws {
        let text = lines.joined(separator: "\n") + "\n"
        let run = try Program.run("nc", ["-N", "127.0.0.1", String(server.port)], input: Array(text.utf8))
        #expect(run.status == 0)
    }

    /// A server on which all that the transcripts ask for was done, as far as it went one after the other.
    func fullServer() throws -> TestServer {
        let server = try TestServer("--clock", "manual")
        let transcripts = #filePath.replacing(
            "ServerTests/Processes/Transfers.swift", with: "EngineTests/Transcripts")
        var lines: [String] = []
        for name in try Program.run("ls", [transcripts]).output.split(separator: "\n").map(String.init) {
            for line in try Program.read("\(transcripts)/\(name)").split(separator: "\n") {
                if line.hasPrefix("! advance ") {
                    lines.append("CLOCK ADVANCE 10m")
                } else if line.hasPrefix(">"), !line.contains("CLOCK"), let space = line.firstIndex(of: " ") {
                    lines.append(String(line[line.index(after: space)...]))
                }
            }
        }
        try type(lines, to: server)
        let client = try server.client()
        try client.tell("DEPT ADD last strategy=manual")
        try client.tell("AGENT ADD one depts=last")
        let id = try client.tell("TICKET OPEN channel=ticket dept=last body=x").json?["id"]?.integer ?? 0
        for request in [
            "TICKET REPLY \(id) by=one body=y", "DELIVERY SET \(id) 3 status=failed reason=full detail=550",
            "WORK LOG \(id) by=one time=90s", "TICKET RATE \(id) score=4", "WORK START \(id) by=one",
            "TASK ADD \(id) title=call", "TICKET SPLIT \(id) auto=yes",
        ] { try client.tell(request) }
        return server
    }

    /// An empty server whose clock stands where the other one's does.
    func emptyServer(like other: TestServer) throws -> TestServer {
        let server = try TestServer("--clock", "manual")
        guard case .success(let time) = try other.client().ask("CLOCK") else {
            throw Program.Failure(description: "time?")
        }
        let moment = String(decoding: time, as: UTF8.self).replacing("\"", with: "")
        try server.client().tell("CLOCK SET \(moment)")
        return server
    }

    func file(_ name: String, tickets: Int) throws -> String {
        var text = "{\"record\":\"dept\",\"name\":\"sales\",\"options\":{\"strategy\":\"manual\"}}\n"
        for id in 1...tickets {
            text +=
                "{\"id\":\(id),\"version\":1,\"status\":\"new\",\"channel\":\"ticket\",\"dept\":\"sales\",\"priority\":5,"
            text += "\"subject\":\"number \(id)\",\"created_at\":\"2020-01-01T00:00:00.000Z\","
            text += "\"updated_at\":\"2020-01-01T00:00:00.000Z\",\"queued_at\":\"2020-01-01T00:00:00.000Z\",\"thread\":"
            text += "[{\"at\":\"2020-01-01T00:00:00.000Z\",\"kind\":\"message\",\"body\":\"x\",\"status\":\"new\"}]}\n"
        }
        try Program.write(Array(text.utf8), to: path(name))
        return text
    }

    func count(_ server: TestServer) throws -> Int {
        guard case .integer(let count) = try server.client().request(["COUNT", "id > 0"]) else { return -1 }
        return count
    }
}
