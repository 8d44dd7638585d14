/// What a client agreed on and said of itself: HELLO and CLIENT.
struct ClientState {
    /// Which requests are answered: `CLIENT REPLY`.
    enum Replies {
        case on
        case off
        /// The next request is not answered.
        case skipNext
    }

    /// 2 or 3.
    var protocolVersion = 2
    var name = ""
    var libraryName = ""
    var libraryVersion = ""
    var replies = Replies.on

    /// Makes the connection as new, as RESET does: what the client told of its library stays.
    mutating func reset() {
        protocolVersion = 2
        name = ""
        replies = .on
    }

    /// CLIENT REPLY SKIP: where no reply is wanted at all, there is none to skip.
    mutating func skipNextReply() {
        if case .on = replies { replies = .skipNext }
    }

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
        case .skipNext:
            replies = .on
            return false
        }
    }
}
