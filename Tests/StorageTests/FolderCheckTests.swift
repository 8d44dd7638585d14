import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// `switchboard check` and its repair, over a folder that an engine filled.
@Suite struct FolderCheckTests {
    /// Two snapshots and a journal in several files that goes back to record 1, and the digest after each record.
    private struct History {
        var files: [String: [UInt8]] = [:]
        var digests: [UInt64: String] = [:]
        var snapshots: [UInt64] = []
        var last: UInt64 = 0

        init() throws {
            let engine = try EngineUnderTest { $0.segmentBytes = 700 }
            defer { engine.close() }
            func play(_ line: String) throws {
                _ = try engine.send(Array((line + "\n").utf8))
                last = engine.engine.journal.appended.rawValue
                digests[last] = engine.digest()
                for path in engine.disk.paths() where path.hasSuffix(".log") {
                    files[path] = engine.disk.contents(path)
                }
            }
            try play("DEPT ADD sales")
            try play("AGENT ADD ann depts=sales")
            for round in 0..<2 {
                for number in 1...20 {
                    try play("TICKET OPEN channel=ticket dept=sales body=\"\(round) \(number) and more\"")
                }
                try engine.snapshot()
                snapshots.append(last)
                for number in 1...20 { try play("TICKET MESSAGE \(number) body=\"\(round) \(number) again\"") }
            }
            for path in engine.disk.paths() where path.hasSuffix(".swb") || path.hasSuffix(FileName.newestSegment) {
                files[path] = engine.disk.contents(path)
            }
        }

        var segments: [String] { files.keys.filter { $0.hasSuffix(".log") }.sorted() }

        func disk(_ change: (inout [String: [UInt8]]) -> Void = { _ in }) -> FakeDisk {
            var files = files
            change(&files)
            return StorageTests.disk(with: files)
        }

        /// Where the record lies: its file and the offset of its frame.
        func place(of record: UInt64) throws -> (path: String, offset: Int) {
            let path = try #require(segments.last { UInt64($0.dropLast(4).suffix(20)) ?? 0 <= record })
            var scan = try SegmentScan(path, on: disk())
            while case .record(let found) = try scan.step() {
                if found.lsn.rawValue == record { return (path, found.offset) }
            }
            throw StorageError(.gap, "no record \(record)")
        }
    }

    private static let history = Result { try History() }

