import Glibc
import SwitchboardClient
import SwitchboardPlatform

/// What a client knows: every request that it sent and every reply that came back before the server was gone.
struct Acknowledgements: Sendable {
    /// The bodies that were acknowledged for each ticket, in their order.
    var bodies: [Int: [String]] = [:]
    var count = 0
    /// Why it ended.
    var end = ""
}

/// Pipelined writes from several connections until the server goes away: tickets, and three messages in each.
final class WriteLoad: @unchecked Sendable {
    // @unchecked because what changes is guarded by `lock`.
    private let lock = Lock()
    private var results: [Acknowledgements] = []
    private var total = 0
    private var threads: [Thread] = []
    private let limit: Int

    private static let window = 64

    /// Starts `connections` clients, each with 64 requests on the way, up to `requests` of them each; then it waits for
    /// the end of its connection. The department must be there.
    init(_ server: TestServer, connections: Int, department: String, requests: Int = 5000) {
        let port = server.port
        limit = requests
        for number in 0..<connections {
            threads.append(
                Thread(name: "load-\(number)") { [self] in
                    let result = run(port: port, client: number, department: department)
                    lock.withLock { results.append(result) }
                })
        }
    }

    /// Replies so far, over all connections.
    var acknowledged: Int { lock.withLock { total } }

    /// Waits until every client has lost its server.
    func finish() -> [Acknowledgements] {
        for thread in threads { thread.join() }
        return lock.withLock { results }
    }

    /// What a request was.
    private enum Request {
        case opening(body: String)
        case message(ticket: Int, body: String)
    }

    private func run(port: UInt16, client number: Int, department: String) -> Acknowledgements {
        var result = Acknowledgements()
        do {
            let client = try LineClient(host: "127.0.0.1", port: port, replyTimeoutSeconds: 60)
            var pipeline = Pipeline<Request>(client: client, window: Self.window)
            var waiting: [(ticket: Int, left: Int)] = []
            var serial = 0
            while true {
                while !pipeline.isFull, serial < limit {
                    serial += 1
                    let body = "\(number)-\(serial)"
                    if let (ticket, left) = waiting.popLast() {
                        if left > 1 { waiting.insert((ticket, left - 1), at: 0) }
                        try pipeline.send(
                            ["TICKET", "MESSAGE", String(ticket), "body=\(body)"],
                            tag: .message(ticket: ticket, body: body))
                    } else {
                        try pipeline.send(
                            ["TICKET", "OPEN", "channel=ticket", "dept=\(department)", "body=\(body)"],
                            tag: .opening(body: body))
                    }
                }
                while pipeline.isEmpty {
                    usleep(5000)
                    _ = try client.demand(["PING"])
                }
                let (request, reply) = try pipeline.receive()
                guard let id = reply.json?["id"]?.integer else {
                    result.end = "refused: \(reply.text())"
                    return result
                }
                switch request {
                case .opening(let body):
                    result.bodies[id] = [body]
                    waiting.append((id, 3))
                case .message(let ticket, let body):
                    result.bodies[ticket, default: []].append(body)
                }
                result.count += 1
                lock.withLock { total += 1 }
            }
        } catch {
            result.end = "\(error)"
        }
        return result
    }
}

extension LineClient {
    /// The acknowledged bodies that are not in the threads of their tickets, in their order.
    func missing(_ results: [Acknowledgements]) throws -> [String] {
        var missing: [String] = []
        var pipeline = Pipeline<(ticket: Int, bodies: [String])>(client: self, window: 64)
        func check() throws {
            let ((ticket, bodies), reply) = try pipeline.receive()
            let thread = reply.json?["thread"]?.array?.compactMap { $0["body"]?.string } ?? []
            // The last ones may have been made durable without their replies getting through.
            if !thread.starts(with: bodies) { missing.append("\(ticket): \(bodies) in \(thread)") }
        }
        for (ticket, bodies) in results.flatMap(\.bodies) {
            if pipeline.isFull { try check() }
            try pipeline.send(["TICKET", "SHOW", String(ticket), "thread=all"], tag: (ticket, bodies))
        }
        while !pipeline.isEmpty { try check() }
        return missing
    }
}
