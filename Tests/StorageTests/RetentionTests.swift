import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

@Suite struct RetentionTests {
    private let disk = FakeDisk()

    /// 100 records in segments of at most 300 bytes, and snapshots after some of them.
    private func begin(_ snapshots: [UInt64]) throws -> (DataFolder, Journal) {
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder) {
            $0.segmentBytes = 300
            $0.zeroFill = false
        }
        for number in 1...100 as ClosedRange<UInt64> { journal.append(payload(number)) }
        try journal.sync()
        for lsn in snapshots { try writeSnapshot(folder, lsn, [(1, [1, 2, 3])]) }
        return (folder, journal)
    }

    private func spoil(_ lsn: UInt64) {
        let path = "data/" + FileName.snapshot(through: LogSequenceNumber(lsn))
        var bytes = disk.contents(path)!
        bytes[bytes.count / 2] ^= 1
        disk.setContents(path, bytes)
    }

    /// The record after which the journal is whole.
    private func first(_ folder: DataFolder) throws -> UInt64 { try folder.segments()[0].rawValue }

    @Test func `the newest three are kept, and the journal from the oldest of them on`() throws {
        let (folder, journal) = try begin([10, 40, 70])
        var retention = Retention()
        try retention.apply(to: folder, journal)
        #expect(try folder.snapshots().map(\.rawValue) == [10, 40, 70])
        #expect(try first(folder) <= 11 && first(folder) > 1)
        try writeSnapshot(folder, 90, [])
        try writeSnapshot(folder, 100, [])
        try retention.apply(to: folder, journal)
        #expect(try folder.snapshots().map(\.rawValue) == [70, 90, 100])
        #expect(try first(folder) > 41 && first(folder) <= 71)
        #expect(try readAll(folder, after: 70).records.count == 30)
        journal.close()
    }

    @Test(arguments: [40, 70, 90] as [UInt64])
    func `a damaged snapshot does not count among the three`(damaged: UInt64) throws {
        let (folder, journal) = try begin([10, 40, 70, 90])
        spoil(damaged)
        var retention = Retention()
        try retention.apply(to: folder, journal)
        #expect(try folder.snapshots().map(\.rawValue) == [10, 40, 70, 90])
        #expect(try first(folder) <= 11)
        #expect(try readAll(folder, after: 10).records.count == 90)
        // It goes when three whole ones are newer.
        try writeSnapshot(folder, 95, [])
        try writeSnapshot(folder, 98, [])
        try writeSnapshot(folder, 100, [])
        try retention.apply(to: folder, journal)
        #expect(try folder.snapshots().map(\.rawValue) == [95, 98, 100])
        journal.close()
    }

    @Test func `what was written here is not read again`() throws {
        let (folder, journal) = try begin([10, 40, 70])
        spoil(70)
        var retention = Retention()
        retention.trust(LogSequenceNumber(70))
        retention.snapshots = 2
        try retention.apply(to: folder, journal)
        #expect(try folder.snapshots().map(\.rawValue) == [40, 70])
        journal.close()
    }

    @Test func `past the limit the oldest snapshots go early, and the newest stays`() throws {
        for limit in [100_000, 3000, 1500, 1] {
            let disk = FakeDisk()
            let folder = try DataFolder("data", on: disk)
            let journal = try open(folder) {
                $0.segmentBytes = 300
                $0.zeroFill = false
            }
            for number in 1...100 as ClosedRange<UInt64> { journal.append(payload(number)) }
            try journal.sync()
            for lsn in [10, 40, 70] as [UInt64] { try writeSnapshot(folder, lsn, []) }
            var retention = Retention()
            retention.journalBytes = limit
            try retention.apply(to: folder, journal)
            let kept = try folder.snapshots().map(\.rawValue)
            #expect(kept == [100_000: [10, 40, 70], 3000: [40, 70], 1500: [70], 1: [70]][limit])
            #expect(try folder.journalBytes() <= limit || kept.count == 1)
            #expect(try readAll(folder, after: kept[0]).report.last.rawValue == 100)
            journal.close()
        }
    }

    @Test func `bytes of the journal are counted by file, all or those behind a record`() throws {
        let (folder, journal) = try begin([])
        let segments = try folder.segments()
        let sizes = segments.map { disk.contents(folder.file(FileName.segment(first: $0)))!.count }
        #expect(try folder.journalBytes() == sizes.reduce(0, +))
        let third = LogSequenceNumber(segments[2].rawValue)
        #expect(try folder.journalBytes(after: third) == sizes.dropFirst(2).reduce(0, +))
        #expect(
            try folder.journalBytes(after: LogSequenceNumber(third.rawValue - 1)) == sizes.dropFirst(2).reduce(0, +))
        #expect(try folder.journalBytes(after: LogSequenceNumber(100)) == sizes.last)
        journal.close()
    }

    @Test func `growth is told once, when so much is durable`() throws {
        let told = Reports()
        let journal = try Journal(
            folder: DataFolder("data", on: disk), after: .none, onGrown: { told.durable(LogSequenceNumber(1)) },
            onDurable: { _ in })
        journal.expectGrowth(of: 100)
        journal.append([UInt8](repeating: 1, count: 83))
        try journal.sync()
        #expect(told.durable.isEmpty)
        for _ in 0..<3 {
            journal.append([])
            try journal.sync()
        }
        #expect(told.durable == [1])
        // What is expected and is there already is told at once.
        journal.expectGrowth(of: 0)
        #expect(told.durable == [1, 1])
        journal.close()
    }
}
