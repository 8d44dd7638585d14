import Glibc
import SwitchboardClient
import SwitchboardPlatform
import Testing

@Suite struct ReplayWireTests {
    // MARK: JSON

    private func json(_ text: String) -> JSONValue? { JSONValue(parsing: Array(text.utf8)) }

    @Test func `JSON is read as it is written`() {
        let value = json(#" {"id":1001, "agent":null,"tags":["a","b"],"ok":true,"no":false,"load":{"ticket":-2.5e1}} "#)
        #expect(value?["id"]?.integer == 1001)
        #expect(value?["agent"] == .null)
        #expect(value?["tags"]?.array?.count == 2)
        #expect(value?["ok"]?.bool == true)
        #expect(value?["no"]?.bool == false)
        #expect(value?["load"]?["ticket"]?.integer == -25)
        #expect(value?["absent"] == nil)
        #expect(json("[]") == .array([]))
        #expect(json("{}") == .object([:]))
        #expect(json(#""""#) == .string(""))
    }

    @Test func `escapes in strings are undone`() {
        #expect(
            json(#""a\"b\\c\/\b\f\n\r\t\u00e9\ud83d\ude00ü""#)?.string == "a\"b\\c/\u{8}\u{C}\n\r\t\u{e9}\u{1F600}ü")
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "nul", "01x", "+1", ".5", "nan", "\"a", "\"\\x\"", "\"\\ud83d\"",
        "\"\\u12\"", "1 2", "\"a\nb\"", "'a'",
    ])
    func `what is no JSON is none`(text: String) {
        #expect(json(text) == nil)
    }

    @Test func `nesting is bounded`() {
        #expect(json(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) != nil)
        #expect(json(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)) == nil)
    }

    // MARK: The client

    @Test func `requests go out as arrays of words`() {
        var bytes: [UInt8] = []
        RequestEncoder.append(["TICKET", "NOTE", "", "body=zwölf Wörter"], to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "*4\r\n$6\r\nTICKET\r\n$4\r\nNOTE\r\n$0\r\n\r\n$19\r\nbody=zwölf Wörter\r\n")
    }

    @Test func `every kind of reply is read, in the order of the requests`() throws {
        let listener = try ScriptedListener(
            "+OK\r\n:42\r\n-BADARG no\n*2\r\n+{\"a\":1}\r\n:7\r\n$9\r\n# S\r\nab:1\r\n*0\r\n$-1\r\n+\r\n")
        let client = try LineClient(host: "127.0.0.1", port: listener.port)
        for _ in 0..<8 { try client.send(["PING"]) }
        #expect(client.inFlight == 8)
        #expect(try client.receive() == .success(Array("OK".utf8)))
        #expect(try client.receive() == .integer(42))
        #expect(try client.receive() == .refusal("BADARG no"))
        #expect(try client.receive() == .list([.success(Array("{\"a\":1}".utf8)), .integer(7)]))
        #expect(try client.receive() == .success(Array("# S\r\nab:1".utf8)))
        #expect(try client.receive() == .list([]))
        #expect(try client.receive() == .success(Array("null".utf8)))
        #expect(try client.receive() == .success([]))
        #expect(client.inFlight == 0)
        listener.finish()
        let ended = #expect(throws: ClientError.self) { try client.request(["PING"]) }
        #expect(ended?.kind == .connection)
    }

    @Test(arguments: ["hello\r\n", "\r\n", ":x\r\n", "*-1\r\n"])
    func `a line that is no reply is an error`(line: String) throws {
        let listener = try ScriptedListener(line)
        let client = try LineClient(host: "127.0.0.1", port: listener.port)
        let error = #expect(throws: ClientError.self) { try client.request(["PING"]) }
        #expect(error?.kind == .reply)
        listener.finish()
    }

    @Test func `more than the buffers hold may be on the way both ways`() throws {
        // The listener answers long before it reads: only a client that takes in while it sends gets through.
        let count = 20_000
        let listener = try ScriptedListener(
            String(repeating: "+" + String(repeating: "r", count: 998) + "\r\n", count: count))
        let client = try LineClient(host: "localhost", port: listener.port)
        let word = String(repeating: "w", count: 1000)
        for _ in 0..<count { try client.send(["ECHO", word]) }
        for _ in 0..<count { #expect(try client.receive() != .success([])) }
        listener.finish()
    }

    @Test func `a pipeline gives each reply its request's tag, and never more than its window is on the way`() throws {
        let listener = try ScriptedListener((0..<10).map { ":\($0)\r\n" }.joined())
        var pipeline = Pipeline<Int>(client: try LineClient(host: "127.0.0.1", port: listener.port), window: 3)
        var next = 0
        for expected in 0..<10 {
            while !pipeline.isFull, next < 10 {
                try pipeline.send(["PING"], tag: next)
                next += 1
            }
            #expect(pipeline.client.inFlight <= 3)
            let (tag, reply) = try pipeline.receive()
            #expect(tag == expected)
            #expect(reply == .integer(expected))
        }
        #expect(pipeline.isEmpty)
        listener.finish()
    }

    @Test func `nobody listening is a clear error`() throws {
        let listener = try ScriptedListener("")
        let port = listener.port
        listener.finish()
        let error = #expect(throws: ClientError.self) { try LineClient(host: "127.0.0.1", port: port) }
        #expect(error?.message == "cannot connect to 127.0.0.1:\(port): Connection refused")
    }

    // MARK: Answers about the server

    @Test func `an agent's departments are read however they are written`() {
        for text in [#""a:2,b""#, #"["a:2","b"]"#, #"[{"dept":"a","tier":2},{"dept":"b"}]"#, #"{"a":2,"b":1}"#] {
            #expect(RoutingCheck.departmentNames(json(text)).sorted() == ["a", "b"], "\(text)")
        }
        #expect(RoutingCheck.departmentNames(nil).isEmpty)
    }

    @Test func `routing is checked by agents and queues`() throws {
        func agent(_ id: String, _ presence: String, _ paused: String, _ load: Int) -> String {
            #"+{"id":"\#(id)","depts":["\#(id)d"],"presence":"\#(presence)","paused":\#(paused),"#
                + #""capacity":{"ticket":2,"chat":0},"load":{"ticket":\#(load),"chat":0}}"# + "\r\n"
        }
        let agents = [
            agent("full", "online", "null", 2), agent("over", "online", "null", 3), agent("off", "offline", "null", 0),
            agent("free", "online", "null", 1), agent("idle", "online", "{\"kind\":\"drain\"}", 0),
        ]
        let queue = "*1\r\n+{\"id\":1}\r\n"
        let listener = try ScriptedListener("*5\r\n" + agents.joined() + String(repeating: queue, count: 5))
        let check = try RoutingCheck.ask(
            try LineClient(host: "127.0.0.1", port: listener.port),
            departments: ["fulld", "overd", "offd", "freed", "idled"])
        #expect(check.overCapacity == ["over"])
        #expect(check.waitingBesideFree == ["freed"])
        #expect(check.waiting == 5)
        #expect(check.held == 6)
        listener.finish()
    }
}

/// A listener that sends a text to the first who connects, then reads until that one is gone or `finish` is called.
private final class ScriptedListener: @unchecked Sendable {
    // @unchecked because everything is set before the thread starts, but the thread itself.
    let port: UInt16
    private let listening: Int32
    private var thread: SwitchboardPlatform.Thread?

    init(_ script: String) throws {
        listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listening
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        thread = SwitchboardPlatform.Thread(name: "scripted") {
            // Closed here and not in `finish`: a number freed before `accept` could by then be another test's socket.
            defer { close(descriptor) }
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { return }
            let bytes = Array(script.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    send(connection, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
            // Half closed, it still reads: a reset would take away what the client has not read yet.
            shutdown(connection, Int32(SHUT_WR))
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while read(connection, &buffer, buffer.count) > 0 {}
            close(connection)
        }
    }

    /// Ends the listening and, once the client is gone, the thread.
    func finish() { shutdown(listening, Int32(SHUT_RDWR)) }
}
