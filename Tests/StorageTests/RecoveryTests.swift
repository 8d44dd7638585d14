import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// A state that shows what it was made of: the numbers of its records.
private final class State {
    var numbers: [UInt64] = []
    var begins = 0
    var report: Recovery.Report?

    init() {}

    init(_ folder: DataFolder) throws {
        report = try Recovery.run(folder, callbacks)
    }

    var callbacks: Recovery.Callbacks {
        Recovery.Callbacks(
            begin: {
                self.begins += 1
                self.numbers = []
            },
            loadSection: { kind, bytes in
                guard kind == 1 else { throw StorageError(.damaged, "section kind \(kind)") }
                var reader = ByteReader(bytes)
                while !reader.isAtEnd { self.numbers.append(try reader.varint()) }
            },
            applyRecord: { lsn, bytes in
                guard Array(bytes) == payload(lsn.rawValue) else { throw StorageError(.damaged, "another payload") }
                self.numbers.append(lsn.rawValue)
            })
    }
}

private func section(through lsn: UInt64) -> (UInt8, [UInt8]) {
    (1, ByteWriter.bytes { writer in for number in 1...lsn { writer.varint(number) } })
}

/// 100 records in small segments, and snapshots of some of them.
private func history(snapshots: [UInt64], trimmed: Bool = false) throws -> FakeDisk {
    let disk = FakeDisk()
    let folder = try DataFolder("data", on: disk)
    let journal = try open(folder) { $0.segmentBytes = 300 }
    for number in 1...100 as ClosedRange<UInt64> { journal.append(payload(number)) }
    try journal.sync()
    for lsn in snapshots { try writeSnapshot(folder, lsn, [section(through: lsn)]) }
    if trimmed {
        let before = try folder.segments().count
        var retention = Retention()
        try retention.apply(to: folder, journal)
        #expect(try folder.segments().count < before)
    }
    journal.close()
    return disk.crash(.killed)
}

private func snapshotPath(_ lsn: UInt64) -> String { "data/" + FileName.snapshot(through: LogSequenceNumber(lsn)) }

private func spoil(_ disk: FakeDisk, _ path: String) {
    var bytes = disk.contents(path)!
    bytes[bytes.count - 30] ^= 4
    disk.setContents(path, bytes)
}

@Suite struct RecoveryTests {
    @Test func `an empty folder is an empty state`() throws {
        let state = try State(DataFolder("data", on: FakeDisk()))
        #expect(state.report == Recovery.Report(last: .none))
        #expect(state.begins == 1)
    }

    @Test func `the journal alone makes the state`() throws {
        let state = try State(DataFolder("data", on: history(snapshots: [])))
        #expect(state.numbers == Array(1...100))
        #expect(state.report?.recordsReplayed == 100)
        #expect(state.report?.snapshot == nil)
    }

    @Test func `the newest snapshot is used and the journal after it`() throws {
        let state = try State(DataFolder("data", on: history(snapshots: [20, 50, 70, 90], trimmed: true)))
        #expect(state.numbers == Array(1...100))
        #expect(state.begins == 1)
        #expect(state.report?.last.rawValue == 100)
        #expect(state.report?.snapshot?.rawValue == 90)
        #expect(state.report?.snapshotCreatedMilliseconds == 1_700_000_000_000)
        #expect(state.report?.recordsReplayed == 10)
        #expect(state.report?.sectionsLoaded == 1)
    }

    @Test func `a snapshot restores alone`() throws {
        let disk = try history(snapshots: [90])
        let alone = FakeDisk()
        alone.setContents(snapshotPath(90), disk.contents(snapshotPath(90))!)
        let folder = try DataFolder("data", on: alone)
        #expect(try State(folder).numbers == Array(1...90))
        let journal = try open(folder, after: 90)
        journal.append(payload(91))
        journal.close()
        #expect(try State(folder).numbers == Array(1...91))
    }

