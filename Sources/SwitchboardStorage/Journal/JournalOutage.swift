import SwitchboardPlatform

/// A time during which the journal could not be written. Times are real, in milliseconds since 1970.
public struct JournalOutage: Equatable, Sendable {
    /// When the disk first refused.
    public var fromMilliseconds: Int64
    /// When everything kept was on disk again; nil while it goes on.
    public var untilMilliseconds: Int64?
    /// What the disk said last.
    public var cause: String
}

extension Optional where Wrapped == JournalOutage {
    /// Keeps the last outage by what the journal's health has become.
    mutating func note(_ health: JournalHealth) {
        let now = SystemClock.wallMilliseconds()
        switch health {
        case .failed(let cause):
            if self?.untilMilliseconds != nil { self = nil }
            let from = self?.fromMilliseconds ?? now
            self = JournalOutage(fromMilliseconds: from, cause: cause.message)
        case .healthy, .closed:
            if let outage = self, outage.untilMilliseconds == nil { self?.untilMilliseconds = now }
        }
    }
}
