/// Where a ticket stands.
public enum TicketStatus: UInt8, Named {
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

    public var name: String {
        switch self {
        case .new: "new"
        case .chatting: "chatting"
        case .calling: "calling"
        case .answered: "answered"
        case .open: "open"
        case .postponed: "postponed"
        case .resolved: "resolved"
        }
    }

    /// Whether an owner of such a ticket holds a slot for it, and whether it waits in a queue without one.
    @inline(__always)
    var needsAgent: Bool {
        switch self {
        case .new, .chatting, .calling, .answered, .open: true
        case .postponed, .resolved: false
        }
    }

    /// A chat or call in progress, which replies and notes do not change.
    @inline(__always)
    var isConversation: Bool { self == .chatting || self == .calling }
}
