import SwitchboardWire
import Testing

@Suite struct InlineTests {
    @Test(arguments: ["\n", "\r\n"])
    func `a line ends with LF or CRLF`(end: String) {
        #expect(Feed.parseSplit("PING\(end)ECHO a\(end)") == [.inline("PING"), .inline("ECHO", "a")])
    }

    @Test func `words are separated by any number of spaces and tabs`() {
        #expect(Feed.parseSplit(" \t TICKET \t SHOW  17\t\n") == [.inline("TICKET", "SHOW", "17")])
    }

    @Test func `a CR inside a line separates words as in Redis`() {
        #expect(Feed.parseSplit("PI\rNG\r\r\n") == [.inline("PI", "NG")])
    }

    @Test func `an empty line is ignored`() {
        #expect(Feed.parseSplit("\n\r\n  \t\r\nPING\n\n") == [.inline("PING")])
    }

    @Test func `a quote may begin in the middle of a word`() {
        #expect(Feed.parseSplit("a=\"two  words\" b='x y'\n") == [.inline("a=two  words", "b=x y")])
    }

    @Test func `an empty quoted word is a word`() {
        #expect(Feed.parseSplit("ECHO \"\" '' b=\"\"\n") == [.inline("ECHO", "", "", "b=")])
    }

    @Test func `double quotes know the escapes of Redis`() {
        let line = #"ECHO "\"\\\n\r\t\a\b\x41\xfF\xZZ\x4\q\'" end"# + "\n"
        let word: [UInt8] = Array("\"\\\n\r\t\u{7}\u{8}A".utf8) + [0xff] + Array("xZZx4q'".utf8)
        #expect(Feed.parseSplit(line) == [.inline([Array("ECHO".utf8), word, Array("end".utf8)])])
    }

    @Test func `single quotes know one escape`() {
        #expect(Feed.parseSplit(#"ECHO 'a\'b\n\\ '"# + "\n") == [.inline("ECHO", #"a'b\n\\ "#)])
    }

    @Test func `the other kind of quote is an ordinary byte`() {
        #expect(Feed.parseSplit("ECHO \"it's\" '\"'\n") == [.inline("ECHO", "it's", "\"")])
    }

    @Test(arguments: [
        "\"a", "'a", "a\"", "\"a\"b", "'a'b", "x=\"a\"\"b\"", "\"a\\", "\"a\\\"", "\"\\x4", "'a\\'", "\"",
    ])
    func `unbalanced quotes are refused and the connection lives`(words: String) {
        #expect(
            Feed.parseSplit("ECHO \(words)\r\nPING\n")
                == [.refused("SYNTAX unbalanced quotes in request"), .inline("PING")])
    }

    @Test func `every byte can be written with an escape`() {
        let all = [UInt8](0...255)
        #expect(Feed.parse([UInt8]("E ".utf8) + quoted(all) + [10]) == [.inline([[0x45], all])])
    }

    /// Lengths around 8, 16, 32 and 64, because bytes are searched in blocks of these sizes.
    @Test(arguments: 1...80)
    func `words and texts of every length come back, wherever an escape stands`(length: Int) {
        // Bytes near those that end a word, and the other kind of quote.
        let word = (0..<length).map { Array("!#$%&()a\u{1}\u{e}".utf8)[$0 % 10] }
        #expect(Feed.parseSplit(word + [0x20] + word + [0x0a]) == [.inline([word, word])])
        for place in 0..<length {
            var text = word.map { $0 < 0x20 ? UInt8(ascii: "'") : $0 }
            var quoted = text
            text[place] = UInt8(ascii: "\"")
            quoted.replaceSubrange(place...place, with: Array("\\\"".utf8))
            let line = Array("b=\"".utf8) + quoted + Array("\"\n".utf8)
            #expect(Feed.parse(line) == [.inline([Array("b=".utf8) + text])])
        }
    }

    /// The same lengths: a NUL and an IAC must be seen at every place of a line.
    @Test(arguments: 1...80)
    func `telnet's bytes are dropped at every place of a line`(length: Int) {
        let word = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        for place in 0...length {
            for dropped: [UInt8] in [[255, 241], [255, 251, 10], [255, 250, 10, 255, 240]] {
                var line = word
                line.insert(contentsOf: dropped, at: place)
                #expect(Feed.parse(line + [0x0a]) == [.inline([word])])
            }
            var line = word
            line.insert(contentsOf: [0x0d, 0x00], at: place)
            let words = [word[..<place], word[place...]].filter { !$0.isEmpty }.map { Array($0) }
            #expect(Feed.parse(line + [0x0a]) == [.inline(words)])
        }
    }

    @Test func `a post and a Host line close the connection without an answer`() {
        #expect(Feed.parseSplit("POST / HTTP/1.1\r\nPING\r\n") == [.hangUp])
        #expect(Feed.parseSplit("post\r\nPING\r\n") == [.hangUp])
        #expect(Feed.parseSplit("\r\n  POST /\r\nPING\r\n") == [.hangUp])
        #expect(
            Feed.parseSplit("GET / HTTP/1.1\r\nHost: a\"b\r\nPING\r\n") == [.inline("GET", "/", "HTTP/1.1"), .hangUp])
        #expect(Feed.parseSplit("PING\nhost:x\nPING\n") == [.inline("PING"), .hangUp])
    }

    @Test func `only the first line is looked at for POST and only a line's start for Host`() {
        #expect(Feed.parseSplit("PING\nPOST /\n") == [.inline("PING"), .inline("POST", "/")])
        #expect(Feed.parseSplit("*1\r\n$4\r\nPING\r\nPOST /\n") == [.array("PING"), .inline("POST", "/")])
        #expect(Feed.parseSplit("POSTPONE x\nECHO Host:\n") == [.inline("POSTPONE", "x"), .inline("ECHO", "Host:")])
        #expect(Feed.parseSplit("*1\r\n$5\r\nHost:\r\n") == [.array("Host:")])
    }

    @Test func `a long Host line closes too`() {
        var limits = WireLimits()
        limits.lineBytes = 16
        #expect(Feed.parseSplit("PING\nHost: 0123456789abcdef\nPING\n", limits: limits) == [.inline("PING"), .hangUp])
    }
}