    /// Checks, repairs, and checks that a server then has the state after `record`.
    private func repair(_ disk: FakeDisk, leaves record: UInt64, _ history: History) throws -> FolderRepair.Report {
        let folder = try DataFolder(existing: "data", on: disk)
        defer { folder.release() }
        let before = disk.paths()
        let findings = try FolderCheck.run(folder)
        #expect(!findings.isSound)
        #expect(disk.paths() == before, "a check changes nothing")
        let report = try FolderRepair.run(folder, findings)
        #expect(report.refusal == nil)
        // The newest file that is left is noted, as one was before.
        let note = try #require(disk.contents(folder.file(FileName.newestSegment)))
        #expect(
            try folder.segments().map { FileName.segment(first: $0) + "\n" }.contains(
                String(decoding: note, as: UTF8.self)))
        let after = try FolderCheck.run(folder)
        #expect(after.isSound, "\(after.gaps) \(after.segments.map(\.condition))")
        #expect(after.state?.last.rawValue == record)
        #expect(after.state?.verification.digest.text == history.digests[record])
        let state = RecoveredState(shards: 2)
        #expect(try Recovery.run(folder, into: state).last.rawValue == record)
        return report
    }

    @Test func `a sound folder is sound, and its files are counted`() throws {
        let history = try Self.history.get()
        let findings = try FolderCheck.run(DataFolder(existing: "data", on: history.disk()))
        #expect(findings.isSound && !findings.isNewer)
        #expect(findings.segments.count > 4)
        #expect(findings.segments.map(\.records).reduce(0, +) == Int(history.last))
        #expect(findings.segments.first?.first.rawValue == 1 && findings.segments.first?.oldest == .manualStart)
        #expect(findings.snapshots.map(\.record.rawValue) == history.snapshots)
        #expect(findings.state?.verification.digest.text == history.digests[history.last])
        #expect(findings.state?.tickets == 40 && findings.state?.agents == 1 && findings.state?.departments == 1)
    }

    @Test func `a journal whose newest file is gone is told, and can be done without`() throws {
        let history = try Self.history.get()
        let newest = history.segments.last!
        let first = try #require(FileName.segment(FileName.last(of: newest)))
        let disk = history.disk { $0[newest] = nil }
        let findings = try FolderCheck.run(DataFolder(existing: "data", on: disk))
        #expect(findings.missingNewest == first)
        #expect(findings.gaps.contains { $0.contains(FileName.last(of: newest)) })
        let report = try repair(disk, leaves: first.rawValue - 1, history)
        #expect(report.lost == [FolderRepair.Lost(first: first)])
    }

    @Test func `an empty folder is sound, and one that is not there is an error`() throws {
        let disk = FakeDisk()
        try disk.makeFolder("data")
        let findings = try FolderCheck.run(DataFolder(existing: "data", on: disk))
        #expect(findings.isSound && findings.state?.last == LogSequenceNumber.none)
    }

    @Test func `a folder in use is refused`() throws {
        let disk = try Self.history.get().disk()
        let server = try DataFolder("data", on: disk)
        #expect(StorageError.code { _ = try DataFolder(existing: "data", on: disk) } == .locked)
        server.release()
    }

    @Test func `the journal is cut at a damaged record, and what is cut is kept`() throws {
        let history = try Self.history.get()
        let record = history.last - 12
        let (path, offset) = try history.place(of: record)
        let whole = history.files[path]!
        var spoilt = whole
        spoilt[offset + 20] ^= 1
        let disk = history.disk { $0[path] = spoilt }
        #expect(
            try FolderCheck.run(DataFolder(existing: "data", on: disk)).segments.contains {
                if case .damaged(let what, offset) = $0.condition {
                    return what.contains("\(path) is damaged at offset \(offset)")
                }
                return false
            })
        let report = try repair(disk, leaves: record - 1, history)
        #expect(report.lost.map(\.first.rawValue).min() == record)
        #expect(report.lost.compactMap(\.last?.rawValue).max() == history.last)
        #expect(disk.contents(path) == Array(whole[..<offset]))
        #expect(disk.contents("\(path).cut-\(offset)") == Array(spoilt[offset...]))
        // The files behind it are out of the way, and whole.
        for later in history.segments where later > path {
            #expect(disk.contents(later) == nil && disk.contents(later + ".cut-0") == history.files[later])
        }
    }

    @Test func `damage that the newest snapshot makes up for costs nothing`() throws {
        let history = try Self.history.get()
        let (path, offset) = try history.place(of: history.snapshots[1] - 15)
        let disk = history.disk { $0[path]![offset + 9] ^= 4 }
        let report = try repair(disk, leaves: history.last, history)
        #expect(report.lost.isEmpty)
        #expect(disk.contents(path) == nil && disk.contents(path + ".cut-0") != nil)
    }

    @Test func `a damaged snapshot is set aside, and the journal has all`() throws {
        let history = try Self.history.get()
        for spoilt in [[1], [0, 1]] {
            let disk = history.disk { files in
                for place in spoilt { files[snapshotPath(history.snapshots[place])]![40] ^= 1 }
            }
            let report = try repair(disk, leaves: history.last, history)
            #expect(report.lost.isEmpty)
            for place in spoilt { #expect(disk.contents(snapshotPath(history.snapshots[place]) + ".damaged") != nil) }
        }
    }

    @Test func `a missing file ends the journal`() throws {
        let history = try Self.history.get()
        let missing = history.segments[history.segments.count - 2]
        let first = UInt64(missing.dropLast(4).suffix(20))!
        let disk = history.disk { $0[missing] = nil }
        let report = try repair(disk, leaves: first - 1, history)
        // The records of the missing file, then those behind it.
        #expect(report.lost.count == 2)
        #expect(report.lost.first?.first.rawValue == first)
        #expect(report.lost.first?.last?.next == report.lost.last?.first)
        #expect(report.lost.last?.last?.rawValue == history.last)
    }

    @Test func `a torn last write is no damage`() throws {
        let history = try Self.history.get()
        let (last, offset) = try history.place(of: history.last)
        let disk = history.disk { $0[last] = Array($0[last]!.prefix(offset + 20)) }
        let findings = try FolderCheck.run(DataFolder(existing: "data", on: disk))
        #expect(findings.isSound)
        guard case .torn = findings.segments.last?.condition else {
            Issue.record("\(String(describing: findings.segments.last))")
            return
        }
    }

    @Test func `without a snapshot and without the first records nothing is repaired`() throws {
        let history = try Self.history.get()
        let disk = history.disk { files in
            for snapshot in history.snapshots { files[snapshotPath(snapshot)]![40] ^= 1 }
            files[history.segments[0]] = nil
        }
        let folder = try DataFolder(existing: "data", on: disk)
        let before = disk.paths()
        let findings = try FolderCheck.run(folder)
        #expect(!findings.isSound && findings.state == nil)
        #expect(try FolderRepair.run(folder, findings).refusal?.contains("backup") == true)
        #expect(disk.paths() == before)
    }

    @Test func `files of a newer program are left alone`() throws {
        let history = try Self.history.get()
        let header = SegmentHeader.encode(first: LogSequenceNumber(history.last + 1), version: 9)
        let path = "data/" + FileName.segment(first: LogSequenceNumber(history.last + 1))
        let disk = history.disk { $0[path] = header }
        let folder = try DataFolder(existing: "data", on: disk)
        let findings = try FolderCheck.run(folder)
        #expect(findings.isNewer && !findings.isSound)
        #expect(try FolderRepair.run(folder, findings).refusal?.contains("newer program") == true)
    }

    @Test(arguments: 0..<150 as Range<UInt64>) func `whatever is spoilt, a repaired folder is sound`(seed: UInt64)
        throws
    {
        let history = try Self.history.get()
        var chance = SeededChance(seed: seed)
        let disk = history.disk { files in
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                let path = files.keys.sorted().randomElement(using: &chance)!
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: files[path] = nil
                case 1: files[path]!.removeLast(Int.random(in: 0...files[path]!.count, using: &chance))
                default:
                    guard let place = files[path]!.indices.randomElement(using: &chance) else { continue }
                    files[path]![place] ^= 1 << UInt8.random(in: 0...7, using: &chance)
                }
            }
        }
        let folder = try DataFolder(existing: "data", on: disk)
        var findings = try FolderCheck.run(folder)
        if !findings.isSound {
            let report = try FolderRepair.run(folder, findings)
            guard report.refusal == nil else { return }
            findings = try FolderCheck.run(folder)
            #expect(findings.isSound, "\(report) \(findings)")
        }
        let state = RecoveredState(shards: 2)
        let report = try Recovery.run(folder, into: state)
        #expect(
            state.image.verify().digest.text == history.digests[report.last.rawValue]
                ?? state.image.verify().digest.text)
        #expect(report.last == findings.state?.last)
    }
}

private func snapshotPath(_ record: UInt64) -> String {
    "data/" + FileName.snapshot(through: LogSequenceNumber(record))
}