    @Test func `a damaged newest snapshot is passed over and nothing is lost`() throws {
        for spoiled in [[90], [70, 90]] as [[UInt64]] {
            let disk = try history(snapshots: [20, 50, 70, 90], trimmed: true)
            for lsn in spoiled { spoil(disk, snapshotPath(lsn)) }
            let state = try State(DataFolder("data", on: disk))
            #expect(state.numbers == Array(1...100))
            #expect(state.begins == spoiled.count + 1)
            #expect(state.report?.snapshot?.rawValue == (spoiled.count == 1 ? 70 : 50))
            #expect(state.report?.defects.count == spoiled.count)
            #expect(state.report?.defects.first?.contains(snapshotPath(90)) == true)
        }
    }

    @Test func `a snapshot cut or flipped anywhere is passed over`() throws {
        let disk = try history(snapshots: [2, 3])
        let whole = disk.contents(snapshotPath(3))!
        for offset in whole.indices {
            var flipped = whole
            flipped[offset] ^= 0x10
            for bytes in [flipped, Array(whole.prefix(offset))] {
                disk.setContents(snapshotPath(3), bytes)
                let folder = try DataFolder("data", on: disk)
                let state = try State(folder)
                #expect(state.numbers == Array(1...100))
                #expect(state.report?.snapshot?.rawValue == 2)
                folder.release()
            }
        }
    }

    @Test func `a snapshot whose content is refused is passed over`() throws {
        let disk = try history(snapshots: [50])
        let folder = try DataFolder("data", on: disk)
        try writeSnapshot(folder, 90, [section(through: 90), (77, [])])
        let state = try State(folder)
        #expect(state.numbers == Array(1...100))
        #expect(state.report?.snapshot?.rawValue == 50)

        let picky = State()
        var callbacks = picky.callbacks
        callbacks.endLoad = { _ in throw StorageError(.damaged, "sums differ") }
        #expect(StorageError.code { _ = try Recovery.run(folder, callbacks) } == .noGoodSnapshot)
    }

