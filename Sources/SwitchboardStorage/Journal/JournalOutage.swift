/// A time during which the journal could not be written. Times are real, in milliseconds since 1970.
public struct JournalOutage: Equatable, Sendable {
    /// When the disk first refused.
    public var fromMilliseconds: Int64
    /// When everything kept was on disk again; nil while it goes on.
    public var untilMilliseconds: Int64?
    /// What the disk said last.
    public var cause: String
}
