import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

@Suite struct ChecksumTests {
    @Test func `the checksum of the usual nine digits`() {
        #expect(Checksum.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        // Long enough to be folded; the value is from Python's zlib.crc32.
        #expect(Checksum.crc32([UInt8](repeating: 0x61, count: 100)) == 0xAF70_7A64)
    }

    @Test func `any length from any place on, continued from anything, is what zlib says`() {
        var chance = SeededChance(seed: 7)
        let bytes = (0..<3000).map { _ in UInt8.random(in: 0...255, using: &chance) }
        for count in 0...600 {
            for start in [0, 1, 7, 15, Int.random(in: 0...2000, using: &chance)] {
                let part = bytes[start..<start + count]
                let previous = count % 3 == 0 ? 0 : UInt32.random(in: 0...UInt32.max, using: &chance)
                let expected = part.withUnsafeBytes { Checksum.tabled($0, continuing: previous) }
                #expect(Checksum.crc32(part, continuing: previous) == expected, "\(count) bytes from \(start)")
            }
        }
        for _ in 0..<200 {
            let cut = Int.random(in: 0...bytes.count, using: &chance)
            let parts = Checksum.crc32(bytes[cut...], continuing: Checksum.crc32(bytes[..<cut]))
            #expect(parts == bytes.withUnsafeBytes { Checksum.tabled($0) })
        }
    }
}
