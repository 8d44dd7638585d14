import SwitchboardWire
import Testing

@Suite struct ArrayTests {
    @Test func `an array is its words, byte for byte`() {
        #expect(
            Feed.parseSplit("*3\r\n$4\r\nECHO\r\n$0\r\n\r\n$6\r\n\"a\r\n b\r\nPING\r\n")
                == [.array("ECHO", "", "\"a\r\n b"), .inline("PING")])
    }

    @Test func `an array of nothing is ignored`() {
        #expect(Feed.parseSplit("*0\r\n*-1\r\nPING\r\n*0\r\n") == [.inline("PING")])
    }

    @Test func `inline lines and arrays may follow each other`() {
        #expect(
            Feed.parseSplit("PING\n*1\r\n$1\r\na\r\nb\r\n*1\r\n$1\r\nc\r\n")
                == [.inline("PING"), .array("a"), .inline("b"), .array("c")])
    }

    @Test(arguments: [
        "*x", "*", "*-2", "*-", "*-0", "*+1", "* 1", "*01", "*1x", "*16385", "*99999999999999999999", "*1\n", "*1\rx",
    ])
    func `a bad number of words closes the connection`(header: String) {
        #expect(Feed.parseSplit("\(header)\r\nPING\r\n") == [.broken("PROTOCOL invalid multibulk length")])
    }

    @Test(arguments: ["$x", "$", "$-1", "$-0", "$+1", "$04", "$16777217", "$99999999999999999999", "$1\n", "$1 "])
    func `a bad length closes the connection`(header: String) {
        #expect(Feed.parseSplit("*1\r\n\(header)\r\nPING\r\n") == [.broken("PROTOCOL invalid bulk length")])
    }

    @Test func `a word must begin with a dollar sign and end with CRLF`() {
        #expect(Feed.parseSplit("*1\r\nPING\r\n") == [.broken("PROTOCOL expected '$', got 'P'")])
        #expect(Feed.parseSplit("*1\r\n\u{1}") == [.broken("PROTOCOL expected '$', got '\\x01'")])
        #expect(Feed.parseSplit("*1\r\n$4\r\nPINGxxPING\r\n") == [.broken("PROTOCOL expected CRLF after a value")])
        #expect(Feed.parseSplit("*1\r\n$4\r\nPINGER\r\n") == [.broken("PROTOCOL expected CRLF after a value")])
    }

    @Test func `nothing is read after a broken request`() {
        var feed = Feed()
        feed.feed(Array("PING\r\n*x\r\nPING\r\n".utf8))
        #expect(feed.isClosed)
        feed.feed(Array("PING\r\n".utf8))
        #expect(feed.parsed == [.inline("PING"), .broken("PROTOCOL invalid multibulk length")])
        var bytes = Array("PING\r\n".utf8)
        bytes.withUnsafeMutableBytes { memory in
            let step = feed.parser.next(in: memory)
            guard case .hangUp = step.outcome else { return #expect(Bool(false), "it went on") }
            #expect(step.consumed == 6)
        }
    }
}
