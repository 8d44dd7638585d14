import CLinux
import Glibc
import SwitchboardPlatform

/// A listening TCP socket that starts one task for each connection.
public final class Listener: @unchecked Sendable, Watched {
    // @unchecked because the mutable members belong to the thread of the first loop; the rest is constant.
    private static let backlog: Int32 = 4096
    /// Descriptors left for the files of the rest of the program.
    private static let reservedDescriptors = 256
    /// Refused connections whose end is waited for at one time; the others are told as well, and cut off.
    private static let politeRefusals = 64

    /// The address and port, such as "127.0.0.1:7411"; with the port that the system chose if 0 was asked for.
    public let address: String
    public let boundPort: UInt16

    let loops: [EventLoop]
    let descriptor: Int32
    let seats: Seats
    let refusalSeats = Seats(limit: Listener.politeRefusals)
    let refusal: String
    let limits: ConnectionLimits
    let serve: @Sendable (Connection) async -> Void
    var nextLoop = 0
    var isClosed = false
    /// Whether accepting failed for want of a resource, and nothing was accepted since.
    var isStarved = false
    lazy var retry = Alarm(on: loops[0]) { [unowned self] in watch() }

    /// Binds and listens at once, so that connections made from now on wait for `start`.
    ///
    /// - Parameters:
    ///   - loops: The first accepts; connections are dealt out to all in turn.
    ///   - host: A literal IPv4 or IPv6 address, or "localhost" for 127.0.0.1.
    ///   - port: 0 lets the system choose.
    ///   - maxConnections: One more is refused. By default what the limit of open files allows.
    ///   - refusal: What a refused peer is sent, the line end included.
    ///   - serve: The life of a connection, run as a task of its loop. When it returns, the connection is closed after
    ///     its output has left.
    public init(
        on loops: [EventLoop], host: String, port: UInt16, maxConnections: Int = Listener.defaultMaxConnections,
        refusal: String, limits: ConnectionLimits = ConnectionLimits(),
        serve: @escaping @Sendable (Connection) async -> Void
    ) throws(TransportError) {
        precondition(!loops.isEmpty, "a listener needs a loop")
        let (descriptor, bound) = try Self.listen(SocketAddress(host: host, port: port))
        self.loops = loops
        self.descriptor = descriptor
        self.refusal = refusal
        self.limits = limits
        self.serve = serve
        seats = Seats(limit: maxConnections)
        address = bound.text
        boundPort = bound.port
    }

    deinit { if !isClosed { close(descriptor) } }

    /// The soft limit of open files less a reserve for files.
    public static var defaultMaxConnections: Int { max(FileLimit.soft - reservedDescriptors, 16) }

    /// Whether `host` can be listened on as far as its spelling goes: a literal address or "localhost".
    public static func isAddress(_ host: String) -> Bool {
        do throws(TransportError) { _ = try SocketAddress(host: host, port: 0) } catch { return false }
        return true
    }

    /// Open connections, those that are still closing included. From any thread.
    public var connectionCount: Int { seats.taken }

    public var maxConnections: Int { seats.limit }

    /// Begins to accept. From any thread.
    public func start() { loops[0].post { self.watch() } }

    /// Stops to accept and frees the address; open connections live on. From any thread.
    public func stop() { loops[0].post { self.loopEnds() } }

    private static func listen(_ wanted: SocketAddress) throws(TransportError) -> (Int32, SocketAddress) {
        let action = "cannot listen on \(wanted.text)"
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(wanted.family, type, 0)
        guard descriptor >= 0 else { throw TransportError(action, code: errno) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard wanted.withSystem({ bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, backlog) == 0,
            let bound = SocketAddress(filledBy: { getsockname(descriptor, $0, $1) == 0 })
        else {
            let code = errno
            close(descriptor)
            throw TransportError(action, code: code)
        }
        return (descriptor, bound)
    }
}