    @Test func `without a good snapshot among several the start is refused by name`() throws {
        let disk = try history(snapshots: [50, 70, 90])
        for lsn in [50, 70, 90] as [UInt64] { spoil(disk, snapshotPath(lsn)) }
        let folder = try DataFolder("data", on: disk)
        do {
            _ = try State(folder)
            Issue.record("started")
        } catch let error as StorageError {
            #expect(error.code == .noGoodSnapshot)
            for lsn in [50, 70, 90] as [UInt64] { #expect(error.message.contains(snapshotPath(lsn))) }
        }
    }

    @Test func `a journal that does not reach back to the snapshot is refused`() throws {
        let disk = try history(snapshots: [20, 50, 70, 90], trimmed: true)
        for path in disk.paths() where path.hasPrefix("data/snapshot") { disk.removeContents(path) }
        #expect(StorageError.code { _ = try State(DataFolder("data", on: disk)) } == .gap)
    }

    @Test func `a journal that ends before a damaged snapshot is refused`() throws {
        let disk = try history(snapshots: [50, 90])
        spoil(disk, snapshotPath(90))
        let folder = try DataFolder("data", on: disk)
        for first in try folder.segments() where first.rawValue > 80 {
            disk.removeContents(folder.file(FileName.segment(first: first)))
        }
        #expect(StorageError.code { _ = try State(folder) } == .gap)
    }

    @Test func `damage in the journal after the snapshot is refused, before it is not read`() throws {
        let disk = try history(snapshots: [50])
        let folder = try DataFolder("data", on: disk)
        let segments = try folder.segments()
        spoil(disk, folder.file(FileName.segment(first: segments[0])))
        #expect(try State(folder).numbers == Array(1...100))
        spoil(disk, folder.file(FileName.segment(first: segments[segments.count - 2])))
        #expect(StorageError.code { _ = try State(folder) } == .damaged)
    }

    @Test func `a torn tail after a snapshot is cut`() throws {
        let disk = try history(snapshots: [90])
        let last = disk.paths().last { $0.contains("journal-0") }!
        disk.setContents(last, disk.contents(last)!.dropLast(3))
        let folder = try DataFolder("data", on: disk)
        let state = try State(folder)
        #expect(state.numbers == Array(1...99))
        #expect(state.report?.bytesCut ?? 0 > 0)
        try open(folder, after: 99).close()
        #expect(try State(folder).report?.bytesCut == 0)
    }

    @Test(arguments: [[50], []] as [[UInt64]])
    func `a start without the newest journal file is refused, whatever else is there`(snapshots: [UInt64]) throws {
        let disk = try history(snapshots: snapshots)
        let folder = try DataFolder("data", on: disk)
        let newest = try folder.file(FileName.segment(first: folder.segments().last!))
        let content = disk.contents(newest)!
        try disk.remove(newest)
        let error = #expect(throws: StorageError.self) { try State(folder) }
        #expect(error?.code == .gap)
        #expect(error?.message.contains(FileName.last(of: newest)) == true)
        // Without any file it would be a start with nothing.
        for segment in try folder.segments() { try disk.remove(folder.file(FileName.segment(first: segment))) }
        #expect(StorageError.code { _ = try State(folder) } == .gap)
        // Put back, the newest alone is not enough either; the snapshot of record 50 lies before it.
        disk.setContents(newest, content)
        #expect(StorageError.code { _ = try State(folder) } == .gap)
    }

    @Test(arguments: [0, 10, 19])
    func `a newest journal file that lost its header is damage, not one that never held a record`(size: Int) throws {
        let disk = try history(snapshots: [50])
        let folder = try DataFolder("data", on: disk)
        let newest = try folder.file(FileName.segment(first: folder.segments().last!))
        disk.setContents(newest, Array(disk.contents(newest)!.prefix(size)))
        #expect(StorageError.code { _ = try State(folder) } == .damaged)
        #expect(disk.contents(newest)?.count == size)
        #expect(try !FolderCheck.run(folder).isSound)
    }

    @Test func `a note of an older journal file, none, or one that names nothing is no reason to refuse`() throws {
        for note in ["journal-00000000000000000001.log\n", nil, "", "journal-1.log\n", "journal-000000000000000000"] {
            let disk = try history(snapshots: [50])
            let folder = try DataFolder("data", on: disk)
            let path = folder.file(FileName.newestSegment)
            #expect(disk.contents(path) != nil)
            if let note { disk.setContents(path, Array(note.utf8)) } else { try disk.remove(path) }
            #expect(try State(folder).numbers == Array(1...100))
        }
    }

    @Test func `the next journal file is noted`() throws {
        let disk = try history(snapshots: [])
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder, after: 100)
        let newest = FileName.segment(first: LogSequenceNumber(101))
        #expect(disk.contents(folder.file(FileName.newestSegment)) == Array((newest + "\n").utf8))
        journal.close()
        #expect(try State(folder).numbers == Array(1...100))
    }

    @Test func `a disk that refuses the note of the next journal file stops nothing, and a repair says so`() throws {
        let disk = try history(snapshots: [50])
        let folder = try DataFolder("data", on: disk)
        let note = folder.file(FileName.newestSegment)
        let before = disk.contents(note)
        disk.faults.refused = [note + FileName.temporarySuffix]
        try open(folder, after: 100).close()
        #expect(disk.contents(note) == before)
        #expect(try State(folder).numbers == Array(1...100))

        for segment in try folder.segments().suffix(2) {
            try disk.remove(folder.file(FileName.segment(first: segment)))
        }
        #expect(StorageError.code { _ = try FolderRepair.run(folder, FolderCheck.run(folder)) } != nil)
        #expect(disk.contents(note) == before)
        disk.faults.refused = []
        _ = try FolderRepair.run(folder, FolderCheck.run(folder))
        #expect(disk.contents(note) != before)
        #expect(try folder.missingNewestSegment(folder.segments()) == nil)
        #expect(StorageError.code { _ = try State(folder) } == nil)
    }
}
