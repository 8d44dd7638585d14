import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// What a recovery says while it goes on, and when it cannot.
@Suite struct RecoveryMessageTests {
    @Test func `progress is told once a second, and not before`() {
        final class Clock { var now: UInt64 = 5_000_000_000 }
        final class Told { var lines: [String] = [] }
        let (clock, told) = (Clock(), Told())
        var progress = RecoveryProgress(
            totalBytes: 40 << 20, now: { clock.now }, tell: { told.lines.append($0) })
        progress.section(through: 1 << 20)
        clock.now += 999_999_999
        progress.section(through: 5 << 20)
        #expect(told.lines.isEmpty)
        clock.now += 1
        progress.section(through: 10 << 20)
        #expect(told.lines == ["recovering: 25 % (10 of 40 MiB), 3 snapshot sections, 0 records"])
        clock.now += 900_000_000
        for _ in 0..<2048 { progress.record(bytes: 5 << 10) }
        #expect(told.lines.count == 1)
        clock.now += 100_000_000
        for _ in 0..<1024 { progress.record(bytes: 5 << 10) }
        #expect(told.lines.last == "recovering: 62 % (25 of 40 MiB), 3 snapshot sections, 3072 records")
    }

    @Test func `a refusal names file and offset, and the command that looks into it`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder)
        for number in 1...3 as ClosedRange<UInt64> {
            journal.append(payload(number))
            try journal.sync()
        }
        journal.close()
        var bytes = disk.contents(segmentOne)!
        bytes[SegmentHeader.bytes + RecordFrame.headerBytes] ^= 1
        disk.setContents(segmentOne, bytes)
        let callbacks = Recovery.Callbacks(begin: {}, loadSection: { _, _ in }, applyRecord: { _, _ in })
        #expect(
            throws: StorageError(
                .damaged,
                "\(segmentOne) is damaged at offset 20: record 1 does not match its checksum, and valid records follow "
                    + "(see 'switchboard check --data data', which with --repair mends what can be mended)")
        ) { try Recovery.run(folder, callbacks) }
        bytes[SegmentHeader.bytes + RecordFrame.headerBytes] ^= 1
        disk.setContents(segmentOne, bytes)
        // The payloads of this test are no records: the first cannot be used.
        #expect {
            try Recovery.run(folder, into: RecoveredState(shards: 1))
        } throws: { error in
            let message = (error as? StorageError)?.message ?? ""
            return message.hasPrefix("\(segmentOne) is damaged at offset 20: record 1 cannot be used: ")
        }
    }

    @Test func `a record of a newer program is no damage`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder)
        journal.append([0, 200, 0, 0, 0, 0])
        journal.close()
        #expect(
            throws: StorageError(
                .newerFormat,
                "\(segmentOne): record 1 was written by a newer program: an event has the unknown tag 200")
        ) { try Recovery.run(folder, into: RecoveredState(shards: 1)) }
    }

    @Test func `a snapshot whose sections are those of another record is damaged`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        try writeSnapshot(folder, 7, [(SectionKind.counters.rawValue, [2, 6, 4])])
        #expect {
            try Recovery.run(folder, into: RecoveredState(shards: 1))
        } throws: { error in
            let message = (error as? StorageError)?.message ?? ""
            return message.contains("the sections are those of record 4, the header says 7")
        }
    }
}
