/// A command refused: nothing was changed.
public struct Rejection: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        case err = "ERR"
        case badArgument = "BADARG"
        case notFound = "NOTFOUND"
        case exists = "EXISTS"
        case state = "STATE"
        case capacity = "CAPACITY"
        case conflict = "CONFLICT"
        case busy = "BUSY"
        case misconfigured = "MISCONF"
        case noPermission = "NOPERM"
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
