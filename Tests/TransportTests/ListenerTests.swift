import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

@Suite struct ListenerTests {
    private func listen(_ host: String, _ port: UInt16) throws -> Listener {
        try Listener(on: [EventLoop(name: "test")], host: host, port: port, refusal: "", serve: echo)
    }

    @Test func `an address in use is one clear line`() throws {
        let first = try listen("127.0.0.1", 0)
        let error = #expect(throws: TransportError.self) { try listen("127.0.0.1", first.boundPort) }
        #expect(error?.code == EADDRINUSE)
        let expected = "cannot listen on \(first.address): the address is in use; is another server running?"
        #expect(error?.description == expected)
    }

    @Test func `an address of another machine is refused`() throws {
        let error = #expect(throws: TransportError.self) { try listen("192.0.2.1", 0) }
        #expect(error?.description == "cannot listen on 192.0.2.1:0: this machine has no such address")
    }

    @Test(arguments: ["example.org", "", "1.2.3", "::g"])
    func `a name is no address`(host: String) throws {
        let error = #expect(throws: TransportError.self) { try listen(host, 0) }
        #expect(error?.description == "'\(host)' is not an IPv4 or IPv6 address")
    }

    @Test func `localhost and literal addresses are understood`() throws {
        #expect(try SocketAddress(host: "localhost", port: 7411).text == "127.0.0.1:7411")
        #expect(try SocketAddress(host: "0.0.0.0", port: 1).text == "0.0.0.0:1")
        #expect(try SocketAddress(host: "::1", port: 65_535).text == "[::1]:65535")
        #expect(try listen("localhost", 0).boundPort > 0)
    }

    @Test func `one connection too many gets the refusal and the end`() throws {
        let server = try TestServer(maxConnections: 2)
        defer { server.stop() }
        let clients = [try server.connect(), try server.connect()]
        for client in clients {
            try client.write("x")
            #expect(try client.readText(1) == "x")
        }
        let third = try server.connect()
        #expect(try third.readToEnd() == "-BUSY full\r\n")
        #expect(server.listener.connectionCount == 2)
        clients[0].close()
        #expect(eventually { server.listener.connectionCount == 1 })
        let fourth = try server.connect()
        try fourth.write("x")
        #expect(try fourth.readText(1) == "x")
    }

    @Test func `each of many refused at once gets the refusal and the end, whatever it has sent`() throws {
        let loop = try EventLoop(name: "test")
        let listener = try Listener(
            on: [loop], host: "127.0.0.1", port: 0, maxConnections: 0, refusal: "-BUSY full\r\n", serve: echo)
        // More than are drained at one time; all wait in the backlog, and none closes its side.
        let clients = try (0..<300).map { _ in try TestClient(port: listener.boundPort) }
        for client in clients { try client.write("PING\r\n") }
        loop.start()
        listener.start()
        defer { loop.finish() }
        for client in clients { #expect(try client.readToEnd() == "-BUSY full\r\n") }
    }

    @Test func `connections are dealt out to all loops`() throws {
        let loops = [try EventLoop(name: "first"), try EventLoop(name: "second")]
        let names = Box<String>()
        let listener = try Listener(on: loops, host: "127.0.0.1", port: 0, refusal: "") { connection in
            names.put(connection.loop.isCurrent ? connection.loop.name : "none")
            await echo(connection)
        }
        for loop in loops { loop.start() }
        listener.start()
        let clients = try (0..<4).map { _ in try TestClient(port: listener.boundPort) }
        for client in clients {
            try client.write("x")
            #expect(try client.readText(1) == "x")
        }
        #expect(try names.wait(4).sorted() == ["first", "first", "second", "second"])
        for loop in loops { loop.finish() }
        #expect(listener.connectionCount == 0)
    }

    @Test func `a stopped listener frees its address and leaves its connections alone`() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        try client.write("x")
        #expect(try client.readText(1) == "x")
        server.listener.stop()
        let port = server.listener.boundPort
        #expect(eventually { (try? listen("127.0.0.1", port)) != nil })
        try client.write("y")
        #expect(try client.readText(1) == "y")
    }

    @Test func `the file limit is raised to the hard limit`() {
        let (soft, hard) = FileLimit.raise()
        #expect(soft == hard && FileLimit.soft == soft)
        #expect(Listener.defaultMaxConnections < soft)
    }
}
