/// The first word of an error reply. Clients act on it; its meaning never changes.
public enum ErrorCode: String, Sendable, CaseIterable {
    /// Anything else.
    case general = "ERR"
    case syntax = "SYNTAX"
    case badArgument = "BADARG"
    case notFound = "NOTFOUND"
    case exists = "EXISTS"
    /// Not allowed in this status.
    case state = "STATE"
    case capacity = "CAPACITY"
    case conflict = "CONFLICT"
    case noAuthentication = "NOAUTH"
    case wrongPassword = "WRONGPASS"
    case noPermission = "NOPERM"
    case noProtocol = "NOPROTO"
    case tooBig = "TOOBIG"
    case `protocol` = "PROTOCOL"
    /// Try again later.
    case busy = "BUSY"
    case loading = "LOADING"
    /// The disk cannot be written: nothing was changed.
    case misconfigured = "MISCONF"
}

/// What is wrong with a client's request, as it is told to the client.
public struct WireError: Error, Sendable, Equatable {
    public let code: ErrorCode
    /// May hold any text: it is made fit for one line when it is written.
    public let message: String

    public init(_ code: ErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func badArgument(_ message: String) -> WireError { WireError(.badArgument, message) }
    public static func syntax(_ message: String) -> WireError { WireError(.syntax, message) }
}
