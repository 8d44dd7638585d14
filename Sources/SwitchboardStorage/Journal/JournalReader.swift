import SwitchboardModel
import SwitchboardPlatform

/// Reads the journal back after a start, and cuts what a crash left unfinished at its end.
public enum JournalReader {
    public struct Report: Equatable, Sendable {
        /// The last record in the journal, or the number the reading began after.
        public var last: LogSequenceNumber
        /// Records given to `body`.
        public var records = 0
        /// Bytes of a torn tail that were cut off.
        public var bytesCut = 0
    }

    /// Gives `body` every record after `lsn` in order, then makes sure that they all are durable.
    ///
    /// A segment is read up to where the next one begins: what it holds beyond was never reported durable and is
    /// superseded. A torn tail of the last segment is cut off, with a log line. Throws `.damaged` (naming file and
    /// offset) for a bad record that a crash does not explain, `.gap` when records after `lsn` are missing, and
    /// wraps what `body` throws.
    public static func read(
        _ folder: DataFolder, after lsn: LogSequenceNumber,
        _ body: (LogSequenceNumber, ArraySlice<UInt8>) throws -> Void
    ) throws(StorageError) -> Report {
        var report = Report(last: lsn)
        let segments = try segments(needed: lsn, in: folder)
        for (index, first) in segments.enumerated() {
            let following = index + 1 < segments.count ? segments[index + 1] : nil
            guard var reader = try SegmentReader.open(first, in: folder, following == nil ? .update : .read) else {
                try endInTornHeader(first, following: following, in: folder, &report)
                continue
            }
            defer { reader.file.close() }
            reading: while following == nil || reader.next < following! {
                switch try reader.step() {
                case .record(let number, let payload):
                    guard number > lsn else { continue }
                    do { try body(number, payload) } catch { throw unusable(error, number, reader, payload.count) }
                    report.records += 1
                    report.last = number
                case .end:
                    guard let following else { break reading }
                    throw StorageError(
                        .gap,
                        "\(reader.path) ends before record \(reader.next.rawValue), the next file begins "
                            + "with \(following.rawValue)")
                case .bad(let what):
                    guard following == nil else { throw .damaged(what, reader.path, at: reader.offset) }
                    try cutTail(&reader, what, &report)
                    break reading
                }
            }
            // A new segment may follow only when all this is on disk, or a later crash of the machine would leave
            // a gap. What a killed process had written may be in the kernel's memory and no further.
            if following == nil { try reader.rewriteUnsure() } else { try reader.file.sync() }
        }
        return report
    }

    /// The segments that can hold records after `lsn`: the last one that begins at or before `lsn` + 1, and on.
    private static func segments(needed lsn: LogSequenceNumber, in folder: DataFolder) throws(StorageError)
        -> [LogSequenceNumber]
    {
        let all = try folder.segments()
        if let missing = try folder.missingNewestSegment(all) { throw .newestIsMissing(missing, in: folder) }
        guard let earliest = all.first else { return [] }
        guard let start = all.lastIndex(where: { $0 <= lsn.next }) else {
            throw StorageError(
                .gap,
                "the journal in \(folder.path) begins with record \(earliest.rawValue), and the records from "
                    + "\(lsn.next.rawValue) on are in no file")
        }
        return Array(all[start...])
    }

    private static func cutTail(_ reader: inout SegmentReader, _ what: String, _ report: inout Report)
        throws(StorageError)
    {
        let rest = try reader.rest()
        guard TornTail.explains(rest, at: reader.offset, expected: reader.next) else {
            throw .damaged("\(what), and valid records follow", reader.path, at: reader.offset)
        }
        // The zeros of a segment that is filled ahead are no loss.
        let lost = rest.withUnsafeBytes { Zeros.meaningful($0) }
        report.bytesCut += lost
        Log.warning(
            "\(reader.path): the last write was torn at offset \(reader.offset) (\(what)); "
                + "\(lost) bytes are cut off, the journal ends with record "
                + "\(reader.next.rawValue - 1)")
        try reader.file.truncate(to: reader.offset)
    }

    /// A segment without a whole header never held a record, unless it is noted as the newest: that comes later.
    private static func endInTornHeader(
        _ first: LogSequenceNumber, following: LogSequenceNumber?, in folder: DataFolder, _ report: inout Report
    ) throws(StorageError) {
        let path = folder.file(FileName.segment(first: first))
        guard following == nil, try folder.notedNewestSegment() != first else {
            throw .damaged("the segment's header is cut off", path, at: 0)
        }
        let file = try folder.disk.open(path, .read)
        defer { file.close() }
        report.bytesCut += try file.size()
        Log.warning("\(path): its header was torn; the file is removed")
        try folder.disk.remove(path)
        try folder.disk.syncFolder(folder.path)
    }

    private static func unusable(
        _ error: any Error, _ lsn: LogSequenceNumber, _ reader: SegmentReader, _ payloadBytes: Int
    ) -> StorageError {
        if let error = error as? StorageError { return error }
        let malformed = error as? ByteReader.Malformed
        let what = malformed?.what ?? "\(error)"
        if malformed?.isNewer ?? false {
            return StorageError(
                .newerFormat, "\(reader.path): record \(lsn.rawValue) was written by a newer program: \(what)")
        }
        let offset = reader.offset - payloadBytes - RecordFrame.headerBytes
        return .damaged("record \(lsn.rawValue) cannot be used: \(what)", reader.path, at: offset)
    }

    /// Throws `.damaged` when a segment exists that holds, or follows, a record after `lsn`: a journal that begins
    /// there would bury it.
    static func requireNothing(after lsn: LogSequenceNumber, in folder: DataFolder) throws(StorageError) {
        guard let last = try folder.segments().last, last > lsn else { return }
        let path = folder.file(FileName.segment(first: last))
        if last == lsn.next {
            guard var reader = try SegmentReader.open(last, in: folder) else { return }
            defer { reader.file.close() }
            if case .end = try reader.step() { return }
        }
        throw StorageError(.damaged, "\(path) holds records after \(lsn.rawValue), where a new journal was to begin")
    }
}
