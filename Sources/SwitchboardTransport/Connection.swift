import Glibc
import SwitchboardPlatform
import Synchronization

/// One accepted socket. It lives on its loop: every member but the constants is to be used on the loop's thread,
/// which a task started by `EventLoop.task` never leaves between awaits.
public final class Connection: @unchecked Sendable, Watched {
    // @unchecked because the mutable members are confined to the loop's thread; the methods with effects check it.

    /// Unique in this process and growing.
    public let id: UInt64
    public let loop: EventLoop
    /// The peer's address and port, such as "127.0.0.1:5123".
    public let peer: String
    /// The socket, for display; what is done to it is done here.
    public let descriptor: Int32
    /// Nanoseconds of the monotonic clock.
    public let createdNanoseconds: UInt64
    public let limits: ConnectionLimits

    /// When bytes last moved, in nanoseconds of the monotonic clock, as exact as the loop's turns.
    public internal(set) var lastActivityNanoseconds: UInt64
    public internal(set) var bytesIn: UInt64 = 0
    public internal(set) var bytesOut: UInt64 = 0

    /// open: bytes may come and go. Can transition to: finishing, closed.
    /// finishing: `close` was asked for; output is still leaving. Can transition to: draining, closed.
    /// draining: our side is shut; input is thrown away until the peer closes its side. Can transition to: closed.
    /// closed: the descriptor is gone.
    enum State { case open, finishing, draining, closed }

    var state = State.open
    var inbox = Inbox()
    var outbox = Outbox()
    /// The task inside `receive`.
    var receiver: UnsafeContinuation<Void, Never>?
    /// What `receive` is to return, when the reading was done before its task was resumed.
    var received: Bool?
    /// The kernel may hold input; false only after a read that did not fill its room.
    var isReadable = false
    /// The kernel may take output; false only after it refused some.
    var isWritable = true
    /// A report said that the peer is done or gone, so a short read is not the last one.
    var peerIsClosing = false
    /// The peer's last byte has been read.
    var sawEnd = false
    /// The place in the loop's list of connections that the gate holds.
    var gatedIndex: Int32?
    /// When the gate last moved for this connection while it was on that list, or when it came there.
    var heldSinceNanoseconds: UInt64 = 0
    /// Whether this connection is on the loop's list of connections to flush.
    var isToBeFlushed = false
    /// When the present step of a polite close began.
    var closingSinceNanoseconds: UInt64 = 0
    /// Asked when input has come and a task waits in `receive`: whether all of it was dealt with, so that the task need
    /// not be resumed and goes on waiting. On the loop's thread and outside of any task, which saves a request that
    /// needs no task the switches to one. It must not suspend what it cannot finish, but leave that unread or note it.
    public var takesInput: (() -> Bool)?
    /// Called once when the connection is closed, or was found to be broken: for work under way that nobody waits for
    /// any more. Not called when the peer has merely sent its last byte.
    public var onBreak: (() -> Void)?
    private let seat: Seat

    private static let lastID = Atomic<UInt64>(0)

    /// Takes over the connected, non-blocking socket `descriptor`. On the loop's thread.
    init(_ descriptor: Int32, peer: String, loop: EventLoop, limits: ConnectionLimits, seat: Seat) {
        id = Self.lastID.wrappingAdd(1, ordering: .relaxed).newValue
        self.descriptor = descriptor
        self.peer = peer
        self.loop = loop
        self.limits = limits
        self.seat = seat
        createdNanoseconds = loop.turnNanoseconds
        lastActivityNanoseconds = loop.turnNanoseconds
        let code = loop.watch(descriptor, for: self, readiness: [.read, .write, .peerClosed, .edge])
        if code != 0 {
            Log.warning("cannot watch the connection of \(peer): \(TransportError("epoll", code: code))")
            closeNow()
        }
    }

    /// Whether the connection takes output: not closed, not asked to close.
    public var isOpen: Bool { state == .open }

    var isClosed: Bool { state == .closed }

    // MARK: Watched

    var watchStamp: UInt32 { UInt32(truncatingIfNeeded: id) }

    func handle(_ readiness: Readiness) {
        if !readiness.isDisjoint(with: [.read, .peerClosed, .broken]) {
            isReadable = true
            if !readiness.isDisjoint(with: [.peerClosed, .broken]) { peerIsClosing = true }
            if !readiness.isDisjoint(with: .broken) { breakOff() }
            switch state {
            case .open: offerInput()
            case .finishing: if !readiness.isDisjoint(with: .broken) { closeNow() }
            case .draining: drain()
            case .closed: return
            }
        }
        if readiness.contains(.write), !isWritable {
            isWritable = true
            sendMarked()
        }
    }

    func loopEnds() { closeNow() }

    /// Ends it all: frees everything, and lets a waiting receiver see the end.
    func closeNow() {
        guard state != .closed else { return }
        state = .closed
        breakOff()
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
        // Not freed: the session may be in the middle of parsing it. It goes with this object.
        inbox.moveOutOfScratch()
        loop.scratch.release(self)
        loop.removeGated(self)
        outbox = Outbox()
        seat.giveUp()
        resumeReceiver()
    }

    private func breakOff() {
        guard let onBreak else { return }
        self.onBreak = nil
        onBreak()
    }

    /// Input may be there for the task inside `receive`, if any.
    func offerInput() {
        guard receiver != nil else { return }
        guard let takesInput else { return resumeReceiver() }
        guard let grown = read() else { return }
        if grown, takesInput() {
            // Closing has resumed it.
            if receiver != nil, isReadable { loop.readyConnections.append(self) }
            return
        }
        received = grown
        resumeReceiver()
    }

    /// Lets the task inside `receive`, if any, look again.
    func resumeReceiver() {
        guard let receiver else { return }
        self.receiver = nil
        receiver.resume()
    }
}
