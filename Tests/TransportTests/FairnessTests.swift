import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// A session as an actor that lives on the loop, instead of a plain task.
private actor Session {
    nonisolated let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    nonisolated var unownedExecutor: UnownedSerialExecutor { connection.loop.asUnownedSerialExecutor() }

    func run() async { await echo(connection) }
}

@Suite struct FairnessTests {
    @Test func `a flood on one connection leaves turns to another`() throws {
        let server = try TestServer { connection in
            guard await connection.receive() else { return }
            guard connection.unread.first == UInt8(ascii: "f") else { return await echoLines(connection) }
            repeat { connection.consume(connection.unread.count) } while await connection.receive()
        }
        defer { server.stop() }
        let flood = try server.connect()
        let patient = try server.connect()
        let answered = Box<Void>()
        let writer = Thread(name: "flood") {
            let bytes = [UInt8](repeating: UInt8(ascii: "f"), count: 1 << 20)
            while answered.isEmpty, (try? flood.write(bytes)) != nil {}
        }
        for number in 0..<50 {
            try patient.write("\(number)\n")
            let line = "\(number)\n"
            #expect(try patient.readText(line.utf8.count) == line)
        }
        answered.put(())
        writer.join()
    }

    @Test func `jobs that post themselves for ever leave turns to the sockets`() throws {
        let server = try TestServer()
        defer { server.stop() }
        let done = Box<Void>()
        let loop = server.loop
        @Sendable func again() { if done.isEmpty { loop.post(again) } }
        loop.post(again)
        let client = try server.connect()
        for _ in 0..<50 {
            try client.write("x")
            #expect(try client.readText(1) == "x")
        }
        done.put(())
    }

    @Test func `a session may be an actor of the loop`() throws {
        let server = try TestServer { await Session($0).run() }
        defer { server.stop() }
        let clients = try (0..<10).map { _ in try server.connect() }
        for round in 0..<20 {
            for client in clients { try client.write("\(round % 10)") }
            for client in clients { #expect(try client.readText(1) == "\(round % 10)") }
        }
    }
}

/// Goes on with what is unread already.
private func echoLines(_ connection: Connection) async {
    repeat {
        let bytes = [UInt8](connection.unread)
        connection.consume(bytes.count)
        connection.withOutput { $0 += bytes }
        connection.flush()
    } while await connection.receive()
}
