import SwitchboardWire
import Testing

@Suite struct ServerValueTests {
    private func written(_ value: ServerValue, _ form: ReplyForm) -> String {
        var out: [UInt8] = []
        value.encode(form, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func expect(_ value: ServerValue, inline: String, resp2: String, resp3: String) {
        #expect(written(value, .inline) == inline)
        #expect(written(value, .resp2) == resp2)
        #expect(written(value, .resp3) == resp3)
    }

    @Test func `the form follows the request and the version`() {
        #expect(ReplyForm(.inline, version: 2) == .inline)
        #expect(ReplyForm(.inline, version: 3) == .inline)
        #expect(ReplyForm(.array, version: 2) == .resp2)
        #expect(ReplyForm(.array, version: 3) == .resp3)
    }

    @Test func `simple types`() {
        expect(.ok, inline: "+OK\r\n", resp2: "+OK\r\n", resp3: "+OK\r\n")
        expect(.text("a b"), inline: "+a b\r\n", resp2: "$3\r\na b\r\n", resp3: "$3\r\na b\r\n")
        expect(.bulk([]), inline: "+\r\n", resp2: "$0\r\n\r\n", resp3: "$0\r\n\r\n")
        expect(.integer(-3), inline: ":-3\r\n", resp2: ":-3\r\n", resp3: ":-3\r\n")
        expect(.null, inline: "+null\r\n", resp2: "$-1\r\n", resp3: "_\r\n")
        expect(.boolean(true), inline: "+true\r\n", resp2: ":1\r\n", resp3: "#t\r\n")
        expect(.boolean(false), inline: "+false\r\n", resp2: ":0\r\n", resp3: "#f\r\n")
        expect(.double(1.5), inline: "+1.5\r\n", resp2: "$3\r\n1.5\r\n", resp3: ",1.5\r\n")
        expect(.double(2), inline: "+2\r\n", resp2: "$1\r\n2\r\n", resp3: ",2\r\n")
        expect(.double(-.infinity), inline: "+null\r\n", resp2: "$4\r\n-inf\r\n", resp3: ",-inf\r\n")
        let error = ServerValue.error(WireError(.wrongPassword, "no"))
        expect(error, inline: "-WRONGPASS no\r\n", resp2: "-WRONGPASS no\r\n", resp3: "-WRONGPASS no\r\n")
    }

    @Test func `arrays, sets and maps`() {
        let map = ServerValue.map([.init("a", .integer(1)), .init("b", .array([.null, .text("x")]))])
        expect(
            map, inline: "*2\r\n+a:1\r\n+b:[null,\"x\"]\r\n",
            resp2: "*4\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n*2\r\n$-1\r\n$1\r\nx\r\n",
            resp3: "%2\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n*2\r\n_\r\n$1\r\nx\r\n")
        expect(
            .set([.simple("x")]), inline: "*1\r\n+x\r\n", resp2: "*1\r\n+x\r\n", resp3: "~1\r\n+x\r\n")
        expect(
            .array([.text("1"), .integer(2), map]),
            inline: "*3\r\n+1\r\n:2\r\n+{\"a\":1,\"b\":[null,\"x\"]}\r\n",
            resp2: "*3\r\n$1\r\n1\r\n:2\r\n" + written(map, .resp2),
            resp3: "*3\r\n$1\r\n1\r\n:2\r\n" + written(map, .resp3))
        expect(.array([]), inline: "*0\r\n", resp2: "*0\r\n", resp3: "*0\r\n")
    }

    @Test func `sections and lines are one bulk string, inline a list`() {
        let info = ServerValue.sections([
            .init("Server", [.init("a", "1"), .init("b", "")]), .init("Clients", [.init("c", "2")]),
        ])
        let bulk = "# Server\r\na:1\r\nb:\r\n\r\n# Clients\r\nc:2\r\n"
        expect(
            info, inline: "*3\r\n+a:1\r\n+b:\r\n+c:2\r\n", resp2: "$\(bulk.utf8.count)\r\n\(bulk)\r\n",
            resp3: "$\(bulk.utf8.count)\r\n\(bulk)\r\n")
        expect(.sections([]), inline: "*0\r\n", resp2: "$0\r\n\r\n", resp3: "$0\r\n\r\n")
        expect(
            .lines(["id=1", "id=2"]), inline: "*2\r\n+id=1\r\n+id=2\r\n", resp2: "$10\r\nid=1\nid=2\n\r\n",
            resp3: "$10\r\nid=1\nid=2\n\r\n")
    }

    @Test(arguments: [[0x61, 0x0a], [0x0d], [0xff], [0xc3]] as [[UInt8]])
    func `a text that does not fit a line is refused inline and exact in RESP`(bytes: [UInt8]) {
        let refusal = "-BADARG the text holds CR, LF or invalid UTF-8; send a RESP array to get it back\r\n"
        #expect(written(.bulk(bytes), .inline) == refusal)
        #expect(written(.array([.integer(1), .bulk(bytes)]), .inline) == refusal)
        #expect(written(.map([.init("a", .bulk(bytes))]), .inline) == refusal)
        var out: [UInt8] = []
        ServerValue.bulk(bytes).encode(.resp2, to: &out)
        #expect(out == Array("$\(bytes.count)\r\n".utf8) + bytes + [13, 10])
    }

    @Test func `what was written before a refusal stays`() {
        var out = Array("+OK\r\n".utf8)
        ServerValue.bulk([10]).encode(.inline, to: &out)
        #expect(String(decoding: out, as: UTF8.self).hasPrefix("+OK\r\n-BADARG "))
    }
}
