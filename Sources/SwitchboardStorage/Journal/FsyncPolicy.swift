/// When a record counts as durable, and so when a reply that shows it may leave.
public enum FsyncPolicy: String, Sendable, CaseIterable {
    /// After a sync. Every record waiting when a sync starts rides on it; a crash of the machine loses nothing
    /// that was reported.
    case always
    /// As soon as the kernel has it; a sync follows within `JournalOptions.syncIntervalMilliseconds`. A crash of
    /// the process loses nothing that the journal reported, a crash of the machine at most that interval. (A reply
    /// does not wait for the report, so it may be an instant ahead of it.)
    case everysec
    /// As soon as the kernel has it; a sync only at the end of a segment, on `sync` and on `close`. A crash of the
    /// process loses nothing that the journal reported, a crash of the machine what the kernel had not yet written.
    case no

    /// Whether replies are held for `Journal.durable`. Under the other two policies they may leave at once: the
    /// journal still reports, a thread switch later, but waiting for it would promise nothing more.
    public var repliesWait: Bool { self == .always }
}
