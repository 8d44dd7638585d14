import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct StoredJSONTests {
    private static let value: JSON = [
        "null": nil, "no": false, "yes": true, "integer": -17, "most": .integer(.max), "least": .integer(.min),
        "number": 0.1, "nothing": .number(.zero), "text": "a \"é\" \n", "empty": "", "": "no name",
        "time": .time(Timestamp(milliseconds: -1)), "span": .span(.seconds(90)), "list": ["a", [], [1, nil]],
        "object": ["x": .object([]), "y": 1],
    ]

    @Test func `every kind of value comes back as itself`() throws {
        #expect(try JSON(stored: Self.value.stored) == Self.value)
        for part: JSON in [nil, true, false, 1, "x", [], .object([])] {
            #expect(try JSON(stored: part.stored) == part)
        }
    }

    @Test func `bytes that are cut, spoilt or go on are refused or read, and never trap`() {
        let bytes = Self.value.stored
        for length in 0..<bytes.count {
            #expect(throws: ByteReader.Malformed.self) { try JSON(stored: Array(bytes[..<length])) }
        }
        #expect(throws: ByteReader.Malformed.self) { try JSON(stored: bytes + [0]) }
        #expect(throws: ByteReader.Malformed.self) { try JSON(stored: [10]) }
        var chance = SeededChance(seed: 1)
        for position in bytes.indices {
            var spoilt = bytes
            spoilt[position] ^= UInt8.random(in: 1...255, using: &chance)
            _ = try? JSON(stored: spoilt)
        }
        // Deeper than any document, so that no file can exhaust the stack.
        #expect(throws: ByteReader.Malformed.self) {
            try JSON(stored: Array([[UInt8]](repeating: [8, 1], count: 100_000).joined()) + [0])
        }
    }
}
