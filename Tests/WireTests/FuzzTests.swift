import SwitchboardWire
import Testing

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct FuzzTests {
    private static let table = CommandTable(ServerCommand.rows)

    /// Small limits, so that every one is met often.
    private static var limits: WireLimits {
        var limits = WireLimits()
        limits.lineBytes = 48
        limits.valueBytes = 16
        limits.requestBytes = 40
        limits.words = 6
        limits.skippedBytes = 80
        limits.skippedWords = 12
        return limits
    }

    private static let pieces: [[UInt8]] =
        [
            "PING", "ECHO", "HELLO 3", "CLIENT KILL", "COMMAND DOCS", "CONFIG SET", "CLOCK SET", "\r\n", "\n", "\r",
            " ",
            "\t", "\"", "'", "\\", "\\x4", "\\x41", "=", "*1\r\n", "*2\r\n", "*7\r\n", "*13\r\n", "*-1\r\n", "*0\r\n",
            "$4\r\nPING\r\n", "$0\r\n\r\n", "$17\r\n", "$5\r\nab\r\nc\r\n", "$", "*", "$81\r\n", "12", "-", "Host:",
            "POST ",
            "aaaaaaaaaaaaaaaaaaaaaaa", "ä", "\0",
        ].map { Array($0.utf8) } + [[255, 251, 1], [255], [255, 250, 1], [255, 240], [255, 255], [254], [0x80]]

    private func garbage(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...40, using: &random) {
            if Int.random(in: 0..<10, using: &random) == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            } else {
                bytes += Self.pieces.randomElement(using: &random) ?? []
            }
        }
        return bytes
    }

    @Test(arguments: 0..<20)
    func `garbage never traps and is the same however it is cut`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bytes = garbage(&random)
            let whole = Feed.parse(bytes, limits: Self.limits)
            #expect(Feed.parse(bytes, piece: 1, limits: Self.limits) == whole, "\(bytes)")
            var feed = Feed(limits: Self.limits)
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                feed.feed(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(feed.parsed == whole, "\(bytes)")
            #expect(feed.mostKept <= Self.limits.bufferedBytes + 1)
            for case .inline(let words) in whole { run(words) }
            for case .array(let words) in whole { run(words) }
        }
    }

    /// A request may be refused, and must not trap.
    private func run(_ words: [[UInt8]]) {
        _ = try? withRequest(words) { (request) throws(WireError) in try Self.table.parse(request) }
    }

    @Test(arguments: 0..<10)
    func `random words of each command never trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for row in ServerCommand.rows {
            for _ in 0..<30 {
                var words = [Array(row.shape.noun.utf8)] + (row.shape.verb.map { [Array($0.utf8)] } ?? [])
                for _ in 0..<Int.random(in: 0...6, using: &random) { words.append(Array(garbage(&random).prefix(20))) }
                run(words)
            }
        }
    }

    @Test(arguments: 0..<10)
    func `requests written either way come back, mixed in one stream`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        var expected: [Parsed] = []
        for _ in 0..<100 {
            let words = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            if Bool.random(using: &random) {
                bytes += Array(words.map(quoted).joined(separator: [32])) + [13, 10]
                expected.append(.inline(words))
            } else {
                bytes += Array("*\(words.count)\r\n".utf8)
                for word in words { bytes += Array("$\(word.count)\r\n".utf8) + word + [13, 10] }
                expected.append(.array(words))
            }
        }
        #expect(Feed.parse(bytes) == expected)
        #expect(Feed.parse(bytes, piece: 1) == expected)
        #expect(Feed.parse(bytes, piece: 7) == expected)
    }

    @Test func `random bytes in a JSON text come back in one line`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...127, using: &random)
            }
            var out: [UInt8] = []
            Reply.json(.string(String(decoding: bytes, as: UTF8.self)), to: &out)
            #expect(!out.dropLast(2).contains { $0 < 0x20 })
            #expect(out.suffix(2) == [13, 10])
        }
    }
}
