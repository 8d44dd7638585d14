import Dispatch
import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

@Suite struct JournalTests {
    @Test(arguments: FsyncPolicy.allCases)
    func `what was appended is read back in order`(policy: FsyncPolicy) throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder) { $0.policy = policy }
        for number in 1...500 as ClosedRange<UInt64> { #expect(journal.append(payload(number)).rawValue == number) }
        journal.close()
        #expect(journal.durable.rawValue == 500)
        #expect(journal.synced.rawValue == 500)
        #expect(journal.pendingBytes == 0)
        let (records, report) = try readAll(folder)
        #expect(records == (1...500).map(payload))
        #expect(report == .init(last: LogSequenceNumber(500), records: 500, bytesCut: 0))
    }

    @Test func `the three ways to append write the same record`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try open(folder)
        journal.append(payload(1))
        payload(1).withUnsafeBytes { _ = journal.append($0) }
        journal.append { $0.raw(payload(1)) }
        journal.append([])
        journal.close()
        #expect(try readAll(folder).records == [payload(1), payload(1), payload(1), []])
    }

    @Test func `records longer than a chunk are whole`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try open(folder) { $0.segmentBytes = 1 << 20 }
        let long = [UInt8](repeating: 7, count: 3 << 20)
        journal.append(payload(1))
        journal.append(long)
        journal.append { $0.raw(long) }
        journal.append(payload(4))
        journal.close()
        #expect(try readAll(folder).records == [payload(1), long, long, payload(4)])
    }

    @Test func `all that waits rides on one sync and is reported once`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports) { $0.firstSegmentBytes = 1 << 20 }
        disk.holdSyncs()
        journal.append(payload(1))
        disk.waitForHeldSync()
        for number in 2...300 as ClosedRange<UInt64> { journal.append(payload(number)) }
        #expect(journal.durable.rawValue == 0)
        #expect(reports.durable.isEmpty)
        let before = disk.operations
        disk.releaseSyncs()
        reports.wait(durable: LogSequenceNumber(300))
        #expect(reports.durable == [1, 300])
        #expect(disk.operations.syncs == before.syncs + 1)
        #expect(disk.operations.writes == before.writes + 1)
        journal.close()
    }

    @Test(arguments: [FsyncPolicy.everysec, .no])
    func `without waiting for syncs a record is durable when it is written`(policy: FsyncPolicy) throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports) {
            $0.policy = policy
            $0.syncIntervalMilliseconds = 1_000_000
        }
        journal.append(payload(1))
        reports.wait(durable: LogSequenceNumber(1))
        #expect(journal.synced.rawValue == 0)
        #expect(!policy.repliesWait)
        try journal.sync()
        #expect(journal.synced.rawValue == 1)
        let left = disk.crash(.unsyncedLost)
        journal.close()
        #expect(try readAll(DataFolder("data", on: left)).records == [payload(1)])
    }

    @Test func `everysec syncs by itself`() throws {
        let disk = FakeDisk()
        let journal = try open(DataFolder("data", on: disk)) {
            $0.policy = .everysec
            $0.syncIntervalMilliseconds = 1
        }
        let before = disk.operations.syncs
        journal.append(payload(1))
        disk.holdSyncs()
        // Either the sync is already done or it comes and is held.
        if disk.operations.syncs == before { disk.waitForHeldSync() }
        disk.releaseSyncs()
        journal.close()
        #expect(journal.synced.rawValue == 1)
    }

    @Test func `everysec keeps a bounded number of unsynced bytes`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let reports = Reports()
        let journal = try open(folder, reports) {
            $0.policy = .everysec
            $0.syncIntervalMilliseconds = 1_000_000
            $0.retainedBytesLimit = 100
        }
        journal.append([UInt8](repeating: 1, count: 200))
        reports.wait(durable: LogSequenceNumber(1))
        journal.append([])
        reports.wait(durable: LogSequenceNumber(2))
        #expect(journal.synced.rawValue >= 1)
        journal.close()
    }

    @Test func `segments follow each other and old ones are removed`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder) { $0.segmentBytes = 1000 }
        for number in 1...200 as ClosedRange<UInt64> { journal.append(payload(number)) }
        try journal.sync()
        let segments = try folder.segments().map(\.rawValue)
        #expect(segments.count > 5)
        for path in disk.paths() where path.hasSuffix(".log") { #expect(disk.contents(path)!.count <= 1000) }
        #expect(try readAll(folder).records == (1...200).map(payload))

        #expect(try journal.removeSegments(before: LogSequenceNumber(segments[2])) == 2)
        #expect(try folder.segments().map(\.rawValue) == Array(segments[2...]))
        #expect(try journal.removeSegments(before: LogSequenceNumber(segments[3] - 1)) == 0)
        #expect(try readAll(folder, after: segments[2] - 1).records == (segments[2]...200).map(payload))
        #expect(throws: StorageError.self) { try readAll(folder, after: segments[2] - 2) }

        #expect(try journal.removeSegments(before: LogSequenceNumber(1000)) == segments.count - 3)
        #expect(try folder.segments().count == 1)
        journal.close()
    }

    @Test func `rotate ends the segment behind what was appended`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try open(folder)
        for number in 1...3 as ClosedRange<UInt64> {
            journal.append(payload(number))
            try journal.sync()
            if number == 1 { journal.rotate() }
        }
        journal.close()
        let segments = try folder.segments().map(\.rawValue)
        #expect(segments == [1, 2] || segments == [1, 3])
        #expect(try readAll(folder).records == (1...3).map(payload))
    }

    @Test func `a journal goes on after a restart`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        for round in 0..<3 as Range<UInt64> {
            let journal = try open(folder, after: round * 10)
            for number in 1...10 { journal.append(payload(round * 10 + UInt64(number))) }
            journal.close()
            let idle = try open(folder, after: round * 10 + 10)
            idle.close()
        }
        #expect(try readAll(folder).records == (1...30).map(payload))
    }

    @Test func `a journal does not begin over records`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try open(folder)
        journal.append(payload(1))
        journal.close()
        #expect(throws: StorageError.self) { try open(folder) }
        try open(folder, after: 1).close()
    }

    @Test func `admit refuses at the pending bytes limit and one past a record's limit`() throws {
        let disk = FakeDisk()
        let journal = try open(DataFolder("data", on: disk)) { $0.pendingBytesLimit = 1000 }
        disk.holdSyncs()
        journal.append([UInt8](repeating: 1, count: 984))
        #expect(journal.pendingBytes == 1000)
        try journal.admit(bytes: 0)
        #expect { try journal.admit(bytes: 1) } throws: { ($0 as? StorageError)?.code == .busy }
        #expect { try journal.admit(bytes: Journal.maximumRecordBytes + 1) } throws: {
            ($0 as? StorageError)?.code == .tooLarge
        }
        disk.releaseSyncs()
        try journal.sync()
        try journal.admit(bytes: 1000)
        journal.close()
        #expect { try journal.admit(bytes: 1) } throws: { ($0 as? StorageError)?.code == .closed }
        #expect(journal.health == .closed)
    }

    @Test func `appends of several threads are numbered without a gap`() throws {
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try open(folder) { $0.segmentBytes = 5000 }
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for _ in 0..<500 { journal.append([UInt8(thread)]) }
        }
        journal.close()
        let records = try readAll(folder).records
        #expect(records.count == 2000)
        for thread in 0..<4 { #expect(records.filter { $0 == [UInt8(thread)] }.count == 500) }
    }

    @Test func `records appended quietly wait for a wake, or for enough of them`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports)
        // Asleep, so that only a wake can bring what follows.
        journal.append(payload(1))
        reports.wait(durable: LogSequenceNumber(1))
        while !journal.isAsleep {}
        let writes = disk.operations.writes
        journal.appendQuietly { $0.raw([UInt8](repeating: 1, count: 84)) }
        journal.wake(over: 100)
        #expect(disk.operations.writes == writes)
        journal.appendQuietly { _ in }
        journal.wake(over: 100)
        reports.wait(durable: LogSequenceNumber(3))
        journal.appendQuietly { _ in }
        journal.wake()
        reports.wait(durable: LogSequenceNumber(4))
        journal.close()
    }
}
