import CLinux
import Glibc

/// A named operating-system thread, for the work that must not sit on the concurrency pool: an event loop,
/// the journal's fsync, a snapshot's deflate.
public final class Thread: @unchecked Sendable {
    // @unchecked because `handle` and `joined` are only touched by the owner that starts and joins the thread.
    private var handle = pthread_t()
    private var joined = false

    /// How readily a thread is passed over for the others.
    public enum Priority: Int32, Sendable {
        case normal = 0
        /// For long work that nobody waits for: when cores are short, the others go first.
        case background = 10
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
                // On Linux this is the thread's own niceness: 0 names the calling thread, not the process.
                if body.priority != .normal {
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, body.priority.rawValue)
                }
                body.run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "pthread_create failed with \(code)")
    }

    deinit {
        // Nobody will join it any more: the system may forget it when it ends.
        if !joined { pthread_detach(handle) }
    }

    /// Lets those who wait for the calling thread's core go first. Costs a microsecond when nobody does. For long work:
    /// once the system has picked a thread, a lower priority alone does not take it off the core for milliseconds.
    public static func giveWay() { sched_yield() }

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
