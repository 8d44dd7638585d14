import Glibc

/// Why a socket, a listener or an event loop could not be set up: one line that a person can act on.
public struct TransportError: Error, CustomStringConvertible {
    /// What was tried and why it failed, such as "cannot listen on 127.0.0.1:7411: the address is in use".
    public let description: String
    /// The system's error number, or 0 when the system was not asked.
    public let code: Int32

    init(_ description: String) {
        self.description = description
        code = 0
    }

    /// `action` reads "cannot listen on …".
    init(_ action: String, code: Int32) {
        self.code = code
        description = "\(action): \(Self.reason(of: code))"
    }

    private static func reason(of code: Int32) -> String {
        switch code {
        case EADDRINUSE: "the address is in use; is another server running?"
        case EADDRNOTAVAIL: "this machine has no such address"
        case EACCES, EPERM: "permission denied; ports below 1024 are for the superuser"
        case EMFILE: "this process has no free file descriptor"
        case ENFILE: "the machine has no free file descriptor"
        case EAFNOSUPPORT: "this machine does not speak that kind of address"
        default: String(cString: strerror(code))
        }
    }
}
