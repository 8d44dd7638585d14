import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct ByteWriterTests {
    /// Writes something of every kind, and returns what that should be.
    private static func write(_ seed: UInt64, to writer: inout ByteWriter) -> [UInt8] {
        var chance = SeededChance(seed: seed)
        var expected: [UInt8] = []
        for _ in 0..<Int.random(in: 1...12, using: &chance) {
            let number = UInt64.random(in: 0...UInt64.max >> UInt64.random(in: 0..<64, using: &chance), using: &chance)
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: Int(number % 300))
            switch Int.random(in: 0..<8, using: &chance) {
            case 0:
                writer.byte(bytes.first ?? 7)
                expected.append(bytes.first ?? 7)
            case 1:
                writer.varint(number)
                expected += varint(number)
            case 2:
                writer.signedVarint(-Int64(number >> 1) - 1)
                expected += varint((number >> 1) << 1 | 1)
            case 3:
                writer.fixed32(UInt32(truncatingIfNeeded: number))
                expected += (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
            case 4:
                writer.fixed64(number)
                expected += (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
            case 5:
                writer.string(String(repeating: "é", count: bytes.count))
                expected +=
                    varint(UInt64(bytes.count * 2)) + Array(repeating: [0xC3, 0xA9], count: bytes.count).joined()
            case 6:
                writer.blob(bytes)
                expected += varint(UInt64(bytes.count)) + bytes
            default:
                let start = writer.count
                writer.fixed32(0)
                writer.raw(bytes)
                writer.patch32(at: start, UInt32(bytes.count))
                expected += (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) } + bytes
            }
        }
        return expected
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(truncatingIfNeeded: value) | 0x80] + varint(value >> 7)
    }

    /// What a writer of so much room leaves in memory that was all 0xEE.
    private static func lent(
        _ room: Int, of bytes: Int, _ write: (inout ByteWriter) -> Void
    ) -> (memory: [UInt8], count: Int) {
        var memory = [UInt8](repeating: 0xEE, count: bytes)
        let count = memory.withUnsafeMutableBytes { raw in
            var writer = ByteWriter(raw.baseAddress!, room: room)
            write(&writer)
            #expect(writer.isWhole == (writer.count <= room))
            return writer.count
        }
        return (memory, count)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `values lie one after the other, and what does not fit is counted only`(_ seed: UInt64) {
        var expected: [UInt8] = []
        let bytes = ByteWriter.bytes { expected = Self.write(seed, to: &$0) }
        #expect(bytes == expected)
        var chance = SeededChance(seed: seed)
        for room in [0, 1, expected.count - 1, expected.count]
            + (0..<20).map({ _ in Int.random(in: 0...expected.count, using: &chance) })
        {
            let (memory, count) = Self.lent(room, of: expected.count + 16) { _ = Self.write(seed, to: &$0) }
            #expect(count == expected.count)
            #expect(memory[room...].allSatisfy { $0 == 0xEE })
            if room == count { #expect(memory[..<count] == expected[...]) }
        }
    }

    private static let lengths = [0, 1, 127, 128, 16_383, 16_384, 300_000]

    @Test(arguments: lengths, lengths)
    func `a length known at the end is as short as one known before`(_ count: Int, expecting other: Int) {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let expected = [1] + ByteWriter.bytes { $0.blob(content) }
        func write(_ writer: inout ByteWriter) {
            writer.byte(1)
            let length = writer.openLength(expecting: other)
            writer.raw(content)
            writer.close(length)
        }
        #expect(ByteWriter.bytes(write) == expected)
        for room in max(expected.count - 6, 0)...expected.count + 6 {
            let (memory, needed) = Self.lent(room, of: expected.count + 6, write)
            #expect(memory[room...].allSatisfy { $0 == 0xEE })
            // With more digits expected than there are, more room may be asked for than is used.
            #expect(needed == expected.count || (other > count && needed > room))
            if needed <= room { #expect(memory[..<needed] == expected[...]) }
        }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 100_000])
    func `bytes go behind those that are there, whatever room there was`(_ count: Int) {
        for capacity in [0, 3, 4, 300, 200_000] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(capacity)
            bytes += [1, 2, 3]
            let copy = bytes
            var calls = 0
            bytes.append { writer in
                calls += 1
                writer.raw([UInt8](repeating: 9, count: count))
            }
            #expect(bytes == [1, 2, 3] + [UInt8](repeating: 9, count: count))
            #expect(copy == [1, 2, 3])
            #expect(calls <= 2)
        }
    }
}
