import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

@Suite struct ClosingTests {
    @Test func `a peer that closes its writing side still gets every reply`() throws {
        let server = try TestServer { connection in
            await serveLines(connection) { $0.append("+\($1)\n") }
        }
        defer { server.stop() }
        let client = try server.connect()
        try client.write((0..<500).map { "\($0)\n" }.joined())
        client.shutDownWriting()
        #expect(try client.readToEnd() == (0..<500).map { "+\($0)\n" }.joined())
    }

    @Test func `replies held by the gate reach a peer that closed its writing side`() throws {
        let ended = Box<Void>()
        let server = try TestServer { connection in
            await serveLines(connection) { connection, line in
                connection.append("+\(line)\n")
                connection.mark(gate: 7)
            }
            ended.put(())
        }
        defer { server.stop() }
        let client = try server.connect()
        try client.write("one\ntwo\n")
        client.shutDownWriting()
        _ = try ended.wait()
        #expect(client.hasNothingToRead())
        server.loop.postGate(to: 7)
        #expect(try client.readToEnd() == "+one\n+two\n")
    }

    @Test func `closing after the flush delivers everything, whatever the peer still sends`() throws {
        let size = 4 << 20
        let output = [UInt8](repeating: UInt8(ascii: "x"), count: size)
        let server = try TestServer { connection in
            guard await connection.receive() else { return }
            connection.withOutput { $0 += output }
            connection.append("last line\n")
            connection.close(afterFlush: true)
            connection.append("never sent\n")
            connection.flush()
        }
        defer { server.stop() }
        let client = try server.connect(receiveBufferBytes: 32_768)
        try client.write("quit\n" + String(repeating: "more\n", count: 10_000))
        let text = try client.readToEnd()
        #expect(text.utf8.count == size + 10)
        #expect(text.hasSuffix("xlast line\n"))
        client.close()
        #expect(eventually { server.listener.connectionCount == 0 })
    }

    @Test func `a peer that never closes is let go after the patience of a closing connection`() throws {
        let server = try TestServer { connection in
            connection.append("bye\n")
        }
        defer { server.stop() }
        let client = try server.connect()
        #expect(try client.readToEnd() == "bye\n")
        // The client keeps its side open; the server's count falls nevertheless.
        #expect(eventually { server.listener.connectionCount == 0 })
        client.close()
    }

    @Test func `a reset ends the wait for input`() throws {
        let results = Box<Bool>()
        let server = try TestServer { connection in
            results.put(await connection.receive())
            results.put(await connection.receive())
            // Using what is left of it is harmless.
            connection.append("nobody reads this")
            connection.mark(gate: 3)
            connection.flush()
            connection.close(afterFlush: true)
            connection.close(afterFlush: false)
            results.put(await connection.receive())
        }
        defer { server.stop() }
        let client = try server.connect()
        try client.write("x")
        _ = try results.wait(1)
        client.reset()
        #expect(try results.wait(3) == [true, false, false])
        #expect(eventually { server.listener.connectionCount == 0 })
    }

    @Test func `a reset while output is held frees the connection when the gate opens`() throws {
        let server = try TestServer { connection in
            await serveLines(connection) { connection, line in
                connection.append(line)
                connection.mark(gate: 1)
            }
        }
        defer { server.stop() }
        let client = try server.connect()
        try client.write("x\n")
        let loop = server.loop
        #expect(eventually { (try? loop.perform { loop.gatedConnections.count == 1 }) ?? false })
        client.reset()
        #expect(eventually { server.listener.connectionCount == 0 })
        loop.postGate(to: 1)
        #expect(try loop.perform { loop.gatedConnections.isEmpty })
    }

    @Test func `another job may close a connection whose task waits`() throws {
        let connections = Box<Connection>()
        let ended = Box<Bool>()
        let server = try TestServer { connection in
            connections.put(connection)
            ended.put(await connection.receive())
        }
        defer { server.stop() }
        let client = try server.connect()
        let connection = try connections.wait()[0]
        server.loop.post { connection.close(afterFlush: false) }
        #expect(try ended.wait() == [false])
        #expect(client.seesEnd())
    }

    @Test func `stopping the loop ends the tasks of its connections`() throws {
        let ended = Box<Bool>()
        let server = try TestServer { connection in ended.put(await connection.receive()) }
        let clients = try (0..<10).map { _ in try server.connect() }
        #expect(eventually { server.listener.connectionCount == 10 })
        server.stop()
        #expect(try ended.wait(10) == Array(repeating: false, count: 10))
        for client in clients { #expect(client.seesEnd()) }
    }
}
