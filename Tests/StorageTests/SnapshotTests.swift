import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// The sections of the test snapshots: text, bytes that do not deflate, nothing, more than a block.
private func sections() -> [(UInt8, [UInt8])] {
    var chance = SeededChance(seed: 1)
    let noise = (0..<200).map { _ in UInt8.random(in: 0...255, using: &chance) }
    return [(1, Array("a ticket, a ticket, a ticket, a ticket".utf8)), (254, noise), (0, []), (2, [9])]
}

private func read(_ folder: DataFolder, _ lsn: UInt64) throws -> [(UInt8, [UInt8])] {
    let reader = try SnapshotReader(folder, lsn: LogSequenceNumber(lsn))
    var found: [(UInt8, [UInt8])] = []
    var section: [UInt8] = []
    while let kind = try reader.next(into: &section) { found.append((kind, section)) }
    return found
}

@discardableResult
func writeSnapshot(_ folder: DataFolder, _ lsn: UInt64, _ sections: [(UInt8, [UInt8])]) throws -> SnapshotWriter.Summary
{
    let writer = try SnapshotWriter(folder: folder, lsn: LogSequenceNumber(lsn), createdMilliseconds: 1_700_000_000_000)
    for (kind, bytes) in sections { try writer.write(section: kind, bytes) }
    return try writer.finish()
}

private let path = "data/snapshot-00000000000000000007.swb"

