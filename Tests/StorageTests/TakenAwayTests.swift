import Glibc
import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// Files taken away under a running journal.
@Suite struct TakenAwayTests {
    @Test func `a removed segment is noticed, and its records need a snapshot before any is durable`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder, reports)
        journal.append(payload(1))
        try journal.sync()
        disk.removeContents(segmentOne)
        journal.append(payload(2))
        reports.wait(untilHealth: { $0.code == .notFound })
        reports.wait(untilHealth: { $0.code == .gap })
        #expect(reports.durable == [1])
        #expect(StorageError.code { try journal.admit(bytes: 1) } == .gap)
        journal.append(payload(3))

        // The state as a whole, which needs no journal up to its record.
        try writeSnapshot(folder, 3, [(1, [1])])
        reports.wait(untilHealth: { $0 == .healthy })
        journal.append(payload(4))
        reports.wait(durable: LogSequenceNumber(4))
        journal.close()
        let left = try DataFolder("data", on: disk.crash(.unsyncedLost))
        #expect(try readAll(left, after: 3).records == [payload(4)])
    }

    @Test func `a snapshot can be finished while its journal waits for it`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports)
        journal.append(payload(1))
        try journal.sync()
        disk.removeContents(segmentOne)
        journal.append(payload(2))
        reports.wait(untilHealth: { $0.code == .gap })
        // What a snapshot asks for before it takes its name.
        try journal.sync()
        #expect(journal.durable.rawValue == 1 && journal.synced.rawValue == 2)
        journal.close()
    }

    @Test func `a removed segment without durable records is made anew`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports)
        disk.removeContents(segmentOne)
        journal.append(payload(1))
        reports.wait(durable: LogSequenceNumber(1))
        #expect(reports.health.map(\.code) == [.notFound, nil])
        journal.close()
        #expect(try readAll(DataFolder("data", on: disk.crash(.unsyncedLost))).records == [payload(1)])
    }

    @Test func `an outage is told with its cause, and ends`() throws {
        let disk = FakeDisk()
        let reports = Reports()
        let journal = try open(DataFolder("data", on: disk), reports)
        #expect(journal.outage == nil)
        disk.faults.syncsToFail = .max
        journal.append(payload(1))
        reports.wait(untilHealth: { $0 != .healthy })
        let outage = try #require(journal.outage)
        #expect(outage.untilMilliseconds == nil && outage.cause.contains("sync"))
        disk.faults.syncsToFail = 0
        reports.wait(durable: LogSequenceNumber(1))
        let past = try #require(journal.outage)
        #expect(past.fromMilliseconds == outage.fromMilliseconds)
        #expect(past.fromMilliseconds <= past.untilMilliseconds ?? 0)
        journal.close()
    }

    @Test func `the lock holds though its file is removed, and goes with the folder`() throws {
        try inFolder { path in
            let folder = try DataFolder(path + "/data")
            unlink(path + "/data/switchboard.lock")
            #expect(StorageError.code { _ = try DataFolder(path + "/data") } == .locked)
            try folder.requireHeld()

            Glibc.rename(path + "/data", path + "/elsewhere")
            #expect(StorageError.code { try folder.requireHeld() } == .notFound)
            mkdir(path + "/data", 0o755)
            try folder.requireHeld()
            #expect(StorageError.code { _ = try DataFolder(path + "/data") } == .locked)
            // One with a history of its own would be read as a part of ours.
            Glibc.rename(path + "/data", path + "/fourth")
            mkdir(path + "/data", 0o755)
            let journal = try SystemDisk().open(path + "/data/journal-00000000000000000001.log", .replace)
            journal.close()
            #expect(StorageError.code { try folder.requireHeld() } == .foreign)
            unlink(path + "/data/journal-00000000000000000001.log")
            try folder.requireHeld()
            // The other folder is nobody's now.
            let other = try DataFolder(path + "/elsewhere")
            Glibc.rename(path + "/data", path + "/third")
            Glibc.rename(path + "/elsewhere", path + "/data")
            #expect(StorageError.code { try folder.requireHeld() } == .locked)
            other.release()
            try folder.requireHeld()
            folder.release()
            for name in ["data", "third", "fourth"] {
                for file in try SystemDisk().names(in: "\(path)/\(name)") { unlink("\(path)/\(name)/\(file)") }
                rmdir("\(path)/\(name)")
            }
        }
    }

    @Test func `a file on the machine's disk knows when it was taken away`() throws {
        try inFolder { path in
            let disk = SystemDisk()
            let file = try disk.open(path + "/file", .replace)
            defer { file.close() }
            try file.requireInPlace()
            Glibc.rename(path + "/file", path + "/other")
            #expect(StorageError.code { try file.requireInPlace() } == .notFound)
            try disk.open(path + "/file", .replace).close()
            #expect(StorageError.code { try file.requireInPlace() } == .notFound)
            Glibc.rename(path + "/other", path + "/file")
            try file.requireInPlace()
            unlink(path + "/file")
            #expect(StorageError.code { try file.requireInPlace() } == .notFound)
        }
    }
}

extension JournalHealth {
    fileprivate var code: StorageError.Code? {
        guard case .failed(let cause) = self else { return nil }
        return cause.code
    }
}
