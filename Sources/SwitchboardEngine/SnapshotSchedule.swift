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

    /// How many bytes of records may still come before the next snapshot when so many came `since` the last one's state.
    func bytesLeft(since: Int, in folder: DataFolder) throws(StorageError) -> Int {
        let left = max(journalBytes - (try folder.journalBytes()), bytesAfterFailure)
        guard everyBytes > 0 else { return left }
        return min(left, max(everyBytes - since, 0))
    }

    /// As `bytesLeft(since:in:)` after a start, which does not begin with a snapshot: one that ends soon, time and again,
    /// would never do anything else.
    func bytesLeft(replayed bytes: Int, in folder: DataFolder) throws(StorageError) -> Int {
        try bytesLeft(since: min(bytes, everyBytes - everyBytes / Self.leastPart), in: folder)
    }

    var bytesAfterFailure: Int { journalBytes / Self.leastPart }

    /// How much may come while a snapshot gives way to requests; after that it goes on without rest.
    var bytesAtRest: Int { journalBytes / 4 }
}
