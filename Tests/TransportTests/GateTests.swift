import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// A server whose replies wait for the gate number that the request line names.
private func gatedServer(_ seen: Box<String>, _ limits: ConnectionLimits = ConnectionLimits()) throws -> TestServer {
    try TestServer(limits: limits) { connection in
        await serveLines(connection) { connection, line in
            connection.append("\(line)\n")
            connection.mark(gate: UInt64(line) ?? 0)
            seen.put(line)
        }
    }
}

@Suite struct GateTests {
    @Test func `a held reply leaves when its number is reached, not before`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let client = try server.connect()
        try client.write("5\n")
        _ = try seen.wait()
        let loop = server.loop
        try loop.perform { loop.openGate(to: 4) }
        #expect(client.hasNothingToRead())
        try loop.perform { loop.openGate(to: 5) }
        #expect(try client.readText(2) == "5\n")
    }

    @Test func `a held reply holds what is behind it`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let client = try server.connect()
        try client.write("0\n5\n3\n0\n9\n")
        _ = try seen.wait(5)
        #expect(try client.readText(2) == "0\n")
        let loop = server.loop
        try loop.perform { loop.openGate(to: 3) }
        #expect(client.hasNothingToRead())
        try loop.perform { loop.openGate(to: 8) }
        #expect(try client.readText(6) == "5\n3\n0\n")
        #expect(client.hasNothingToRead())
        try loop.perform { loop.openGate(to: 9) }
        #expect(try client.readText(2) == "9\n")
    }

    @Test func `the gate lets each connection go as far as its own numbers`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let clients = try (0..<20).map { _ in try server.connect() }
        for (index, client) in clients.enumerated() { try client.write("\(index + 10)\n\(index + 30)\n") }
        _ = try seen.wait(40)
        let loop = server.loop
        try loop.perform { loop.openGate(to: 19) }
        for (index, client) in clients.enumerated() {
            if index < 10 { #expect(try client.readText(3) == "\(index + 10)\n") }
            #expect(client.hasNothingToRead())
        }
        loop.postGate(to: 40)
        loop.postGate(to: 35)
        loop.postGate(to: 60)
        for (index, client) in clients.enumerated() {
            let rest = (index < 10 ? "" : "\(index + 10)\n") + "\(index + 30)\n"
            #expect(try client.readText(rest.utf8.count) == rest)
        }
        #expect(try loop.perform { loop.gatedConnections.isEmpty && loop.gate == 60 })
    }

    @Test func `the gate never closes again`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let loop = server.loop
        try loop.perform {
            loop.openGate(to: 10)
            loop.openGate(to: 3)
        }
        #expect(try loop.perform { loop.gate } == 10)
        let client = try server.connect()
        try client.write("10\n")
        #expect(try client.readText(3) == "10\n")
    }

    @Test func `a reply leaves in the middle of a busy turn once its number is asked for`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let client = try server.connect()
        try client.write("5\n")
        _ = try seen.wait()
        let loop = server.loop
        let found = Box<String>()
        loop.post {
            loop.postGate(to: 5)
            // The same turn goes on with this, and nothing else could let the reply out meanwhile.
            loop.post { found.put((try? client.readText(2)) ?? "nothing") }
        }
        #expect(try found.wait().first == "5\n")
    }

    @Test func `numbers opened by another thread release many pipelined replies in order`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen)
        defer { server.stop() }
        let client = try server.connect()
        let lines = (1...5_000).map { "\($0)\n" }.joined()
        let loop = server.loop
        let opener = Thread(name: "opener") { for number in 1...5_000 { loop.postGate(to: UInt64(number)) } }
        try client.write(lines)
        #expect(try client.readText(lines.utf8.count) == lines)
        opener.join()
    }

    @Test func `a connection whose reply is held for too long is closed, and no other is`() throws {
        let seen = Box<String>()
        let server = try gatedServer(seen, ConnectionLimits(mostHeldNanoseconds: 1))
        defer { server.stop() }
        let (waiting, other) = (try server.connect(), try server.connect())
        try waiting.write("5\n")
        try other.write("0\n")
        _ = try seen.wait(2)
        #expect(try waiting.readToEnd() == "")
        #expect(try other.readText(2) == "0\n")
        try server.loop.perform { server.loop.openGate(to: 5) }
        try other.write("4\n")
        #expect(try other.readText(2) == "4\n")
    }
}
