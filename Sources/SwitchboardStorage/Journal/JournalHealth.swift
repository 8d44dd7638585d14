/// Whether the journal can keep its promise.
public enum JournalHealth: Equatable, Sendable {
    /// Records are written as they come.
    ///
    /// Can transition to: `failed` (a write, a sync or the making of a segment was refused), `closed`.
    case healthy

    /// The disk refused, or the files were taken away under the server. Nothing more is reported durable and `admit` throws the cause. What was appended and is
    /// not yet synced stays in memory; the file that failed is never written or synced again. At each retry a
    /// fresh segment is made that begins with the first byte not known to be durable.
    ///
    /// Can transition to: `healthy` (a fresh segment holds all that was kept, durably), `failed` (another cause
    /// at a retry), `closed`.
    case failed(StorageError)

    /// `close` was called. Can transition to: nothing.
    case closed
}
