import SwitchboardModel
import SwitchboardStorage

/// When the journal's size asks for a snapshot.
struct SnapshotSchedule: Sendable {
    /// Bytes of journal after a snapshot that ask for the next one; 0: none do.
    let everyBytes: Int
    /// Bytes of all journal files that are allowed.
    let journalBytes: Int

    /// However large the journal is, so much of it comes before the next snapshot: this part of `journalBytes`. A snapshot
    /// that did not help, or could not be written, is not followed by another at once.
    private static let leastPart = 8

    init(_ options: EngineOptions) {
        everyBytes = options.snapshotEveryBytes
        journalBytes = options.retention.journalBytes
    }

    /// How many bytes of records may still come before the next snapshot, the last one being of `lsn`; `nil`: it was written
    /// just now.
    func bytesLeft(after lsn: LogSequenceNumber?, in folder: DataFolder) throws(StorageError) -> Int {
        let left = max(journalBytes - (try folder.journalBytes()), bytesAfterFailure)
        guard everyBytes > 0 else { return left }
        guard let lsn else { return min(left, everyBytes) }
        // Files count as they are, zeros behind the records too, so this is a lower bound and has a least part itself.
        let since = try folder.journalBytes(after: lsn)
        return min(left, max(everyBytes - since, everyBytes / Self.leastPart))
    }

    var bytesAfterFailure: Int { journalBytes / Self.leastPart }
}
