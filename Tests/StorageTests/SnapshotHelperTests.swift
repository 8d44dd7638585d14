import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// A writer whose blocks are made on a second thread, too.
@Suite struct SnapshotHelperTests {
    /// Sections of all lengths, some of which do not deflate, and one of several blocks.
    private static func sections(seed: UInt64) -> [(UInt8, [UInt8])] {
        var chance = SeededChance(seed: seed)
        var sections = (0..<60).map { number in
            let most: UInt8 = Bool.random(using: &chance) ? 3 : 255
            return (
                UInt8(number),
                (0..<Int.random(in: 0...20_000, using: &chance)).map { _ in UInt8.random(in: 0...most, using: &chance) }
            )
        }
        sections.insert((7, [UInt8](repeating: 1, count: 3 << 20)), at: 30)
        return sections
    }

    private func writer(_ folder: DataFolder, hasHelper: Bool = true) throws -> SnapshotWriter {
        try SnapshotWriter(folder: folder, lsn: LogSequenceNumber(7), createdMilliseconds: 0, hasHelper: hasHelper)
    }

    /// The bytes of a file of these sections in runs of five.
    private func file(_ sections: [(UInt8, [UInt8])], hasHelper: Bool) throws -> ([UInt8]?, [TicketRun]) {
        let disk = FakeDisk()
        let writer = try writer(DataFolder("data", on: disk), hasHelper: hasHelper)
        for (place, section) in sections.enumerated() {
            if place % 5 == 0 { writer.beginRun() }
            try writer.write(section: section.0, section.1)
            if place % 5 == 4 { writer.endRun(place - 4..<place + 1, generation: 1) }
        }
        let runs = try writer.takeRuns()
        return (disk.contents(try writer.finish().path), runs)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `two threads write what one writes`(seed: UInt64) throws {
        let sections = Self.sections(seed: seed)
        let (alone, runs) = try file(sections, hasHelper: false)
        #expect(runs.count == 12)
        #expect(runs.last.map { $0.bytes.upperBound <= alone!.count } == true)
        let (together, otherRuns) = try file(sections, hasHelper: true)
        #expect(together == alone)
        #expect(otherRuns.map(\.bytes) == runs.map(\.bytes))
        #expect(otherRuns.map(\.checksum) == runs.map(\.checksum))
    }

    @Test func `what is copied goes to the file at once, whatever the second thread does`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        var chance = SeededChance(seed: 1)
        let noise = (0..<1 << 20).map { _ in UInt8.random(in: 0...255, using: &chance) }
        try writeSnapshot(folder, 1, [(7, noise)])
        let earlier = try SnapshotBlocks(
            folder.file(FileName.snapshot(through: LogSequenceNumber(1))), on: disk, chunkBytes: 1 << 16)
        let block = try earlier.block(at: SnapshotFormat.headerBytes)

        let writer = try writer(folder)
        let temporary = folder.file(FileName.snapshot(through: LogSequenceNumber(7))) + FileName.temporarySuffix
        for round in 1...8 {
            writer.beginRun()
            try writer.write(section: 7, noise)
            writer.endRun(0..<1, generation: 1)
            writer.beginRun()
            try writer.write(copying: [block])
            writer.endRun(1..<2, generation: 1)
            #expect(disk.contents(temporary)!.count > round * 2 << 20)
        }
        #expect(try writer.takeRuns().count == 16)
        #expect(try writer.finish().copiedBytes == 8 * (block.headerBytes.count + block.stored.count))
    }

    @Test func `an error and an abandoned file end the second thread`() throws {
        let sections = Self.sections(seed: 1)
        for room in [0, 1000, 100_000] {
            let disk = FakeDisk()
            let writer = try writer(DataFolder("data", on: disk))
            disk.faults.spaceLeft = room
            let code = StorageError.code {
                for (kind, bytes) in sections { try writer.write(section: kind, bytes) }
                _ = try writer.finish()
            }
            #expect(code == .noSpace)
            #expect(StorageError.code { try writer.write(section: 1, [1]) } == .noSpace)
            #expect(disk.paths().isEmpty)
        }
        let disk = FakeDisk()
        var abandoned: SnapshotWriter? = try writer(DataFolder("data", on: disk))
        for (kind, bytes) in sections { try abandoned?.write(section: kind, bytes) }
        abandoned = nil
        #expect(disk.paths().isEmpty)
    }
}
