import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// A loop and a listener on a free port of 127.0.0.1.
final class TestServer: Sendable {
    let loop: EventLoop
    let listener: Listener

    init(
        limits: ConnectionLimits = ConnectionLimits(), maxConnections: Int = 5_000,
        serve: @escaping @Sendable (Connection) async -> Void = echo
    ) throws {
        loop = try EventLoop(name: "test")
        listener = try Listener(
            on: [loop], host: "127.0.0.1", port: 0, maxConnections: maxConnections, refusal: "-BUSY full\r\n",
            limits: limits, serve: serve)
        loop.start()
        listener.start()
    }

    func connect(receiveBufferBytes: Int32? = nil) throws -> TestClient {
        try TestClient(port: listener.boundPort, receiveBufferBytes: receiveBufferBytes)
    }

    func stop() { loop.finish() }
}

/// Sends back what comes.
@Sendable func echo(_ connection: Connection) async {
    while await connection.receive() {
        let bytes = [UInt8](connection.unread)
        connection.consume(bytes.count)
        connection.withOutput { $0 += bytes }
        connection.flush()
    }
}

/// Calls `answer` for each whole line, without its end; flushes once a read.
func serveLines(_ connection: Connection, _ answer: (Connection, String) -> Void) async {
    while await connection.receive() {
        while let end = endOfLine(connection.unread) {
            let line = String(decoding: connection.unread[..<end], as: UTF8.self)
            connection.consume(end + 1)
            answer(connection, line)
        }
        connection.flush()
    }
}

/// With memchr, because a loop over megabytes takes seconds in a debug build.
private func endOfLine(_ bytes: UnsafeMutableRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    return memchr(start, Int32(UInt8(ascii: "\n")), bytes.count).map { $0 - start }
}

extension Connection {
    func append(_ text: String) { withOutput { $0 += text.utf8 } }
}

/// A value that one thread puts and another waits for, at most ten seconds.
final class Box<Value: Sendable>: @unchecked Sendable {
    // @unchecked because `values` is guarded by `lock`.
    private let lock = Lock()
    private let changed = Condition()
    private var values: [Value] = []

    func put(_ value: Value) {
        lock.withLock { values.append(value) }
        changed.broadcast()
    }

    /// The first `count` values, in the order put.
    func wait(_ count: Int = 1) throws -> [Value] {
        let deadline = SystemClock.monotonicNanoseconds() + 10_000_000_000
        lock.lock()
        defer { lock.unlock() }
        while values.count < count {
            if !changed.wait(lock, until: deadline) { break }
        }
        try #require(values.count >= count, "waited ten seconds for \(count) values, got \(values.count)")
        return values
    }

    var isEmpty: Bool { lock.withLock { values.isEmpty } }
}

extension EventLoop {
    static func started() throws -> EventLoop {
        let loop = try EventLoop(name: "test")
        loop.start()
        return loop
    }

    func finish() {
        stop()
        join()
    }

    /// Runs `body` on the loop and returns its result.
    func perform<Result: Sendable>(_ body: @escaping @Sendable () -> Result) throws -> Result {
        let box = Box<Result>()
        post { box.put(body()) }
        return try box.wait()[0]
    }
}

/// Asks again until `condition` holds, at most ten seconds.
func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = SystemClock.monotonicNanoseconds() + 10_000_000_000
    while !condition() {
        guard SystemClock.monotonicNanoseconds() < deadline else { return false }
        usleep(500)
    }
    return true
}
