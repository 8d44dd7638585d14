import CLinux
import Glibc

/// The kernel's readiness list: an epoll instance and room for what it reports.
struct Poller: ~Copyable {
    /// One report: the events and the token given with the descriptor.
    struct Event {
        let token: UInt64
        let readiness: Readiness
    }

    private static let eventsPerWait = 256

    private let descriptor: Int32
    // An unsafe pointer because epoll_wait fills a plain C array; it never leaves this type.
    private let events: UnsafeMutablePointer<epoll_event>

    init() throws(TransportError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        events = .allocate(capacity: Self.eventsPerWait)
        guard descriptor >= 0 else {
            throw TransportError("cannot create an event loop (epoll_create1)", code: errno)
        }
    }

    deinit {
        close(descriptor)
        events.deallocate()
    }

    /// Reports `readiness` of `file` under `token` until the file is closed or removed.
    /// Returns 0 or the system's error number.
    func add(_ file: Int32, token: UInt64, readiness: Readiness) -> Int32 {
        var event = epoll_event(events: readiness.rawValue, data: epoll_data_t(u64: token))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, file, &event) == 0 ? 0 : errno
    }

    func remove(_ file: Int32) {
        var event = epoll_event()
        epoll_ctl(descriptor, EPOLL_CTL_DEL, file, &event)
    }

    /// Waits at most `timeoutMilliseconds` (negative: for ever) and returns how many events came: 0 after a
    /// signal or the time-out.
    func wait(timeoutMilliseconds: Int32) -> Int {
        let count = epoll_wait(descriptor, events, Int32(Self.eventsPerWait), timeoutMilliseconds)
        if count >= 0 { return Int(count) }
        let code = errno
        precondition(code == EINTR, "epoll_wait failed with \(code)")
        return 0
    }

    /// The event at `index` of the last wait.
    func event(at index: Int) -> Event {
        let event = events[index]
        return Event(token: event.data.u64, readiness: Readiness(rawValue: event.events))
    }
}

/// What a descriptor is ready for, and how it is to be watched.
struct Readiness: OptionSet {
    let rawValue: UInt32

    static let read = Self(rawValue: EPOLLIN.rawValue)
    static let write = Self(rawValue: EPOLLOUT.rawValue)
    /// The peer closed its writing side.
    static let peerClosed = Self(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are over, or the connection is broken. Always reported.
    static let broken = Self(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
    /// Report changes only: each arrival once, instead of on every wait until it is dealt with.
    static let edge = Self(rawValue: EPOLLET.rawValue)
}
