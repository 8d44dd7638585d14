extension ServerCommand {
    /// CLIENT: about this connection and the others.
    public enum Client: Sendable, Equatable {
        case setName(String)
        case getName
        case setInfo(Library, String)
        case list(Filter)
        case info
        case id
        /// By `ip:port`, answered with OK or `ERR No such client`.
        case kill(address: String)
        /// Every client that fits, answered with their number.
        case killAll(Filter)
        case reply(Replies)
        case setEviction(isOff: Bool)
        case setTouch(isOff: Bool)
    }

    /// What CLIENT SETINFO tells of the client's library.
    public enum Library: Sendable, Equatable {
        case name
        case version
    }

    /// Which replies a connection wants.
    public enum Replies: Sendable, Equatable {
        case on
        case off
        /// Not the next.
        case skip
    }

    public enum ClientType: String, Sendable, CaseIterable {
        case normal
        case master
        case replica
        case pubsub
    }

    /// Which clients; what is nil or empty excludes none.
    public struct Filter: Sendable, Equatable {
        public var ids: [UInt64] = []
        public var type: ClientType?
        public var address: String?
        public var localAddress: String?
        public var user: String?
        /// Whether the client that asks is left out.
        public var skipsItself = true

        public init() {}
    }

    /// Bytes of a client's name or of what it tells of its library, at most.
    public static let longestName = 256
}
