/// What a client agreed on and said of itself: HELLO and CLIENT.
struct ClientState {
    /// Which requests are answered: `CLIENT REPLY`.
    enum Replies {
        case on
        case off
        /// The next request is not answered.
        case skipNext
        /// The request under way is `CLIENT REPLY SKIP` itself or the one it names.
        case skipping
    }

    /// 2 or 3.
    var protocolVersion = 2
    var name = ""
    var libraryName = ""
    var libraryVersion = ""
    var replies = Replies.on
    /// The last command, in Redis' spelling, for `CLIENT LIST`.
    var lastCommand = "NULL"
    var requests: UInt64 = 0

    /// Whether the request under way is to be answered. Call once a request.
    @inline(__always)
    mutating func shouldAnswer() -> Bool {
        if case .on = replies { return true }
        return shouldAnswerElse()
    }

    private mutating func shouldAnswerElse() -> Bool {
        switch replies {
        case .on: return true
        case .off: return false
        case .skipNext, .skipping:
            replies = .on
            return false
        }
    }
}