@Suite struct SnapshotTests {
    @Test func `what was written is read back`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let summary = try writeSnapshot(folder, 7, sections())
        #expect(summary.path == path)
        #expect(summary.rawBytes == sections().reduce(0) { $0 + $1.1.count })
        #expect(summary.fileBytes == disk.contents(path)?.count)
        let found = try read(folder, 7)
        #expect(found.map(\.0) == sections().map(\.0))
        #expect(found.map(\.1) == sections().map(\.1))
        let reader = try SnapshotReader(folder, lsn: LogSequenceNumber(7))
        #expect(reader.createdMilliseconds == 1_700_000_000_000)
        #expect(try read(DataFolder("data", on: disk.crash(.unsyncedLost)), 7).count == 4)
    }

    @Test func `a snapshot without sections is whole`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        try writeSnapshot(folder, 7, [])
        #expect(try read(folder, 7).isEmpty)
    }

    @Test(arguments: [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, (5 << 20) + 17])
    func `a section of any length comes back in one piece`(count: Int) throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let flat = [UInt8](repeating: 65, count: count)
        var chance = SeededChance(seed: 3)
        var noise = flat
        noise.withUnsafeMutableBytes { raw in
            for index in raw.indices where index % 8 == 0 { raw[index] = UInt8.random(in: 0...255, using: &chance) }
        }
        try writeSnapshot(folder, 7, [(1, flat), (1, noise), (2, flat)])
        #expect(disk.contents(path)!.count < 2 * count)
        let found = try read(folder, 7)
        #expect(found.map(\.1) == [flat, noise, flat])
        #expect(found.map(\.0) == [1, 1, 2])
    }

    @Test func `a snapshot cut at any byte is not whole`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        try writeSnapshot(folder, 7, sections())
        let whole = disk.contents(path)!
        for size in whole.indices {
            disk.setContents(path, Array(whole.prefix(size)))
            #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
        }
        disk.setContents(path, whole + [0])
        #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
    }

    @Test func `no flipped bit of a snapshot goes unnoticed`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        try writeSnapshot(folder, 7, sections())
        let whole = disk.contents(path)!
        for offset in whole.indices {
            for bit in 0..<8 as Range<UInt8> {
                var bytes = whole
                bytes[offset] ^= 1 << bit
                disk.setContents(path, bytes)
                #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
            }
        }
    }

    @Test func `blocks that are missing, doubled or in another order are noticed`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let one = [UInt8](repeating: 1, count: 1)
        try writeSnapshot(folder, 7, [(1, one), (2, one), (3, one)])
        let whole = disk.contents(path)!
        let header = Array(whole.prefix(28))
        let blocks = (0..<3).map { Array(whole[28 + 17 * $0..<28 + 17 * ($0 + 1)]) }
        let trailer = Array(whole[(28 + 51)...])
        #expect(header + blocks.flatMap { $0 } + trailer == whole)
        for order in [[0, 1], [0, 2, 1], [0, 1, 1, 2], []] {
            disk.setContents(path, header + order.flatMap { blocks[$0] } + trailer)
            #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
        }
    }

    @Test func `lengths beyond reason are refused before anything is allocated`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let header = SnapshotFormat.Header(lsn: LogSequenceNumber(7), createdMilliseconds: 0).encode()
        let tooMuch = SnapshotFormat.blockBytes + 1
        for (raw, stored, flags) in [
            (Int(UInt32.max), 3, 1), (tooMuch, 3, 1), (tooMuch, tooMuch, 0), (3, 9, 1), (2, 3, 0),
        ] {
            let block = SnapshotFormat.Block(
                kind: 1, flags: .init(rawValue: UInt8(flags)), rawBytes: raw, storedBytes: stored)
            disk.setContents(path, header + block.encode(stored: [1, 2, 3]) + [1, 2, 3])
            #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
        }
    }

    @Test func `a deflated block that holds more or less than it says is damaged`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let header = SnapshotFormat.Header(lsn: LogSequenceNumber(7), createdMilliseconds: 0).encode()
        let stored = Deflater().deflate([UInt8](repeating: 5, count: 1000)[...])!
        for raw in [999, 1001, 1 << 20] {
            let block = SnapshotFormat.Block(kind: 1, flags: .deflated, rawBytes: raw, storedBytes: stored.count)
            disk.setContents(path, header + block.encode(stored: stored[...]) + stored)
            #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
        }
    }

    @Test func `a snapshot under another's name is damaged`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        try writeSnapshot(folder, 8, [])
        try disk.rename("data/snapshot-00000000000000000008.swb", to: path)
        #expect(StorageError.code { _ = try read(folder, 7) } == .damaged)
    }

    @Test func `an abandoned snapshot leaves no file`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        var writer: SnapshotWriter? = try SnapshotWriter(folder: folder, lsn: .none, createdMilliseconds: 0)
        #expect(disk.paths().count == 1)
        try writer?.write(section: 1, [1])
        writer = nil
        #expect(disk.paths().isEmpty)
    }

    @Test func `a snapshot that the disk refuses leaves no file and keeps its error`() throws {
        for room in [0, 40, 100] {
            let disk = FakeDisk()
            let folder = try DataFolder("data", on: disk)
            disk.faults.spaceLeft = room
            #expect(StorageError.code { try writeSnapshot(folder, 7, sections()) } == .noSpace)
            #expect(disk.paths().isEmpty)
        }
        for failures in 1...2 {
            let disk = FakeDisk()
            let folder = try DataFolder("data", on: disk)
            let writer = try SnapshotWriter(folder: folder, lsn: .none, createdMilliseconds: 0)
            disk.faults.syncsToFail = failures
            #expect(StorageError.code { _ = try writer.finish() } == .inputOutput)
            #expect(StorageError.code { try writer.write(section: 1, []) } == .inputOutput)
            #expect(disk.paths().isEmpty)
        }
    }

    @Test func `a crash before finish leaves the older file`() throws {
        for seed in 0..<50 as Range<UInt64> {
            let disk = FakeDisk()
            let folder = try DataFolder("data", on: disk)
            try writeSnapshot(folder, 7, sections())
            let writer = try SnapshotWriter(folder: folder, lsn: LogSequenceNumber(9), createdMilliseconds: 0)
            try writer.write(section: 1, [UInt8](repeating: 0, count: 3000))
            let next = try DataFolder("data", on: disk.crash(.torn(seed: seed)))
            #expect(try next.snapshots().map(\.rawValue) == [7])
            #expect(try next.disk.names(in: "data") == ["snapshot-00000000000000000007.swb"])
            #expect(try read(next, 7).count == 4)
        }
    }
}
