import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// What is answered by `Connection.takesInput`, without resuming the task that waits to receive.
@Suite struct InputAtOnceTests {
    /// Sends back what came, in small letters; nothing from the first "T" on, which is left for the task.
    private static func echoAtOnce(_ connection: Connection) -> Bool {
        while let byte = connection.unread.first {
            guard byte != UInt8(ascii: "T") else { return false }
            connection.consume(1)
            connection.withOutput { $0.append(byte | 0x20) }
        }
        connection.flush()
        return true
    }

    private func server(resumed: Box<Bool>) throws -> TestServer {
        try TestServer { connection in
            connection.takesInput = { Self.echoAtOnce(connection) }
            defer { connection.takesInput = nil }
            while true {
                let arrived = await connection.receive()
                resumed.put(arrived)
                guard arrived else { return }
                connection.append("<\(String(decoding: connection.unread, as: UTF8.self))>")
                connection.consume(connection.unread.count)
                connection.flush()
            }
        }
    }

    @Test func `the task sees only what was left for it, in order, and the end`() throws {
        let resumed = Box<Bool>()
        let server = try server(resumed: resumed)
        defer { server.stop() }
        let client = try server.connect()
        for letter in ["A", "B", "C"] {
            try client.write(letter)
            #expect(try client.readText(1) == letter.lowercased())
        }
        #expect(resumed.isEmpty)
        try client.write("DETAIL")
        #expect(try client.readText(8) == "de<TAIL>")
        try client.write("E")
        #expect(try client.readText(1) == "e")
        client.shutDownWriting()
        #expect(try client.readToEnd() == "")
        #expect(try resumed.wait(2) == [true, false])
    }

    @Test func `more than one read of it is all answered, and others get their turns`() throws {
        let resumed = Box<Bool>()
        let server = try server(resumed: resumed)
        defer { server.stop() }
        let clients = [try server.connect(), try server.connect()]
        let length = 3 * ReadScratch.bytesPerRead + 5
        let writers = zip(clients, ["A", "B"]).map { client, letter in
            Thread(name: "writer") { try? client.write(String(repeating: letter, count: length)) }
        }
        for (client, letter) in zip(clients, ["a", "b"]) {
            #expect(try client.readText(length) == String(repeating: letter, count: length))
        }
        for writer in writers { writer.join() }
        #expect(resumed.isEmpty)
    }

    @Test(arguments: [false, true])
    func `a connection that is closed while its input is taken ends the task`(afterFlush: Bool) throws {
        let ended = Box<Bool>()
        let server = try TestServer { connection in
            connection.takesInput = {
                connection.consume(connection.unread.count)
                connection.append("bye")
                connection.close(afterFlush: afterFlush)
                return true
            }
            defer { connection.takesInput = nil }
            ended.put(await connection.receive())
        }
        defer { server.stop() }
        let client = try server.connect()
        try client.write("x")
        #expect(try client.readToEnd() == (afterFlush ? "bye" : ""))
        client.close()
        #expect(try ended.wait() == [false])
        #expect(eventually { server.listener.connectionCount == 0 })
    }
}
