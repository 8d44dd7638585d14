import SwitchboardModel
import SwitchboardWire
import Testing

@Suite struct ArgumentTests {
    private enum Colour: String, CaseIterable {
        case red, green
        case blue = "deep-blue"
    }

    /// The result of one accessor on `by=<value>`, or the error's text.
    private func read<Output: Equatable>(
        _ value: String, _ accessor: @escaping @Sendable (Argument) throws -> Output
    ) -> Output? where Output: Sendable {
        try? parse(Array(value.utf8), accessor)
    }

    private func parse<Output: Sendable>(
        _ value: [UInt8], _ accessor: @escaping @Sendable (Argument) throws -> Output
    ) throws(WireError) -> Output {
        let row = CommandRow<Output>("X", nil, [], [.option("by", "<value>")], roles: .everyone, "") {
            (arguments) throws(WireError) in
            do { return try accessor(try arguments["by"]) } catch let error as WireError { throw error } catch {
                throw WireError(.general, "another error")
            }
        }
        let table = CommandTable([row])
        return try withRequest([Array("X".utf8), Array("by=".utf8) + value]) { (request) throws(WireError) in
            try table.parse(request)
        }
    }

    private func error<Output: Sendable>(
        _ value: String, _ accessor: @escaping @Sendable (Argument) throws -> Output
    ) -> String? { error(Array(value.utf8), accessor) }

    private func error<Output: Sendable>(
        _ value: [UInt8], _ accessor: @escaping @Sendable (Argument) throws -> Output
    ) -> String? {
        do throws(WireError) {
            _ = try parse(value, accessor)
            return nil
        } catch { return "\(error.code.rawValue) \(error.message)" }
    }

    @Test func `a text is any UTF-8`() {
        for text in ["", "x", "zwei Wörter=…\n", "a\0b", "😀"] {
            #expect(read(text) { try $0.text() } == text)
        }
        #expect(read("abc") { try $0.text(atMost: 3) } == "abc")
        #expect(error("abcd") { try $0.text(atMost: 3) } == "BADARG by= has more than 3 bytes")
    }

