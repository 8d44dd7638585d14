import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// The bytes of `docs/format.md`, version 1: these literals never change, files like them are out there.
@Suite struct FormatTests {
    private static let journal = hex(
        """
        53574a4c 01000000 0100000000000000 209504fb
        0a000080 aec5e502 0100000000000000 6869
        """)

    @Test func `a segment of version 1`() throws {
        let disk = FakeDisk()
        let journal = try open(DataFolder("data", on: disk))
        journal.append(Array("hi".utf8))
        journal.close()
        #expect(disk.contents(segmentOne) == Self.journal)

        let folder = try DataFolder("data", on: StorageTests.disk(with: [segmentOne: Self.journal]))
        #expect(try readAll(folder).records == [Array("hi".utf8)])
    }

    private static let snapshot = hex(
        """
        53575342 01000000 0700000000000000 0068e5cf8b010000 9f061cac
        01 00 0000 02000000 02000000 d4d1c39c 6869
        ff 00 0000 14000000 14000000 3e2e67f8 0100000000000000 0200000000000000 d5b9b033
        """)

    @Test func `a snapshot of version 1`() throws {
        let disk = FakeDisk()
        let path = "data/snapshot-00000000000000000007.swb"
        try writeSnapshot(DataFolder("data", on: disk), 7, [(1, Array("hi".utf8))])
        #expect(disk.contents(path) == Self.snapshot)

        let folder = try DataFolder("data", on: StorageTests.disk(with: [path: Self.snapshot]))
        let reader = try SnapshotReader(folder, lsn: LogSequenceNumber(7))
        var section: [UInt8] = []
        #expect(try reader.next(into: &section) == 1)
        #expect(section == Array("hi".utf8))
        #expect(try reader.next(into: &section) == nil)
    }

    @Test func `a deflated block of version 1 is a raw deflate stream`() throws {
        let bytes = [UInt8](repeating: 65, count: 40)
        var inflated: [UInt8] = []
        #expect(Inflater().inflate(hex("7374240e0000")[...], rawBytes: 40, addingTo: &inflated))
        #expect(inflated == bytes)
    }
}

private func hex(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}
