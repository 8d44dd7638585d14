import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// A snapshot's sections have checksums; what gets past them all the same is refused or loaded, and never traps.
@Suite struct DamagedStateTests {
    private static let whole = sections(of: World.full(shards: 2).image)

    /// Loads the sections with one spoilt, and looks at all of what came of it.
    private func load(_ kind: SectionKind, _ bytes: [UInt8]) {
        let spoilt = Self.whole.map { $0.kind == kind ? (kind, bytes) : $0 }
        guard let image = try? loaded(spoilt, shards: 3) else { return }
        #expect(image.verify().checked > 0)
    }

    @Test(arguments: SectionKind.allCases)
    func `any byte may be spoilt`(_ kind: SectionKind) throws {
        let bytes = try #require(Self.whole.first { $0.kind == kind }).bytes
        var chance = SeededChance(seed: UInt64(kind.rawValue))
        for position in bytes.indices {
            var spoilt = bytes
            spoilt[position] ^= [0x01, 0x04, 0x80, 0x84, 0xff].randomElement(using: &chance)!
            load(kind, spoilt)
        }
    }

    @Test(arguments: SectionKind.allCases)
    func `a section cut short anywhere is refused, or holds fewer values`(_ kind: SectionKind) throws {
        let bytes = try #require(Self.whole.first { $0.kind == kind }).bytes
        for length in stride(from: 0, to: bytes.count, by: 3) { load(kind, Array(bytes[..<length])) }
    }

    @Test(arguments: SectionKind.allCases)
    func `a section may be missing, come twice, or hold what belongs elsewhere`(_ kind: SectionKind) throws {
        let whole = Self.whole
        _ = try? loaded(whole.filter { $0.kind != kind }, shards: 3).verify()
        _ = try? loaded(whole + whole.filter { $0.kind == kind }, shards: 3).verify()
        _ = try? loaded(whole.reversed(), shards: 3).verify()
        for other in whole { load(kind, other.bytes) }
    }

    @Test(arguments: SectionKind.allCases)
    func `random bytes are refused or loaded`(_ kind: SectionKind) {
        var chance = SeededChance(seed: UInt64(kind.rawValue))
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...4, using: &chance) {
                let count = Int.random(in: 0...40, using: &chance)
                bytes.append(UInt8(count))
                bytes += (0..<count).map { _ in UInt8.random(in: 0...60, using: &chance) }
            }
            load(kind, bytes)
        }
    }
}
