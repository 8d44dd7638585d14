import CLinux
import Glibc

/// A named operating-system thread, for the work that must not sit on the concurrency pool: an event loop,
/// the journal's fsync, a snapshot's deflate.
public final class Thread: @unchecked Sendable {
    // @unchecked because `handle` and `joined` are only touched by the owner that starts and joins the thread.
    private var handle = pthread_t()
    private var joined = false

    /// Starts a thread named `name` (at most 15 bytes are kept by the system) that runs `body` once.
    public init(name: String, body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        let code = pthread_create(
            &handle, nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                _ = pthread_setname_np(pthread_self(), String(body.name.prefix(15)))
                body.run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "pthread_create failed with \(code)")
    }

    deinit {
        // Nobody will join it any more: the system may forget it when it ends.
        if !joined { pthread_detach(handle) }
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
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
        self.name = name
        self.run = run
    }
}
