import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// Segments that are filled with zeros ahead of their records, and files that are used again.
@Suite struct SegmentStockTests {
    private func options(segmentBytes: Int = 1000, spares: Int = 4) -> JournalOptions {
        var options = JournalOptions()
        options.segmentBytes = segmentBytes
        options.firstSegmentBytes = 250
        options.spareSegments = spares
        options.retryIntervalMilliseconds = 1
        return options
    }

    private func journal(_ folder: DataFolder, _ options: JournalOptions, after lsn: UInt64 = 0) throws -> Journal {
        try Journal(folder: folder, options: options, after: LogSequenceNumber(lsn)) { _ in }
    }

    @Test func `segments lie full of zeros and each made ahead is longer, up to the limit`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try journal(folder, options(segmentBytes: 4000))
        #expect(disk.contents(segmentOne)?.count == 250)
        for number in 1...200 as ClosedRange<UInt64> {
            journal.append(payload(number))
            try journal.sync()
            journal.stock.waitUntilIdle()
        }
        let sizes = try folder.segments().map { disk.contents(folder.file(FileName.segment(first: $0)))!.count }
        #expect(sizes.prefix(4) == [250, 1000, 4000, 4000])
        #expect(try readAll(folder).records == (1...200).map(payload))
        journal.close()
        #expect(!disk.paths().contains { $0.hasSuffix(".tmp") })
        #expect(try readAll(folder).records == (1...200).map(payload))
    }

    @Test(arguments: [FsyncPolicy.everysec, .no])
    func `where no reply waits for a sync, segments grow with their records`(policy: FsyncPolicy) throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        var options = options(segmentBytes: 4000)
        options.policy = policy
        let journal = try journal(folder, options)
        #expect(disk.contents(segmentOne)?.count == SegmentHeader.bytes)
        for number in 1...200 as ClosedRange<UInt64> { journal.append(payload(number)) }
        try journal.sync()
        #expect(!disk.paths().contains { $0.hasSuffix(".tmp") })
        journal.close()
        #expect(try folder.segments().count > 1)
        #expect(try readAll(folder).records == (1...200).map(payload))
    }

    @Test func `a clean end gives back the space behind the last record`() throws {
        let disk = FakeDisk()
        let journal = try journal(DataFolder("data", on: disk), options())
        journal.append([])
        journal.close()
        #expect(disk.contents(segmentOne)?.count == SegmentHeader.bytes + RecordFrame.headerBytes)
    }

    @Test func `a segment that ends early gives back its space`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try journal(folder, options())
        journal.append(payload(1))
        try journal.sync()
        journal.rotate()
        while try folder.segments().count == 1 {
            journal.append([])
            try journal.sync()
        }
        // The new file has its name before the old one is cut; a record in it is durable after that.
        journal.append([])
        try journal.sync()
        #expect(disk.contents(segmentOne)!.count < 250)
        journal.close()
    }

    @Test func `files of old segments are used again, up to the limit, and hold nothing of the past`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try journal(folder, options(spares: 2))
        for number in 1...100 as ClosedRange<UInt64> {
            journal.append(payload(number))
            try journal.sync()
            journal.stock.waitUntilIdle()
        }
        let old = try folder.segments()
        #expect(try journal.removeSegments(before: LogSequenceNumber(101)) == old.count - 1)
        #expect(disk.paths().filter { $0.hasSuffix(".log.tmp") }.count == 2)
        for number in 101...160 as ClosedRange<UInt64> {
            journal.append(payload(number))
            try journal.sync()
            journal.stock.waitUntilIdle()
            // Zeros up to the file's end, or there would be bytes to cut.
            let report = try readAll(folder, after: old.last!.rawValue - 1).report
            #expect(report.last.rawValue == number && report.bytesCut == 0)
        }
        #expect(disk.paths().filter { $0.hasSuffix(".log.tmp") }.isEmpty)
        journal.close()
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `whatever crashes, no record of a file's earlier life comes back`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var disk = FakeDisk()
        var recovered: UInt64 = 0
        // Stands for the oldest snapshot kept: what is up to it is not needed.
        var base: UInt64 = 0
        for round in 0..<5 as Range<UInt64> {
            // An old record where the next one would be looked for would count as a torn write.
            var mayTear = false
            let folder = try DataFolder("data", on: disk)
            let journal = try journal(folder, options(), after: recovered)
            for number in recovered + 1...recovered + UInt64.random(in: 1...80, using: &chance) {
                // The same length for all, so that old records would lie where new ones are looked for.
                journal.append([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 30))
                if Int.random(in: 0..<6, using: &chance) == 0 { try journal.sync() }
                if Int.random(in: 0..<25, using: &chance) == 0 {
                    try journal.sync()
                    base = journal.synced.rawValue
                    _ = try journal.removeSegments(before: LogSequenceNumber(base + 1))
                }
                if Bool.random(using: &chance) { journal.stock.waitUntilIdle() }
            }
            let model: CrashModel =
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: .killed
                case 1: .unsyncedLost
                case 2: .torn(seed: seed &* 31 &+ round)
                default: .scattered(seed: seed &* 31 &+ round)
                }
            switch model {
            case .killed, .unsyncedLost: break
            case .torn, .scattered: mayTear = true
            }
            disk = disk.crash(model)
            journal.close()
            let (records, report) = try readAll(DataFolder("data", on: disk), after: base)
            #expect(report.last >= journal.durable)
            #expect(mayTear || report.bytesCut == 0)
            #expect(
                records
                    == (base..<report.last.rawValue).map {
                        [UInt8](repeating: UInt8(truncatingIfNeeded: $0 + 1), count: 30)
                    })
            recovered = report.last.rawValue
        }
    }

    @Test func `a disk too full to fill ahead still takes records`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        disk.faults.spaceLeft = 400
        let journal = try journal(folder, options())
        for number in 1...8 as ClosedRange<UInt64> {
            journal.append([])
            try journal.sync()
            journal.stock.waitUntilIdle()
            #expect(journal.durable.rawValue == number)
        }
        journal.close()
        #expect(try readAll(folder).records.count == 8)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 1 << 18, (1 << 18) + 1, 3 << 18])
    func `zeros are told from the rest to the byte`(count: Int) {
        var bytes = [UInt8](repeating: 0, count: count)
        #expect(bytes.withUnsafeBytes { Zeros.fill($0) })
        #expect(bytes.withUnsafeBytes { Zeros.meaningful($0) } == 0)
        for place in [0, count / 2, count - 1] where count > 0 {
            bytes[place] = 1
            #expect(!bytes.withUnsafeBytes { Zeros.fill($0) })
            #expect(bytes.withUnsafeBytes { Zeros.meaningful($0) } == place + 1)
            bytes[place] = 0
        }
    }
}
