import SwitchboardModel
import SwitchboardPlatform

/// A file that names the journal's newest segment, because that one's loss leaves no gap: nothing comes after it.
///
/// It is written when the segment is durable under its name, so it may name an older one, and never one that was not there.
extension DataFolder {
    /// Names the newest segment. Where the disk refuses, the note is older than it could be and does no harm.
    func noteNewestSegment(first: LogSequenceNumber) {
        do throws(StorageError) { try writeNewestSegment(first: first) } catch {
            Log.warning("\(FileName.newestSegment) cannot be written and names an older journal file: \(error.message)")
        }
    }

    private func writeNewestSegment(first: LogSequenceNumber) throws(StorageError) {
        let temporary = file(FileName.newestSegment + FileName.temporarySuffix)
        do throws(StorageError) {
            let note = try disk.open(temporary, .replace)
            defer { note.close() }
            try note.write(Array((FileName.segment(first: first) + "\n").utf8)[...], at: 0)
            try note.sync()
            try disk.rename(temporary, to: file(FileName.newestSegment))
        } catch {
            try? disk.remove(temporary)
            throw error
        }
    }

    /// The segment that was the newest and is not among `segments`; nil when none is missing, as far as anybody can tell.
    func missingNewestSegment(_ segments: [LogSequenceNumber]) throws(StorageError) -> LogSequenceNumber? {
        guard let noted = try notedNewestSegment(), segments.last.map({ $0 < noted }) ?? true else { return nil }
        return noted
    }

    /// The segment that was the newest when the note was written; nil without a note, or when it is of no use.
    func notedNewestSegment() throws(StorageError) -> LogSequenceNumber? {
        guard try disk.names(in: path).contains(FileName.newestSegment) else { return nil }
        let path = file(FileName.newestSegment)
        let defect: String
        do throws(StorageError) {
            let note = try disk.open(path, .read)
            defer { note.close() }
            let text = String(decoding: try note.bytes(at: 0, limit: 100), as: UTF8.self)
            if text.hasSuffix("\n"), let noted = FileName.segment(String(text.dropLast())) { return noted }
            defect = "it does not name a journal file"
        } catch {
            // It is only a note: an ill disk shows with the journal's files.
            defect = error.message
        }
        Log.warning("\(path) is of no use, so nobody can tell whether the newest journal file is there: \(defect)")
        return nil
    }

    /// Has the note name the newest segment that there is, where it names one that is not there. Returns whether it did.
    func correctNewestSegment() throws(StorageError) -> Bool {
        let segments = try segments()
        guard try missingNewestSegment(segments) != nil else { return false }
        if let newest = segments.last {
            try writeNewestSegment(first: newest)
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
                + "\(FileName.newestSegment) says: its records, from \(first.rawValue) on, would be lost, and those of any "
                + "other file behind the last one that is here; put it back, or give them up with --repair")
    }
}
