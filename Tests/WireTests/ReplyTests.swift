import SwitchboardModel
import SwitchboardWire
import Testing

@Suite struct ReplyTests {
    private func written(_ write: (inout [UInt8]) -> Void) -> String {
        var out = Array("before\r\n".utf8)
        write(&out)
        let text = String(decoding: out, as: UTF8.self)
        #expect(text.hasPrefix("before\r\n") && text.hasSuffix("\r\n"))
        return String(text.unicodeScalars.dropFirst(8).dropLast(2))
    }

    private func json(_ value: JSON) -> String { written { Reply.json(value, to: &$0) } }

    @Test func `each kind of reply has its first byte`() {
        #expect(written { Reply.ok(to: &$0) } == "+OK")
        #expect(written { Reply.null(to: &$0) } == "+null")
        #expect(written { Reply.integer(-17, to: &$0) } == ":-17")
        #expect(written { Reply.integer(.min, to: &$0) } == ":-9223372036854775808")
        #expect(written { Reply.list(12, to: &$0) } == "*12")
        #expect(written { Reply.error(.badArgument("no"), to: &$0) } == "-BADARG no")
        #expect(written { Reply.lines(["a", "b\nc"], to: &$0) } == "*2\r\n+a\r\n+b c")
    }

    @Test func `a hot reply is one compact object`() {
        let agent: String? = nil
        let text = written { out in
            Reply.line(to: &out) { json in
                json.beginObject()
                json.member("id", 1001)
                json.member("version", .max as UInt64)
                json.member("status", "new")
                json.member("agent", agent)
                json.key("load")
                json.beginArray()
                json.integer(-1)
                json.beginObject()
                json.endObject()
                json.null()
                json.endArray()
                json.key("a\"b")
                json.bool(true)
                json.endObject()
            }
        }
        #expect(
            text
                == #"+{"id":1001,"version":18446744073709551615,"status":"new","agent":null,"load":[-1,{},null],"a\"b":true}"#
        )
    }

    @Test func `values are written as JSON`() {
        #expect(json(nil) == "+null")
        #expect(json(true) == "+true")
        #expect(json(-5) == "+-5")
        #expect(json(1.5) == "+1.5")
        #expect(json(2.0) == "+2")
        #expect(json(1e300) == "+1e+300")
        #expect(json(.number(.infinity)) == "+null")
        #expect(json(.number(.nan)) == "+null")
        #expect(json([]) == "+[]")
        #expect(json([:]) == "+{}")
        #expect(
            json(["b": [1, [2, nil]], "a": ["x": "y"], "t": .time(.manualStart), "s": .span(.seconds(90))])
                == #"+{"b":[1,[2,null]],"a":{"x":"y"},"t":"2000-01-01T00:00:00.000Z","s":90}"#)
        let value: JSON = ["id": 17]
        #expect(value["id"] == 17)
        #expect(value["x"] == nil)
    }

    @Test func `a text is escaped so that it stays on its line`() {
        #expect(
            json("a\"b\\c\r\n\t\u{0}\u{1f}\u{7f}é😀\u{2028}")
                == "+\"a\\\"b\\\\c\\r\\n\\t\\u0000\\u001f\u{7f}é😀\u{2028}\"")
    }

    @Test func `every scalar survives at every place of a text`() {
        for length in 0..<20 {
            for place in 0..<max(length, 1) {
                for byte in [0x00, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f] as [UInt8] {
                    var bytes = [UInt8](repeating: 0x61, count: length)
                    if length > 0 { bytes[place] = byte }
                    let text = String(decoding: bytes, as: UTF8.self)
                    let written = json(.string(text))
                    #expect(unescaped(written.dropFirst(2).dropLast()) == text)
                    #expect(!written.utf8.contains { $0 < 0x20 })
                }
            }
        }
    }

    /// Reads back the escapes that the writer makes.
    private func unescaped(_ text: Substring) -> String {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let kind = rest.popFirst() else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch kind {
            case "n": result += "\n"
            case "r": result += "\r"
            case "t": result += "\t"
            case "u":
                let code = UInt32(String(String.UnicodeScalarView(rest.prefix(4))), radix: 16) ?? 0
                result.unicodeScalars.append(Unicode.Scalar(code) ?? "?")
                rest = rest.dropFirst(4)
            default: result.unicodeScalars.append(kind)
            }
        }
        return result
    }

    @Test func `a time is RFC 3339 with milliseconds`() {
        let times: [(Int64, String)] = [
            (0, "1970-01-01T00:00:00.000Z"), (946_684_800_000, "2000-01-01T00:00:00.000Z"),
            (1_709_208_000_009, "2024-02-29T12:00:00.009Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (.min, "0000-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
        ]
        for (milliseconds, text) in times {
            #expect(written { Reply.time(Timestamp(milliseconds: milliseconds), to: &$0) } == "+" + text)
        }
    }

    @Test func `days from 1970 to 9999 are written and read back`() throws {
        let row = CommandRow<Timestamp>("T", nil, ["time"], roles: .users, "") { (a) throws(WireError) in
            try a["time"].time()
        }
        let table = CommandTable([row])
        var wrong: [String] = []
        var previous: [UInt8] = []
        for day in stride(from: 0, to: 2_932_897, by: 211) {
            let time = Timestamp(milliseconds: Int64(day) * 86_400_000 + Int64(day * 7919 % 86_400_000))
            var text: [UInt8] = []
            Reply.time(time, to: &text)
            let word = Array(text.dropFirst().dropLast(2))
            let read = try withRequest([[0x54], word]) { (request) throws(WireError) in try table.parse(request) }
            if read != time || !previous.lexicographicallyPrecedes(word) {
                wrong.append(String(decoding: word, as: UTF8.self))
            }
            previous = word
        }
        #expect(wrong.isEmpty)
    }

    @Test func `a span is seconds`() {
        for (milliseconds, text) in [
            (0, "0"), (1, "0.001"), (10, "0.01"), (100, "0.1"), (1500, "1.5"), (90_000, "90"), (1234, "1.234"),
            (-1500, "-1.5"), (-1, "-0.001"), (1010, "1.01"), (Int64.min, "-9223372036854775.808"),
        ] as [(Int64, String)] {
            #expect(json(.span(TimeSpan(milliseconds: milliseconds))) == "+" + text)
        }
    }

    @Test func `an error's message fits on one line and is bounded`() {
        let message = "a\r\nb\u{0}c\u{1b}\u{85}\u{2028}é"
        #expect(written { Reply.error(WireError(.general, message), to: &$0) } == "-ERR a  b c   é")
        let most = String(repeating: "x", count: Reply.longestMessage)
        #expect(written { Reply.error(WireError(.state, most + "y"), to: &$0) } == "-STATE " + most)
        #expect(
            written { Reply.error(WireError(.state, most.dropLast() + "é"), to: &$0) } == "-STATE " + most.dropLast())
    }

    @Test func `bytes of a text can be written without a String`() {
        let bytes = Array("zwei\nWörter".utf8)
        let text = written { out in Reply.line(to: &out) { $0.string(utf8: bytes.span) } }
        #expect(text == #"+"zwei\nWörter""#)
        #expect(written { out in Reply.line(to: &out) { $0.string(utf8: [UInt8]().span) } } == #"+"""#)
    }
}
