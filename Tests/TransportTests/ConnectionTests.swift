import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

@Suite struct ConnectionTests {
    @Test func `what is sent comes back`() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        try client.write("hello")
        #expect(try client.readText(5) == "hello")
        try client.write("again")
        #expect(try client.readText(5) == "again")
    }

    @Test func `a connection knows its peer, its counters and its times`() throws {
        let seen = Box<Connection>()
        let server = try TestServer { connection in
            seen.put(connection)
            await echo(connection)
        }
        defer { server.stop() }
        let clients = [try server.connect(), try server.connect()]
        try clients[0].write("hello")
        _ = try clients[0].read(5)
        let connections = try seen.wait(2)
        #expect(connections[0].id < connections[1].id)
        #expect(connections[0].peer.hasPrefix("127.0.0.1:"))
        let counters = try server.loop.perform { [connections[0].bytesIn, connections[0].bytesOut] }
        #expect(counters == [5, 5])
        let times = try server.loop.perform {
            [connections[0].createdNanoseconds, connections[0].lastActivityNanoseconds]
        }
        #expect(times[0] <= times[1] && times[1] <= SystemClock.monotonicNanoseconds())
    }

    @Test func `pipelined requests are answered in order`() throws {
        let server = try TestServer { connection in
            await serveLines(connection) { $0.append("+\($1)\r\n") }
        }
        defer { server.stop() }
        let client = try server.connect()
        let requests = (0..<20_000).map { "request \($0)\n" }.joined()
        let writer = Thread(name: "writer") { try? client.write(requests) }
        let expected = (0..<20_000).map { "+request \($0)\r\n" }.joined()
        #expect(try client.readText(expected.utf8.count) == expected)
        writer.join()
    }

    @Test func `a request in many parts is whole even while others use the read buffer`() throws {
        let server = try TestServer { connection in
            await serveLines(connection) { $0.append("\($1)\n") }
        }
        defer { server.stop() }
        let clients = try (0..<8).map { _ in try server.connect() }
        for part in 0..<40 {
            for (index, client) in clients.enumerated() { try client.write("<\(index):\(part)>") }
        }
        for (index, client) in clients.enumerated() {
            try client.write("\n")
            let expected = (0..<40).map { "<\(index):\($0)>" }.joined() + "\n"
            #expect(try client.readText(expected.utf8.count) == expected)
        }
    }

    @Test(arguments: [1, 65_535, 65_536, 65_537, 131_072, 262_144, 262_145, 3_000_000])
    func `a line of any length is contiguous when it is whole`(length: Int) throws {
        let server = try TestServer { connection in
            await serveLines(connection) { $0.append("\($1)\n") }
        }
        defer { server.stop() }
        let clients = [try server.connect(), try server.connect()]
        let lines = ["a", "b"].map { letter in String(repeating: letter, count: length) + "\n" }
        let writers = zip(clients, lines).map { client, line in
            Thread(name: "writer") { try? client.write(line + line) }
        }
        for (client, line) in zip(clients, lines) {
            #expect(try client.readText(line.utf8.count * 2) == line + line)
        }
        for writer in writers { writer.join() }
    }

    @Test func `input beyond the limit of unread bytes closes the connection`() throws {
        let limits = ConnectionLimits(maxUnreadBytes: 100_000)
        let server = try TestServer(limits: limits) { connection in
            while await connection.receive() {}
        }
        defer { server.stop() }
        let client = try server.connect()
        let writer = Thread(name: "writer") { try? client.write([UInt8](repeating: 0, count: 400_000)) }
        #expect(client.seesEnd())
        writer.join()
    }

    @Test func `a slow reader gets every byte`() throws {
        let pattern = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let copies = 128
        let unsent = Box<Int>()
        let server = try TestServer { connection in
            await serveLines(connection) { connection, _ in
                for _ in 0..<copies { connection.withOutput { $0 += pattern } }
                connection.flush()
                unsent.put(connection.unsentCount)
            }
        }
        defer { server.stop() }
        let client = try server.connect(receiveBufferBytes: 32_768)
        try client.write("go\n")
        #expect(try unsent.wait()[0] > 0)
        for _ in 0..<copies { #expect(try client.read(pattern.count) == pattern) }
        #expect(client.hasNothingToRead())
    }

    @Test func `requests are read although replies cannot leave`() throws {
        let count = 100_000
        let server = try TestServer { connection in
            await serveLines(connection) { $0.append("reply to \($1), and some more to fill the buffers\n") }
        }
        defer { server.stop() }
        let client = try server.connect(receiveBufferBytes: 32_768)
        // All of it is written before anything is read: this ends only if the server goes on reading.
        try client.write((0..<count).map { "\($0)\n" }.joined())
        client.shutDownWriting()
        let replies = try client.readToEnd()
        #expect(replies.hasPrefix("reply to 0, "))
        #expect(replies.hasSuffix("reply to \(count - 1), and some more to fill the buffers\n"))
        #expect(replies.utf8.count { $0 == UInt8(ascii: "\n") } == count)
    }

    @Test func `output beyond the limit of unsent bytes closes the connection, output at the limit does not`() throws {
        let limits = ConnectionLimits(maxUnsentBytes: 10_000)
        let server = try TestServer(limits: limits) { connection in
            await serveLines(connection) { connection, line in
                // Held by the gate, so that the kernel's buffers do not count.
                connection.withOutput { $0 += [UInt8](repeating: 0, count: Int(line) ?? 0) }
                connection.mark(gate: 1)
            }
        }
        defer { server.stop() }
        let over = try server.connect()
        try over.write("10001\n")
        #expect(over.seesEnd())
        let at = try server.connect()
        try at.write("10000\n")
        let loop = server.loop
        #expect(eventually { (try? loop.perform { loop.gatedConnections.count == 1 }) ?? false })
        loop.postGate(to: 1)
        #expect(try at.read(10_000).count == 10_000)
    }

    @Test func `a thousand connections come and go without a trace`() throws {
        struct Socket { let descriptor: Int32, inode: UInt }
        let sockets = Box<Socket>()
        let server = try TestServer { connection in
            var status = stat()
            fstat(connection.descriptor, &status)
            sockets.put(Socket(descriptor: connection.descriptor, inode: status.st_ino))
            await echo(connection)
        }
        defer { server.stop() }
        for _ in 0..<4 {
            let clients = try (0..<250).map { _ in try server.connect() }
            for client in clients { try client.write("x") }
            for client in clients { #expect(try client.read(1) == [UInt8(ascii: "x")]) }
            for (index, client) in clients.enumerated() { index % 2 == 0 ? client.close() : client.reset() }
        }
        #expect(eventually { server.listener.connectionCount == 0 })
        for socket in try sockets.wait(1_000) {
            var status = stat()
            let isGone = fstat(socket.descriptor, &status) != 0 || status.st_ino != socket.inode
            #expect(isGone, "descriptor \(socket.descriptor) is still open")
        }
        let loop = server.loop
        #expect(try loop.perform { loop.watched.compactMap { $0 as? Connection }.isEmpty })
    }
}
