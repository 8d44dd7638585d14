/// What a command with Redis' own types answers: one value, written in three ways (`encode`).
public enum ServerValue: Sendable, Equatable {
    /// A short text without CR and LF, as `OK`.
    case simple(String)
    /// Any text.
    case text(String)
    /// Any bytes.
    case bulk([UInt8])
    case integer(Int64)
    case double(Double)
    case boolean(Bool)
    case null
    case array([ServerValue])
    case set([ServerValue])
    case map([Member])
    /// INFO: one bulk string with `# Title` and `name:value` lines; inline the `name:value` lines alone.
    case sections([Section])
    /// CLIENT LIST: one bulk string of lines; inline a list.
    case lines([String])
    case error(WireError)

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: ServerValue

        public init(_ key: String, _ value: ServerValue) {
            self.key = key
            self.value = value
        }
    }

    public struct Section: Sendable, Equatable {
        public var title: String
        public var lines: [Line]

        public init(_ title: String, _ lines: [Line]) {
            self.title = title
            self.lines = lines
        }

        public struct Line: Sendable, Equatable {
            public var name: String
            public var value: String

            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }
    }

    public static let ok = ServerValue.simple("OK")
}
