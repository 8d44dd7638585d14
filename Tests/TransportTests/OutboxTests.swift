import Testing

@testable import SwitchboardTransport

@Suite struct OutboxTests {
    private var pool = BufferPool()

    /// Takes out all that may leave, at most `step` bytes at a time.
    private mutating func drain(_ outbox: inout Outbox, step: Int = .max) -> String {
        var bytes: [UInt8] = []
        while outbox.sendableCount > 0 {
            let part = outbox.withNext { [UInt8]($0.prefix(step)) }
            bytes += part
            outbox.leave(part.count, &pool)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test mutating func `bytes leave only once marked`() {
        var outbox = Outbox()
        outbox.append(&pool) { $0 += "one".utf8 }
        #expect(outbox.count == 3 && outbox.sendableCount == 0)
        outbox.mark(gate: 0, opened: 0)
        outbox.append(&pool) { $0 += "two".utf8 }
        #expect(drain(&outbox) == "one")
        #expect(outbox.count == 3 && !outbox.isHeld)
    }

    @Test mutating func `a mark without bytes holds nothing`() {
        var outbox = Outbox()
        outbox.mark(gate: 9, opened: 0)
        #expect(!outbox.isHeld)
        outbox.append(&pool) { $0 += "one".utf8 }
        outbox.mark(gate: 1, opened: 0)
        outbox.mark(gate: 9, opened: 0)
        outbox.open(to: 1)
        #expect(drain(&outbox) == "one")
    }

    @Test mutating func `a mark holds what is behind it`() {
        var outbox = Outbox()
        for (text, gate) in [("a", 2), ("b", 5), ("c", 1), ("d", 5), ("e", 6)] {
            outbox.append(&pool) { $0 += text.utf8 }
            outbox.mark(gate: UInt64(gate), opened: 0)
        }
        outbox.open(to: 1)
        #expect(drain(&outbox) == "")
        outbox.open(to: 4)
        #expect(drain(&outbox) == "a")
        outbox.open(to: 5)
        #expect(drain(&outbox) == "bcd")
        #expect(outbox.isHeld)
        outbox.open(to: 100)
        #expect(drain(&outbox) == "e")
        #expect(outbox.count == 0 && !outbox.isHeld)
    }

    @Test(arguments: [1, 7, 1_000, Int.max])
    mutating func `any order of appending, opening and leaving keeps the bytes in order`(step: Int) {
        var outbox = Outbox()
        var random = SystemRandomNumberGenerator()
        var expected = ""
        var got = ""
        var opened: UInt64 = 0
        for round in 0..<1_000 {
            let text = String(repeating: "\(round),", count: Int.random(in: 0...60, using: &random))
            expected += text
            outbox.append(&pool) { $0 += text.utf8 }
            outbox.mark(gate: UInt64.random(in: 0...UInt64(round), using: &random), opened: opened)
            if Bool.random(using: &random) {
                opened = UInt64.random(in: opened...UInt64(round), using: &random)
                outbox.open(to: opened)
            }
            if outbox.count > 70_000 { got += drain(&outbox, step: step) }
        }
        outbox.open(to: .max)
        got += drain(&outbox, step: step)
        #expect(got == expected)
    }
}