    @Test(
        arguments: [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x61, 0x80]]
            as [[UInt8]])
    func `a text that is not UTF-8 is named`(bytes: [UInt8]) {
        #expect(error(bytes) { try $0.text() } == "BADARG by= is not valid UTF-8")
    }

    @Test func `an identifier has 1 to 64 of its characters`() {
        let longest = String(repeating: "a", count: 64)
        for text in ["a", "0", "Ann", "a_-.@+Z9", longest] {
            #expect(read(text) { try $0.identifier() } == text)
        }
        for text in ["", "_a", "-a", "+a", ".a", "@a", "a b", "a,b", "a:b", "ä", "a/", longest + "a", "a\n"] {
            let message = error(text) { try $0.identifier() }
            #expect(
                message?.hasPrefix("BADARG by= must be an identifier (1 to 64 letters, digits or _ - . @ +,") == true)
        }
        #expect(
            error("a b") { try $0.identifier() }?.hasSuffix(", not 'a b'") == true)
    }

    @Test(
        arguments: [
            ("9999999999999999999", 9_999_999_999_999_999_999), ("18446744073709551615", UInt64.max),
            ("18446744073709551616", nil), ("99999999999999999999", nil), ("100000000000000000000", nil),
            ("00000000000000000000000000007", 7), ("000000000000000000018446744073709551616", nil), ("", nil),
            ("123456789012345678x", nil), ("1234567890123456789x", nil), ("00000000000000000000000000007x", nil),
        ] as [(String, UInt64?)])
    func `a number is read up to 64 bits, with any zeros before it`(text: String, value: UInt64?) {
        #expect(read(text) { try $0.unsigned() } == value)
    }

    @Test func `a ticket id is decimal without sign or leading zero`() {
        for (text, id) in [("1", 1), ("1001", 1001), ("18446744073709551615", UInt64.max)] as [(String, UInt64)] {
            #expect(read(text) { try $0.ticketID() } == id)
        }
        for text in ["", "0", "01", "+1", "-1", "1.0", "x", " 1", "18446744073709551616", "99999999999999999999999"] {
            #expect(
                error(text) { try $0.ticketID() }
                    == "BADARG by= must be a ticket id (a whole number from 1, without sign or leading zero), not '\(text)'"
            )
        }
    }

    @Test func `a number lies in its range`() {
        for (text, value) in [("1", 1), ("9", 9), ("007", 7)] {
            #expect(read(text) { try $0.integer(1...9) } == value)
        }
        for text in ["0", "10", "-1", "", "1x", "99999999999999999999"] {
            #expect(
                error(text) { try $0.integer(1...9) }
                    == "BADARG by= must be a whole number from 1 to 9, not '\(text)'")
        }
        #expect(read("-5") { try $0.integer(-5...5) } == -5)
        #expect(read("-9223372036854775808") { try $0.integer(.min ... .max) } == .min)
        #expect(error("-9223372036854775809") { try $0.integer(.min ... .max) } != nil)
        #expect(read("18446744073709551615") { try $0.unsigned() } == .max)
        #expect(
            error("-0") { try $0.unsigned() } == "BADARG by= must be a whole number, not '-0'")
        #expect(
            error("4") { try $0.unsigned(upTo: 3) }
                == "BADARG by= must be a whole number from 0 to 3, not '4'")
    }

    @Test func `yes and no are the only switches`() {
        #expect(read("yes") { try $0.yesOrNo() } == true)
        #expect(read("No") { try $0.yesOrNo() } == false)
        for text in ["", "y", "true", "1", "nope"] {
            #expect(
                error(text) { try $0.yesOrNo() }
                    == "BADARG by= must be yes or no, not '\(text)'")
        }
    }

    @Test func `a choice is one of the raw values`() {
        #expect(read("red") { try $0.choice(Colour.self) } == .red)
        #expect(read("deep-blue") { try $0.choice(Colour.self) } == .blue)
        for text in ["", "RED", "blue", String(repeating: "x", count: 70)] {
            let shown = text.count > 64 ? String(text.prefix(64)) + "…" : text
            #expect(
                error(text) { try $0.choice(Colour.self) }
                    == "BADARG by= must be red, green or deep-blue, not '\(shown)'")
        }
        #expect(read("red,deep-blue") { try $0.choices(Colour.self) } == [.red, .blue])
        #expect(
            error("red,") { try $0.choices(Colour.self) }
                == "BADARG by= must be red, green or deep-blue, not ''")
    }

    @Test func `lists are separated by commas`() {
        #expect(read("") { try $0.identifiers() } == [])
        #expect(read("a,b.c") { try $0.identifiers() } == ["a", "b.c"])
        for text in ["a,", ",a", "a,,b", "a, b"] {
            #expect(
                error(text) { try $0.identifiers() }?.hasPrefix("BADARG by= must be an id")
                    == true)
        }
        let most = Array(repeating: "a", count: Argument.listLimit).joined(separator: ",")
        #expect(read(most) { try $0.identifiers() }?.count == 1024)
        #expect(
            error(most + ",a") { try $0.identifiers() }
                == "BADARG by= has more than 1024 elements")
    }

    @Test func `tag edits say what is added and taken away`() {
        #expect(
            read("+vip,-new,+a+b") { try $0.tagEdits() }
                == [.add("vip"), .remove("new"), .add("a+b")])
        #expect(
            error("vip") { try $0.tagEdits() }
                == "BADARG by= must be a list of +tag and -tag, not 'vip'")
        #expect(error("+") { try $0.tagEdits() } != nil)
        #expect(error("++a") { try $0.tagEdits() } != nil)
    }

    @Test func `ranks and ranges`() {
        #expect(
            read("sales:2,help") { try $0.rankedIdentifiers(1...9) }
                == [.init(identifier: "sales", rank: 2), .init(identifier: "help", rank: nil)])
        #expect(
            error("sales:10") { try $0.rankedIdentifiers(1...9) }
                == "BADARG by= must be a whole number from 1 to 9, not '10'")
        #expect(error("sales:") { try $0.rankedIdentifiers(1...9) } != nil)
        #expect(read("3,5-7") { try $0.numberRanges(1...99) } == [3...3, 5...7])
        #expect(
            error("7-5") { try $0.numberRanges(1...99) }
                == "BADARG by= must be numbers and rising ranges such as 3,5-7, not '7-5'")
        for text in ["-5", "5-", "1-2-3", "0", "100"] {
            #expect(error(text) { try $0.numberRanges(1...99) } != nil)
        }
    }

    @Test func `a duration is a whole number and its unit`() {
        let seconds: [(String, Int64)] = [
            ("90", 90), ("90s", 90), ("15m", 900), ("8h", 28_800), ("3d", 259_200), ("0", 0), ("0s", 0),
            ("36500d", 3_153_600_000), ("2w", 1_209_600),
            ("3153600000", 3_153_600_000),
        ]
        for (text, count) in seconds {
            #expect(read(text) { try $0.duration() } == .seconds(count))
        }
        for text in ["", "s", "1.5h", "-1", "+1", "1y", "w", "1 s", "1S", "1ms", "x", "1sm"] {
            #expect(
                error(text) { try $0.duration() }
                    == "BADARG by= must be a duration such as 90, 90s, 15m, 8h, 3d or 2w, not '\(text)'")
        }
        for text in ["36501d", "3153600001", "99999999999999999999d", "9223372036854775807"] {
            #expect(
                error(text) { try $0.duration() }
                    == "BADARG by= is longer than 100 years: '\(text)'")
        }
    }

    @Test func `a time is RFC 3339`() {
        let times: [(String, Int64)] = [
            ("1970-01-01T00:00:00Z", 0), ("2000-01-01t00:00:00z", 946_684_800_000),
            ("2000-01-01T01:30:00+01:30", 946_684_800_000), ("1999-12-31T16:00:00.5-08:00", 946_684_800_500),
            ("1970-01-01T00:00:00.0019999Z", 1), ("1969-12-31T23:59:59.999Z", -1),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("2024-02-29T12:00:00Z", 1_709_208_000_000), ("1970-01-01T00:00:00-00:00", 0),
            ("2000-01-01", 946_684_800_000),
        ]
        for (text, milliseconds) in times {
            #expect(read(text) { try $0.time() } == Timestamp(milliseconds: milliseconds))
        }
        for text in [
            "", "2000-1-01", "2023-02-29", "2000-01-01Z", "2000-01-0é", "2000-01-01T00:00:00", "2000-01-01 00:00:00Z",
            "2000-13-01T00:00:00Z",
            "2000-00-01T00:00:00Z",
            "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-01-32T00:00:00Z", "2000-01-00T00:00:00Z",
            "2000-01-01T24:00:00Z", "2000-01-01T00:60:00Z", "2000-01-01T00:00:60Z", "2000-01-01T00:00:00.Z",
            "2000-01-01T00:00:00+0100", "2000-01-01T00:00:00+24:00", "2000-01-01T00:00:00+01:60",
            "2000-01-01T00:00:00Zx",
            "2000-1-01T00:00:00Z", "x000-01-01T00:00:00Z", "9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00+00:01",
            "2000-01-01T00:00:00.5", "946684800",
        ] {
            #expect(
                error(text) { try $0.time() }
                    == "BADARG by= must be a time in RFC 3339 such as 2026-01-31T09:30:00Z, or a date, not '\(text)'")
        }
    }

    @Test func `what a client sent is shown without control characters and cut`() {
        #expect(
            error([0x61, 0x0a, 0xff, 0xc3, 0xa4, 0x7f]) { try $0.yesOrNo() }?.hasSuffix(
                "'a\\x0a\\xffä\\x7f'") == true)
        let long = String(repeating: "x", count: 63) + "ä and more"
        #expect(
            error(long) { try $0.yesOrNo() }?.hasSuffix(
                "'\(String(repeating: "x", count: 63))…'") == true)
    }
}
