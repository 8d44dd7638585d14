import SwitchboardModel
import SwitchboardPlatform

/// A file that names the journal's newest segment, because that one's loss leaves no gap: nothing comes after it.
///
/// It is written when the segment is durable under its name, so it may name an older one, and never one that was not there.
extension DataFolder {
    /// Names the newest segment. Where the disk refuses, the note is older than it could be and does no harm.
    func noteNewestSegment(first: LogSequenceNumber) {
        let temporary = file(FileName.newestSegment + FileName.temporarySuffix)
        do throws(StorageError) {
            let note = try disk.open(temporary, .replace)
            defer { note.close() }
            try note.write(Array((FileName.segment(first: first) + "\n").utf8)[...], at: 0)
            try note.sync()
            try disk.rename(temporary, to: file(FileName.newestSegment))
        } catch {
            try? disk.remove(temporary)
        }
    }

    /// The segment that was the newest and is not among `segments`; nil when none is missing, as far as anybody can tell.
    func missingNewestSegment(_ segments: [LogSequenceNumber]) throws(StorageError) -> LogSequenceNumber? {
        let path = file(FileName.newestSegment)
        guard try disk.names(in: self.path).contains(FileName.newestSegment) else { return nil }
        let note = try disk.open(path, .read)
        defer { note.close() }
        let text = String(
            decoding: try note.bytes(at: 0, limit: FileName.last(of: path).utf8.count + 100), as: UTF8.self)
        guard text.hasSuffix("\n"), let newest = FileName.segment(String(text.dropLast())) else {
            Log.warning("\(path) does not name a journal file: whether the newest one is there cannot be told")
            return nil
        }
        return segments.last.map { $0 >= newest } ?? false ? nil : newest
    }

    /// Has the note name the newest segment that there is, where it names one that is not there. Returns whether it did.
    func correctNewestSegment() throws(StorageError) -> Bool {
        let segments = try segments()
        guard try missingNewestSegment(segments) != nil else { return false }
        if let newest = segments.last {
            noteNewestSegment(first: newest)
        } else {
            try disk.remove(file(FileName.newestSegment))
        }
        return true
    }
}

extension StorageError {
    /// The journal's newest segment, which begins with `first`, is gone.
    static func newestIsMissing(_ first: LogSequenceNumber, in folder: DataFolder) -> StorageError {
        StorageError(
            .gap,
            "\(FileName.segment(first: first)) is not in \(folder.path) and was the newest file of the journal, as "
                + "\(FileName.newestSegment) says: the records from \(first.rawValue) on would be lost; put it back, or give "
                + "them up with --repair")
    }
}
