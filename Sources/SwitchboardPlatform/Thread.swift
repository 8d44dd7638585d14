import CLinux
import Glibc

/// A named operating-system thread, for the work that must not sit on the concurrency pool: an event loop,
/// the journal's fsync, a snapshot's deflate.
public final class Thread: @unchecked Sendable {
    // @unchecked because `handle` and `joined` are only touched by the owner that starts and joins the thread.
    private var handle = pthread_t()
    private var joined = false

    /// How readily a thread is passed over for the others.
    public enum Priority: Sendable {
        case normal
        /// For work that is woken often and mostly waits for the disk: it does not take the core from whoever woke it, but
        /// runs on a free one, or when a running thread's turn ends. Beside a thread that never sleeps that may be
        /// milliseconds.
        case batch
        /// For long work that nobody waits for: when cores are short, the others go first.
        case background
    }

    /// Starts a thread named `name` (at most 15 bytes are kept by the system) that runs `body` once.
    public init(name: String, priority: Priority = .normal, body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(name: name, priority: priority, run: body))
        let code = pthread_create(
            &handle, nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                _ = pthread_setname_np(pthread_self(), String(body.name.prefix(15)))
                if body.priority == .background {
                    // On Linux this is the thread's own niceness: 0 names the calling thread, not the process.
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
                }
                body.run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "pthread_create failed with \(code)")
        if priority == .batch { takesCore(false) }
    }

    /// Whether the thread takes the core from whoever runs there when it is woken (`normal`) or waits (`batch`). What the
    /// system refuses is left as it was: the work is done all the same.
    public func takesCore(_ takes: Bool) { Self.setPolicy(of: handle, takes ? .other : .batch) }

    /// The policies of sched(7) that need no privilege, by their numbers: Swift's Glibc module leaves two out.
    enum Policy: Int32 {
        case other = 0
        case batch = 3
        case idle = 5
    }

    static func setPolicy(of thread: pthread_t, _ policy: Policy) {
        var parameters = sched_param(sched_priority: 0)
        pthread_setschedparam(thread, policy.rawValue, &parameters)
    }

    deinit {
        // Nobody will join it any more: the system may forget it when it ends.
        if !joined { pthread_detach(handle) }
    }

    /// Lets those who wait for the calling thread's core go first. Costs a microsecond when nobody does. For long work:
    /// once the system has picked a thread, a lower priority alone does not take it off the core for milliseconds.
    public static func giveWay() { sched_yield() }

    /// Sleeps for so long. Never on a loop.
    public static func rest(nanoseconds: UInt64) {
        var wanted = timespec(
            tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        var left = timespec()
        while nanosleep(&wanted, &left) != 0, errno == EINTR { wanted = left }
    }

    /// Waits for the thread to end. Calling it again does nothing.
    public func join() {
        guard !joined else { return }
        joined = true
        pthread_join(handle, nil)
    }
}

private final class Body: Sendable {
    let name: String
    let priority: Thread.Priority
    let run: @Sendable () -> Void

    init(name: String, priority: Thread.Priority, run: @escaping @Sendable () -> Void) {
        self.name = name
        self.priority = priority
        self.run = run
    }
}
