import Glibc
import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// The machine's disk, in a folder of its own.
@Suite struct SystemDiskTests {
    @Test func `journal, snapshot and recovery work on the machine's disk`() throws {
        try inFolder { path in
            let folder = try DataFolder("\(path)/a/b/")
            #expect(folder.path == "\(path)/a/b")
            let journal = try open(folder) { $0.segmentBytes = 2000 }
            for number in 1...200 as ClosedRange<UInt64> { journal.append(payload(number)) }
            try journal.sync()
            try writeSnapshot(folder, 150, [(1, [1, 2, 3])])
            let before = try folder.segments().count
            var retention = Retention()
            try retention.apply(to: folder, journal)
            #expect(try folder.segments().count < before)
            journal.close()
            var records: [UInt64] = []
            let report = try Recovery.run(
                folder,
                Recovery.Callbacks(
                    begin: {}, loadSection: { #expect($0 == 1 && $1 == [1, 2, 3]) },
                    applyRecord: { lsn, _ in records.append(lsn.rawValue) }))
            #expect(report.last.rawValue == 200)
            #expect(records == Array(151...200))
        }
    }

    @Test func `a second server is refused and told who holds the folder`() throws {
        try inFolder { path in
            let first = try DataFolder(path)
            #expect(throws: StorageError.locked("\(path)/switchboard.lock", holder: getpid())) {
                try DataFolder(path)
            }
            first.release()
            try DataFolder(path).release()
        }
    }

    @Test func `errors name the call, the file and the reason`() throws {
        try inFolder { path in
            let disk = SystemDisk()
            #expect(
                throws: StorageError(.notFound, "cannot open \(path)/none: No such file or directory", errno: ENOENT)
            ) {
                try disk.open("\(path)/none", .read)
            }
            try disk.open("\(path)/file", .replace).close()
            #expect(StorageError.code { try disk.makeFolder("\(path)/file") } == .inputOutput)
            #expect(StorageError.code { try disk.makeFolder("\(path)/file/below") } == .inputOutput)
        }
        #expect(StorageError.code { _ = try SystemDisk().open("/dev/full", .update).write([1], at: 0) } == .noSpace)
        #expect(
            throws: StorageError(.inputOutput, "cannot write out /dev/full: Illegal seek", errno: ESPIPE)
        ) {
            try SystemDisk().open("/dev/full", .update).writeOut(0..<1)
        }
    }

    @Test func `leftovers of an interrupted write are removed and other files are not`() throws {
        let disk = FakeDisk()
        for name in [
            "journal-00000000000000000001.log.tmp", "snapshot-00000000000000000001.swb.tmp", "mine.tmp", "notes.txt",
        ] { disk.setContents("data/\(name)", [1]) }
        _ = try DataFolder("data", on: disk)
        #expect(disk.paths() == ["data/mine.tmp", "data/notes.txt"])
    }
}

/// The faked disk keeps its own promises, or the other tests prove nothing.
@Suite struct FakeDiskTests {
    private func file(_ disk: FakeDisk) throws -> any DiskFile { try disk.open("data/file", .replace) }

    @Test func `unsynced bytes are lost, synced ones are not`() throws {
        let disk = FakeDisk()
        let file = try file(disk)
        try disk.syncFolder("data")
        try file.write([1, 2], at: 0)
        try file.syncData()
        try file.write([3, 4], at: 2)
        #expect(disk.contents("data/file") == [1, 2, 3, 4])
        #expect(disk.crash(.killed).contents("data/file") == [1, 2, 3, 4])
        #expect(disk.crash(.unsyncedLost).contents("data/file") == [1, 2])
        let torn = Set((0..<50).map { disk.crash(.torn(seed: $0)).contents("data/file")! })
        #expect(torn == [[1, 2], [1, 2, 3], [1, 2, 3, 4]])
        #expect(StorageError.code { try file.sync() } == .inputOutput)
    }

    @Test func `bytes that were only given to the disk are not durable`() throws {
        let disk = FakeDisk()
        let file = try file(disk)
        try disk.syncFolder("data")
        try file.write([1, 2], at: 0)
        try file.writeOut(0..<2)
        #expect(disk.contents("data/file") == [1, 2])
        #expect(disk.crash(.unsyncedLost).contents("data/file") == [])
    }

    @Test func `names are durable after their folder's sync`() throws {
        let disk = FakeDisk()
        let file = try file(disk)
        try file.sync()
        #expect(disk.crash(.unsyncedLost).paths().isEmpty)
        let again = FakeDisk()
        _ = try self.file(again)
        try again.syncFolder("data")
        try again.rename("data/file", to: "data/other")
        #expect(again.paths() == ["data/other"])
        #expect(again.crash(.unsyncedLost).paths() == ["data/file"])
    }

    @Test func `what a failed sync dropped is not written by a later one`() throws {
        let disk = FakeDisk()
        let file = try file(disk)
        try disk.syncFolder("data")
        try file.write([1], at: 0)
        disk.faults.syncsToFail = 1
        #expect(StorageError.code { try file.sync() } == .inputOutput)
        try file.sync()
        #expect(disk.contents("data/file") == [1])
        #expect(disk.crash(.unsyncedLost).contents("data/file") == [])
    }

    @Test func `a folder that cannot be made is an error and not an endless search for its parent`() {
        #expect(StorageError.code { try SystemDisk().makeFolder("/proc/switchboard/data") } == .notFound)
    }

    @Test func `a lock is held once`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        #expect(StorageError.code { _ = try DataFolder("data", on: disk) } == .locked)
        folder.release()
        #expect(StorageError.code { _ = try DataFolder("data", on: disk) } == nil)
    }
}
