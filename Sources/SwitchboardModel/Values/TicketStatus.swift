/// Where a ticket stands.
public enum TicketStatus: UInt8, Named {
    // Each but `merged` can also become spam or deleted, and each but a chat or call in progress, spam and deleted merged.

    /// Not handled yet. Can transition to: chatting, calling, answered, open (woken), postponed, resolved.
    case new = 0
    /// A chat in progress. Can transition to: new (released, transferred), postponed, resolved.
    case chatting = 1
    /// A call in progress. Can transition to: new (released, transferred), postponed, resolved.
    case calling = 2
    /// An agent replied last. Can transition to: open, postponed, resolved.
    case answered = 3
    /// The customer wrote last. Can transition to: answered, postponed, resolved.
    case open = 4
    /// Comes back by itself. Can transition to: new (it was new), open, answered, resolved.
    case postponed = 5
    /// Done. Can transition to: open.
    case resolved = 6
    /// Not wanted; kept. Can transition to: open, deleted.
    case spam = 7
    /// Taken away by hand; kept until it is purged. Can transition to: open.
    case deleted = 8
    /// Only points to another ticket. Can transition to: what it was.
    case merged = 9

    public var name: String {
        switch self {
        case .new: "new"
        case .chatting: "chatting"
        case .calling: "calling"
        case .answered: "answered"
        case .open: "open"
        case .postponed: "postponed"
        case .resolved: "resolved"
        case .spam: "spam"
        case .deleted: "deleted"
        case .merged: "merged"
        }
    }

    /// Whether an owner of such a ticket holds a slot for it, and whether it waits in a queue without one.
    @inline(__always)
    var needsAgent: Bool {
        switch self {
        case .new, .chatting, .calling, .answered, .open: true
        case .postponed, .resolved, .spam, .deleted, .merged: false
        }
    }

    /// Whether there is anything left to do: a department with such tickets cannot be removed.
    @inline(__always)
    var isUnfinished: Bool { needsAgent || self == .postponed }

    /// A chat or call in progress, which replies and notes do not change.
    @inline(__always)
    var isConversation: Bool { self == .chatting || self == .calling }
}
