import SwitchboardWire
import Testing

@Suite struct LimitTests {
    private func array(_ words: [Int]) -> [UInt8] {
        var bytes = Array("*\(words.count)\r\n".utf8)
        for count in words {
            bytes += Array("$\(count)\r\n".utf8)
            bytes += [UInt8](repeating: 0x61, count: count)
            bytes += [13, 10]
        }
        return bytes
    }

    private func refusal(_ text: String) -> [Parsed] { [.refused("TOOBIG \(text)"), .inline("PING")] }

    @Test func `the limits are the contract's`() {
        let limits = WireLimits()
        #expect(limits.lineBytes == 65_536)
        #expect(limits.valueBytes == 1_048_576)
        #expect(limits.requestBytes == 2_097_152)
        #expect(limits.words == 1024)
        #expect(limits.skippedBytes == 16_777_216)
        #expect(limits.skippedWords == 16_384)
    }

    @Test(arguments: ["\n", "\r\n"], [1, 1000, 65_536, 65_537, Int.max])
    func `a line may have 64 KiB and one more is refused`(end: String, piece: Int) {
        let most = [UInt8](repeating: 0x61, count: 65_536)
        let ping = Array("PING\n".utf8)
        let after = Array(end.utf8) + ping
        #expect(Feed.parse(most + after, piece: piece) == [.inline([most]), .inline("PING")])
        #expect(
            Feed.parse(most + [0x61] + after, piece: piece) == refusal("a line has at most 65536 bytes"))
    }

    @Test func `a longer line is not kept`() {
        var feed = Feed()
        let block = [UInt8](repeating: 0x61, count: 4096)
        for _ in 0..<1000 { feed.feed(block) }
        #expect(feed.parsed.isEmpty)
        feed.feed(Array("\nPING\n".utf8))
        #expect(feed.parsed == refusal("a line has at most 65536 bytes"))
        #expect(feed.mostKept <= 65_536 + 4096)
    }

    @Test func `small limits refuse at every split`() {
        var limits = WireLimits()
        limits.lineBytes = 6
        limits.words = 2
        limits.valueBytes = 4
        #expect(
            Feed.parseSplit("abcd e\nabcd ef\r\na b c\nabcde\nPING\r\n\"\\x41\" b\n", limits: limits) == [
                .inline("abcd", "e"), .refused("TOOBIG a line has at most 6 bytes"),
                .refused("TOOBIG a request has at most 2 words"), .refused("TOOBIG a value has at most 4 bytes"),
                .inline("PING"), .refused("TOOBIG a line has at most 6 bytes"),
            ])
    }

    @Test func `a request has at most 1024 words`() {
        let words = [String](repeating: "a", count: 1024)
        let ping = Array("PING\n".utf8)
        let line = Array(words.joined(separator: " ").utf8)
        let word: [UInt8] = [0x61]
        #expect(Feed.parse(line + [10]) == [.inline([[UInt8]](repeating: word, count: 1024))])
        #expect(Feed.parse(line + Array(" a\n".utf8) + ping) == refusal("a request has at most 1024 words"))
        #expect(
            Feed.parse(array(Array(repeating: 1, count: 1024))) == [.array([[UInt8]](repeating: word, count: 1024))])
        #expect(
            Feed.parse(array(Array(repeating: 1, count: 1025)) + ping) == refusal("a request has at most 1024 words"))
    }

    @Test(arguments: [4096, 65_537, Int.max])
    func `an array may have more words up to 16384 and is read past`(piece: Int) {
        let ping = Array("PING\n".utf8)
        let bytes = array(Array(repeating: 3, count: 16_384)) + ping
        #expect(Feed.parse(bytes, piece: piece) == refusal("a request has at most 1024 words"))
        #expect(Feed.parse(array(Array(repeating: 0, count: 16_385))) == [.broken("PROTOCOL invalid multibulk length")])
    }

    @Test(arguments: [65_536, Int.max])
    func `a value may have 1 MiB and a longer one is read past`(piece: Int) {
        let ping = Array("PING\n".utf8)
        let most = array([4, 1_048_576])
        #expect(Feed.parse(most, piece: piece).map(\.size) == [1_048_580])
        #expect(
            Feed.parse(array([4, 1_048_577, 3]) + ping, piece: piece) == refusal("a value has at most 1048576 bytes"))
        var feed = Feed()
        feed.feed(Array("*2\r\n$16777216\r\n".utf8))
        for _ in 0..<4096 { feed.feed([UInt8](repeating: 0x61, count: 4096)) }
        #expect(feed.mostKept == 0)
        feed.feed(Array("\r\n$0\r\n\r\nPING\n".utf8))
        #expect(feed.parsed == refusal("a value has at most 1048576 bytes"))
    }

    @Test func `a request may have 2 MiB and a longer one is read past up to 16 MiB`() {
        let ping = Array("PING\n".utf8)
        #expect(Feed.parse(array([1_048_576, 1_048_576])).map(\.size) == [2_097_152])
        #expect(
            Feed.parse(array([1_048_576, 1_048_576, 1]) + ping) == refusal("a request has at most 2097152 bytes"))
        let most = Array(repeating: 1_048_576, count: 16)
        #expect(Feed.parse(array(most) + ping) == refusal("a request has at most 2097152 bytes"))
        #expect(
            Feed.parse(array(most + [1]) + ping) == [.broken("PROTOCOL a request is longer than 16777216 bytes")])
    }

    @Test func `a request read past must still be well-formed`() {
        let big = array([1_048_577]).dropLast(2)
        #expect(Feed.parse(big + [13, 13]) == [.broken("PROTOCOL expected CRLF after a value")])
        #expect(Feed.parse(Array("*2000\r\n$1\r\na\r\n$x\r\n".utf8)) == [.broken("PROTOCOL invalid bulk length")])
    }

    @Test func `requests read past are the same at every split`() {
        var limits = WireLimits()
        limits.valueBytes = 5
        limits.requestBytes = 8
        limits.words = 3
        limits.skippedBytes = 20
        limits.skippedWords = 5
        let text =
            "*2\r\n$6\r\nabcdef\r\n$1\r\nx\r\n*2\r\n$5\r\nabcde\r\n$4\r\nabcd\r\n"
            + "*4\r\n$1\r\na\r\n$1\r\nb\r\n$0\r\n\r\n$1\r\nd\r\nPING\n*1\r\n$21\r\n"
        #expect(
            Feed.parseSplit(text, limits: limits) == [
                .refused("TOOBIG a value has at most 5 bytes"), .refused("TOOBIG a request has at most 8 bytes"),
                .refused("TOOBIG a request has at most 3 words"), .inline("PING"),
                .broken("PROTOCOL invalid bulk length"),
            ])
    }

    @Test func `what is waiting never exceeds the stated bound`() {
        let words = [1_048_576, 1_040_000] + Array(repeating: 8, count: 1022)
        var feed = Feed()
        feed.feed(array(words).dropLast(1))
        #expect(feed.parsed.isEmpty)
        #expect(feed.mostKept <= WireLimits().bufferedBytes)
    }
}

extension Parsed {
    /// Bytes of all words.
    var size: Int {
        switch self {
        case .inline(let words), .array(let words): words.reduce(0) { $0 + $1.count }
        case .refused, .broken, .hangUp: -1
        }
    }
}
