import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

@Suite struct DiskFaultTests {
    /// A journal on a disk that begins to refuse before record 2.
    private func failing(
        _ policy: FsyncPolicy = .always, _ spoil: (inout FakeDiskFaults) -> Void,
        _ body: (FakeDisk, Journal, Reports) throws -> Void
    ) throws {
        let disk = FakeDisk()
        let reports = Reports()
        // Files that grow with their records, so that each of them may find the disk full.
        let journal = try open(DataFolder("data", on: disk), reports) {
            $0.policy = policy
            $0.zeroFill = false
        }
        journal.append(payload(1))
        try journal.sync()
        spoil(&disk.faults)
        journal.append(payload(2))
        if policy != .always { try? journal.sync() }
        reports.wait(untilHealth: { $0 != .healthy })
        try body(disk, journal, reports)
        journal.close()
    }

    @Test func `after a failed sync nothing is durable, admit refuses, and the file is left alone`() throws {
        try failing {
            $0.syncsToFail = .max
        } _: { disk, journal, reports in
            journal.append(payload(3))
            #expect(journal.durable.rawValue == 1)
            #expect(reports.durable == [1])
            #expect(journal.appended.rawValue == 3)
            #expect(StorageError.code { try journal.admit(bytes: 1) } == .inputOutput)
            #expect(StorageError.code { try journal.sync() } == .inputOutput)
            guard case .failed(let cause) = journal.health else {
                Issue.record("healthy")
                return
            }
            #expect(cause.message.contains("sync"))
            #expect(cause.errno != 0)
            let size = disk.contents(segmentOne)?.count
            journal.close()
            #expect(journal.durable.rawValue == 1)
            #expect(disk.contents(segmentOne)?.count == size)
        }
    }

    @Test(arguments: [FsyncPolicy.always, .everysec])
    func `after a failed sync all goes on in a fresh segment and nothing is lost`(policy: FsyncPolicy) throws {
        try failing(policy) {
            $0.syncsToFail = 3
        } _: { disk, journal, reports in
            journal.append(payload(3))
            reports.wait(untilHealth: { $0 == .healthy })
            try journal.admit(bytes: 1)
            journal.append(payload(4))
            try journal.sync()
            #expect(journal.durable.rawValue == 4)
            #expect(journal.pendingBytes == 0)
            // The pages of the failed sync are gone for good; the fresh segment has them.
            let left = disk.crash(.unsyncedLost)
            let folder = try DataFolder("data", on: left)
            #expect(try folder.segments().map(\.rawValue) == [1, 2])
            #expect(try readAll(folder).records == (1...4).map(payload))
        }
    }

    @Test func `a full disk is survived without a restart when room returns`() throws {
        for room in 0...30 {
            try failing {
                $0.spaceLeft = room
            } _: { disk, journal, reports in
                #expect(StorageError.code { try journal.admit(bytes: 1) } == .noSpace)
                #expect(journal.durable.rawValue == 1)
                journal.append(payload(3))
                disk.faults.spaceLeft = nil
                reports.wait(untilHealth: { $0 == .healthy })
                try journal.sync()
                reports.wait(durable: LogSequenceNumber(3))
                let folder = try DataFolder("data", on: disk.crash(.unsyncedLost))
                #expect(try readAll(folder).records == (1...3).map(payload))
            }
        }
    }

    @Test func `a full disk, killed, keeps what was reported`() throws {
        try failing {
            $0.spaceLeft = 20
        } _: { disk, journal, _ in
            let folder = try DataFolder("data", on: disk.crash(.killed))
            let (records, report) = try readAll(folder)
            #expect(records == [payload(1)])
            #expect(report.bytesCut == 20)
        }
    }

    @Test func `a read-only disk refuses writes and says why`() throws {
        try failing {
            $0.isReadOnly = true
        } _: { disk, journal, reports in
            #expect(StorageError.code { try journal.admit(bytes: 1) } == .readOnly)
            disk.faults.isReadOnly = false
            reports.wait(untilHealth: { $0 == .healthy })
            try journal.sync()
            #expect(journal.durable.rawValue == 2)
        }
    }

    @Test func `a disk that refuses from the start is an error of init`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        disk.faults.spaceLeft = 5
        #expect(StorageError.code { _ = try open(folder) } == .noSpace)
        #expect(disk.paths().isEmpty)
        disk.faults = FakeDiskFaults()
        disk.faults.isReadOnly = true
        #expect(StorageError.code { _ = try DataFolder("other", on: disk) } == .readOnly)
    }

    @Test func `a failure at the change of segments loses nothing`() throws {
        for failures in 1...6 {
            let disk = FakeDisk()
            let reports = Reports()
            let journal = try open(DataFolder("data", on: disk), reports) { $0.segmentBytes = 300 }
            disk.holdSyncs()
            journal.append(payload(1))
            disk.waitForHeldSync()
            for number in 2...40 as ClosedRange<UInt64> { journal.append(payload(number)) }
            disk.faults.syncsToFail = failures
            disk.releaseSyncs()
            reports.wait(durable: LogSequenceNumber(40))
            journal.close()
            let folder = try DataFolder("data", on: disk.crash(.unsyncedLost))
            #expect(try readAll(folder).records == (1...40).map(payload))
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `whatever crashes, all that was reported durable is there`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var disk = FakeDisk()
        var recovered: UInt64 = 0
        for round in 0..<6 as Range<UInt64> {
            let folder = try DataFolder("data", on: disk)
            let journal = try open(folder, after: recovered) {
                $0.segmentBytes = 2000
                $0.retryIntervalMilliseconds = 0
            }
            let count = UInt64.random(in: 0...60, using: &chance)
            for number in recovered + 1...recovered + count + 1 {
                journal.append(longPayload(number))
                if Int.random(in: 0..<8, using: &chance) == 0 { try? journal.sync() }
                if Int.random(in: 0..<40, using: &chance) == 0 { disk.faults.syncsToFail = 2 }
                if Int.random(in: 0..<40, using: &chance) == 0 { disk.faults.spaceLeft = 700 }
            }
            let model: CrashModel =
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: .killed
                case 1: .unsyncedLost
                case 2: .torn(seed: seed &* 31 &+ round)
                default: .scattered(seed: seed &* 31 &+ round)
                }
            disk = disk.crash(model)
            journal.close()
            let (records, report) = try readAll(DataFolder("data", on: disk))
            #expect(records == (0..<report.last.rawValue).map { longPayload($0 + 1) })
            #expect(report.last >= journal.durable)
            recovered = report.last.rawValue
            // What was read after a start stays, though nothing was written since.
            if Bool.random(using: &chance) {
                let next = try DataFolder("data", on: disk)
                try open(next, after: recovered).close()
                disk = disk.crash(.unsyncedLost)
                #expect(try readAll(DataFolder("data", on: disk)).report.last == report.last)
            }
        }
    }

    private func longPayload(_ number: UInt64) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: Int(number * 97 % 900))
    }
}
