import Glibc
import SwitchboardPlatform

/// The wish to end the server, by a signal or by `SHUTDOWN`.
public final class StopRequest: @unchecked Sendable {
    // @unchecked because `wish` is only touched with `lock` held.
    private let lock = Lock()
    private let latch = Latch()
    private var wish: Bool?

    /// Asks for the end. The first wish counts.
    func stop(saving: Bool) {
        lock.withLock { wish = wish ?? saving }
        latch.open()
    }

    /// Waits for the wish; answers whether a last snapshot is to be written.
    public func wait() -> Bool {
        latch.wait()
        return lock.withLock { wish ?? true }
    }

    /// SIGTERM and SIGINT ask for the end; SIGHUP, SIGPIPE and SIGXFSZ are ignored. Call on the main thread before any other
    /// thread exists, so that all of them inherit the mask.
    public static func blockSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        // A file that may not grow any more is a full disk, which is an error of `write`.
        signal(SIGXFSZ, SIG_IGN)
        var signals = stopSignals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Starts the thread that waits for the blocked signals.
    public func watchSignals() {
        _ = Thread(name: "signals") { [self] in
            var signals = Self.stopSignals
            var number: Int32 = 0
            sigwait(&signals, &number)
            Log.info("\(number == SIGINT ? "SIGINT" : "SIGTERM"): ending")
            stop(saving: true)
        }
    }

    private static var stopSignals: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
