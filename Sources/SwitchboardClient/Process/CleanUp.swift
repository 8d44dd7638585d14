import Glibc
import SwitchboardPlatform

/// What must not outlive this program: server processes and temporary folders, also when a signal ends it.
package final class CleanUp: @unchecked Sendable {
    // @unchecked because what changes is guarded by `lock`.
    private let lock = Lock()
    private var servers: [ServerProcess] = []
    private var folders: [TemporaryFolder] = []

    package init() {}

    /// From now on SIGINT, SIGTERM and SIGHUP clean up and end the program with status 128 + their number.
    ///
    /// Call it before other threads are started: those would still take the signals the old way.
    package func watchSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A reader of our output who goes away must not keep us from cleaning up.
        signal(SIGPIPE, SIG_IGN)
        let watched = signals
        _ = Thread(name: "signals") { [self] in
            var signals = watched
            var number: Int32 = 0
            while sigwait(&signals, &number) != 0 {}
            // Held to the end: whoever finds the server gone and comes to clean up must not end the program first.
            lock.lock()
            removeAll()
            Console.printError("\nended by signal \(number); the server is gone and its folder removed")
            _exit(128 + number)
        }
    }

    /// Starts a server that will be gone at the end.
    package func start(
        executable: String, arguments: [String], logPath: String
    ) throws(ClientError) -> ServerProcess {
        // With the lock held, so that no signal finds it started and not yet known.
        lock.lock()
        defer { lock.unlock() }
        // A program that starts thousands does not keep those that ended.
        servers.removeAll { !$0.isRunning }
        let server = try ServerProcess(executable: executable, arguments: arguments, logPath: logPath)
        servers.append(server)
        return server
    }

    /// Makes a folder that will be gone at the end.
    package func makeFolder(name: String) throws(ClientError) -> TemporaryFolder {
        lock.lock()
        defer { lock.unlock() }
        let folder = try TemporaryFolder(name: name)
        folders.append(folder)
        return folder
    }

    /// Kills the servers, then removes the folders. Calling it again does nothing.
    package func run() {
        lock.withLock { removeAll() }
    }

    private func removeAll() {
        for server in servers { server.kill() }
        for folder in folders { folder.remove() }
        servers = []
        folders = []
    }
}
