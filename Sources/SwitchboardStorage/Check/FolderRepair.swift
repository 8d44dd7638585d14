import SwitchboardModel

/// Makes a damaged data folder one that a server starts on, losing as little as can be, and keeps a copy of all that
/// goes.
public enum FolderRepair {
    public struct Report: Equatable, Sendable {
        /// What was done, a line each.
        public var done: [String] = []
        /// What is lost by it, in rising order.
        public var lost: [Lost] = []
        /// Why nothing can be done.
        public var refusal: String?

        /// The records between two that are there are in no file.
        fileprivate mutating func loseGap(after last: LogSequenceNumber, before next: LogSequenceNumber) {
            lost.append(Lost(first: last.next, last: LogSequenceNumber(next.rawValue - 1)))
        }
    }

    /// Records that no server will see again.
    public struct Lost: Equatable, Sendable {
        public var first: LogSequenceNumber
        /// Nil where it cannot be told how many they are.
        public var last: LogSequenceNumber?
        /// Service time of the first and the last of them that can still be read.
        public var oldest: Timestamp?
        public var newest: Timestamp?
    }

    /// Sets damaged snapshots aside, and cuts the journal at the first record that a server cannot get past. What a
    /// newer snapshot has anyway is set aside whole. Check again afterwards.
    public static func run(_ folder: DataFolder, _ findings: FolderFindings) throws(StorageError) -> Report {
        var report = Report()
        guard !findings.isNewer else {
            report.refusal = "a file was written by a newer program; use that one"
            return report
        }
        let good = findings.snapshots.last { $0.condition == .good }?.record
        let first = findings.segments.first?.first
        if good == nil, findings.snapshots.isEmpty ? (first?.rawValue ?? 1) > 1 : first?.rawValue != 1 {
            report.refusal = "there is no good snapshot, and the journal does not begin with record 1; restore a backup"
            return report
        }
        for snapshot in findings.snapshots where snapshot.condition.isBad {
            try setAside(snapshot.name, as: snapshot.name + ".damaged", folder, &report)
        }
        try repairJournal(folder, findings, after: good ?? .none, &report)
        if let missing = findings.missingNewest {
            // Others before it may be gone as well.
            report.lost.append(Lost(first: min(missing, findings.state?.last.next ?? missing)))
        }
        if try folder.correctNewestSegment() {
            report.done.append("\(FileName.newestSegment) names no file any more that is not there")
        }
        report.lost.sort { $0.first < $1.first }
        try folder.disk.syncFolder(folder.path)
        return report
    }

    private static func repairJournal(
        _ folder: DataFolder, _ findings: FolderFindings, after good: LogSequenceNumber, _ report: inout Report
    ) throws(StorageError) {
        let segments = findings.segments
        // What lies wholly before the snapshot is not needed: damage there costs only the way back to older ones.
        let needed = segments.lastIndex { $0.first <= good.next } ?? 0
        if let bad = segments[..<min(needed, segments.count)].lastIndex(where: { isBroken($0, before: segments) }) {
            for segment in segments[...bad] { try setAside(segment.name, as: segment.name + ".cut-0", folder, &report) }
            report.done.append(
                "the snapshot of record \(good.rawValue) has all of these; older snapshots have no journal any more")
        }
        guard needed < segments.count else { return }
        if segments[needed].first > good.next {
            // A gap right behind the snapshot: nothing behind it can be used.
            report.loseGap(after: good, before: segments[needed].first)
            for segment in segments { try cut(segment, folder, &report) }
            return
        }
        guard let place = segments[needed...].firstIndex(where: { isBroken($0, before: segments) }) else { return }
        // Newest first: after an interruption the rest is found and cut as well.
        for segment in segments[(place + 1)...].reversed() { try cut(segment, folder, &report) }
        if case .damaged(_, let offset) = segments[place].condition {
            try cut(segments[place], at: offset, folder, &report)
        } else if place + 1 < segments.count {
            report.loseGap(after: segments[place].last, before: segments[place + 1].first)
        }
    }

    /// Whether a reader cannot get from this segment to the next.
    private static func isBroken(_ segment: FolderFindings.Segment, before all: [FolderFindings.Segment]) -> Bool {
        if segment.condition.isBad { return true }
        guard let next = all.first(where: { $0.first > segment.first }) else { return false }
        return segment.last.next < next.first
    }

    private static func setAside(
        _ name: String, as newName: String, _ folder: DataFolder, _ report: inout Report
    ) throws(StorageError) {
        try folder.disk.rename(folder.file(name), to: folder.file(newName))
        report.done.append("\(name) is renamed to \(newName)")
    }

    /// Takes a whole segment out of the journal.
    private static func cut(
        _ segment: FolderFindings.Segment, _ folder: DataFolder, _ report: inout Report
    ) throws(StorageError) {
        try setAside(segment.name, as: segment.name + ".cut-0", folder, &report)
        guard segment.records > 0 || segment.condition.isBad else { return }
        report.lost.append(
            Lost(
                first: segment.first, last: segment.records > 0 ? segment.last : nil, oldest: segment.oldest,
                newest: segment.newest))
    }

    /// Cuts a segment at `offset`; the bytes from there on go into a file of their own first.
    private static func cut(
        _ segment: FolderFindings.Segment, at offset: Int, _ folder: DataFolder, _ report: inout Report
    ) throws(StorageError) {
        guard offset >= SegmentHeader.bytes else { return try cut(segment, folder, &report) }
        let file = try folder.disk.open(folder.file(segment.name), .update)
        defer { file.close() }
        let rest = try file.bytes(at: offset, limit: segment.bytes - offset)
        let copyName = "\(segment.name).cut-\(offset)"
        let copy = try folder.disk.open(folder.file(copyName), .replace)
        defer { copy.close() }
        try copy.write(rest[...], at: 0)
        try copy.sync()
        try folder.disk.syncFolder(folder.path)
        try file.truncate(to: offset)
        try file.sync()
        report.done.append(
            "\(segment.name) is cut at offset \(offset); the \(rest.count) bytes behind are in \(copyName)")
        report.lost.append(lost(in: rest, from: segment.last.next))
    }

    /// What the cut bytes held, as far as can be seen: the damaged record, and whole ones behind it.
    private static func lost(in rest: [UInt8], from first: LogSequenceNumber) -> Lost {
        var lost = Lost(first: first, last: first)
        let furthest = first.rawValue + UInt64(rest.count / RecordFrame.headerBytes)
        rest.withUnsafeBytes { raw in
            var position = 0
            while position + RecordFrame.headerBytes <= raw.count {
                // The number is looked at first: it rules out nearly every position without a checksum.
                let number = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self))
                guard number >= first.rawValue, number <= furthest,
                    let frame = RecordFrame.valid(in: raw, at: position)
                else {
                    position += 1
                    continue
                }
                lost.last = max(lost.last ?? first, frame.lsn)
                let payload = Array(raw[(position + RecordFrame.headerBytes)..<(position + frame.bytes)])
                if let time = try? RecordCodec.decode(payload[...]).time {
                    lost.oldest = lost.oldest ?? time
                    lost.newest = time
                }
                position += frame.bytes
            }
        }
        return lost
    }
}
