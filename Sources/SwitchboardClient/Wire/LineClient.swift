/// A blocking client of one connection that may have several requests on the way.
///
/// Replies come in the order of the requests. Requests are kept back until a reply is asked for or enough of
/// them have gathered, so that a run of requests costs one system call. Not for several threads at once.
package final class LineClient {
    /// Requests sent or kept back whose replies have not been received.
    package private(set) var inFlight = 0

    private let socket: ClientSocket
    private var outgoing: [UInt8] = []

    private static let outgoingBytes = 16 * 1024
    /// A list longer than this is taken for a stream that is not ours.
    private static let listCount = 10_000_000

    /// Connects to `host`, a name or an address. Throws when nobody listens there.
    package init(host: String, port: UInt16, replyTimeoutSeconds: Int32 = 120) throws(ClientError) {
        socket = try ClientSocket(host: host, port: port, timeoutMilliseconds: replyTimeoutSeconds * 1000)
        outgoing.reserveCapacity(2 * LineClient.outgoingBytes)
    }

    /// Queues one request: at least one word.
    package func send(_ words: [String]) throws(ClientError) {
        RequestEncoder.append(words, to: &outgoing)
        inFlight += 1
        if outgoing.count >= LineClient.outgoingBytes { try flush() }
    }

    /// Queues one request of words that may be any bytes.
    package func send(_ words: [[UInt8]]) throws(ClientError) {
        RequestEncoder.append(words, to: &outgoing)
        inFlight += 1
        if outgoing.count >= LineClient.outgoingBytes { try flush() }
    }

    /// Waits for the reply to the oldest request on the way. There must be one.
    package func receive() throws(ClientError) -> Reply {
        precondition(inFlight > 0, "receive() without a request on the way")
        let reply = try readReply()
        inFlight -= 1
        return reply
    }

    /// Sends one request and waits for its reply. No other request may be on the way.
    package func request(_ words: [String]) throws(ClientError) -> Reply {
        precondition(inFlight == 0, "request() with \(inFlight) requests on the way")
        try send(words)
        return try receive()
    }

    /// As `request`, for what must succeed: a refusal is thrown, with the request's words.
    package func demand(_ words: [String]) throws(ClientError) -> Reply {
        let reply = try request(words)
        if case .refusal(let message) = reply {
            throw ClientError(.reply, "\(words.joined(separator: " ")): \(message)")
        }
        return reply
    }

    package func flush() throws(ClientError) {
        guard !outgoing.isEmpty else { return }
        try socket.send(outgoing)
        outgoing.removeAll(keepingCapacity: true)
    }

    private func readLine() throws(ClientError) -> [UInt8] {
        while true {
            if let line = try socket.takeLine() { return line }
            // Nothing may be kept back while we wait: what we wait for may be its answer.
            try flush()
            try socket.waitForMore()
        }
    }

    private func readReply() throws(ClientError) -> Reply {
        let line = try readLine()
        guard let type = line.first else { throw ClientError(.reply, "the server sent an empty line") }
        let rest = line.dropFirst()
        switch type {
        case UInt8(ascii: "+"): return .success(Array(rest))
        case UInt8(ascii: "-"): return .refusal(String(decoding: rest, as: UTF8.self))
        case UInt8(ascii: ":"): return .integer(try number(rest, in: line))
        case UInt8(ascii: "$"): return .success(try readBytes(count: try number(rest, in: line)))
        case UInt8(ascii: "*"):
            let count = try number(rest, in: line)
            guard (0...LineClient.listCount).contains(count) else { throw unexpected(line) }
            var elements: [Reply] = []
            elements.reserveCapacity(count)
            for _ in 0..<count { elements.append(try readReply()) }
            return .list(elements)
        default: throw unexpected(line)
        }
    }

    /// A bulk string, as `INFO` and a few others give it to a request sent as an array.
    private func readBytes(count: Int) throws(ClientError) -> [UInt8] {
        guard count >= 0 else { return Array("null".utf8) }
        while true {
            if let bytes = try socket.takeBytes(count: count) { return bytes }
            try socket.waitForMore()
        }
    }

    private func number(_ digits: ArraySlice<UInt8>, in line: [UInt8]) throws(ClientError) -> Int {
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw unexpected(line) }
        return value
    }

    private func unexpected(_ line: [UInt8]) -> ClientError {
        let start = String(decoding: line.prefix(60), as: UTF8.self)
        return ClientError(.reply, "the server sent a line that is no reply: \(start)")
    }
}
