import SwitchboardModel

/// The commands that are about the server and not about tickets, with every argument read. What they do is for the
/// Server target to say.
public enum ServerCommand: Sendable, Equatable {
    /// PONG, or this text.
    case ping([UInt8]?)
    case echo([UInt8])
    case hello(Hello)
    case authenticate(Credentials)
    /// Of database 0: any other is refused before it gets here.
    case select
    case reset
    case quit
    case help(noun: String?, verb: String?)
    /// Names in lower case; none for all.
    case info(sections: [String])
    case save
    /// Whether to wait for a snapshot under way instead of refusing.
    case saveInBackground(schedule: Bool)
    case lastSave
    case verify
    case clock(Clock)
    case command(Command)
    case client(Client)
    case config(Config)
    case time
    case shutdown(Shutdown)

    public struct Hello: Sendable, Equatable {
        /// 2 or 3; nil to stay with the version agreed.
        public var version: Int?
        public var credentials: Credentials?
        /// As CLIENT SETNAME.
        public var name: String?

        public init(version: Int? = nil, credentials: Credentials? = nil, name: String? = nil) {
            self.version = version
            self.credentials = credentials
            self.name = name
        }
    }

    public enum Clock: Sendable, Equatable {
        case read
        case set(Timestamp)
        case advance(TimeSpan)
    }

    /// COMMAND; names in lower case, of a verb as `ticket|show`.
    public enum Command: Sendable, Equatable {
        case all
        case count
        /// None for all.
        case docs([String])
        /// None for all.
        case info([String])
        case list(Filter?)

        public enum Filter: Sendable, Equatable {
            case module(String)
            case category(String)
            case pattern(String)
        }
    }

    public enum Config: Sendable, Equatable {
        case get(patterns: [String])
        case set([Setting])
        case resetStatistics

        public struct Setting: Sendable, Equatable {
            /// In lower case.
            public var name: String
            public var value: String

            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }
    }

    public enum Shutdown: Sendable, Equatable {
        /// With a last snapshot when there is something to save.
        case standard
        case save
        case withoutSaving
    }
}

/// Who a client says it is. Its description keeps the password to itself.
public struct Credentials: Sendable, Equatable, CustomStringConvertible {
    /// Nil for the default user.
    public var user: String?
    public var password: [UInt8]

    public init(user: String?, password: [UInt8]) {
        self.user = user
        self.password = password
    }

    public var description: String { "Credentials(\(user ?? "default"))" }
}
