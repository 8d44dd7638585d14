import Glibc
import SwitchboardPlatform

/// A server in a process of its own, for the demo and for tests.
///
/// It has a process group of its own, so that Ctrl-C at a terminal reaches only its starter, who then decides.
/// Whoever starts one must end it with `kill` or `terminate`; one that is forgotten is killed with the last reference.
package final class ServerProcess: @unchecked Sendable {
    // @unchecked because all that changes, `status`, is guarded by `lock`: the thread that waits for signals may kill
    // the process while its starter uses it.
    package let processID: pid_t

    private let lock = Lock()
    /// What `waitpid` gave; `nil` while the process has not been reaped and its id is surely still its own.
    private var status: Int32?
    private let output: Int32
    private let logPath: String?

    /// Starts `executable`, a path or a name to be found in PATH, with `arguments`; the first of them is its first
    /// argument, not its name. Its standard error is appended to the file `logPath`, or goes where ours goes.
    package init(executable: String, arguments: [String], logPath: String? = nil) throws(ClientError) {
        // A socket pair and not a pipe, because it can be made close-on-exec at once: a copy that a server started at
        // the same moment inherits would hide the end of this one.
        var pipe: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pipe) == 0 else {
            throw ClientError(.process, "cannot make a socket pair: \(errorText(errno))")
        }
        defer { close(pipe[1]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        if let logPath { posix_spawn_file_actions_addopen(&actions, 2, logPath, O_WRONLY | O_CREAT | O_APPEND, 0o600) }

        // The starter may block or ignore signals; the server must not begin with that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &pipeSignal)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var words = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id = pid_t()
        let code = posix_spawnp(&id, executable, &actions, &attributes, &words, environ)
        guard code == 0 else {
            close(pipe[0])
            throw ClientError(.process, "cannot start \(executable): \(errorText(code))")
        }
        processID = id
        output = pipe[0]
        self.logPath = logPath
    }

    deinit {
        kill()
        close(output)
    }

    /// Waits for the line `switchboard ready on <address>:<port> …` on standard output and returns the port.
    ///
    /// Throws when the process ends first, or has not said so in time; it still needs to be killed then.
    package func waitUntilReady(timeoutSeconds: Int = 60) throws(ClientError) -> UInt16 {
        let deadline = SystemClock.monotonicNanoseconds() + UInt64(timeoutSeconds) * 1_000_000_000
        var line: [UInt8] = []
        while true {
            let now = SystemClock.monotonicNanoseconds()
            guard now < deadline else {
                throw ClientError(.process, "the server is not ready after \(timeoutSeconds) s\(logEnd)")
            }
            var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, Int32((deadline - now) / 1_000_000) + 1) > 0 else { continue }
            var byte: UInt8 = 0
            guard read(output, &byte, 1) == 1 else {
                throw ClientError(.process, "the server ended before it was ready\(logEnd)")
            }
            guard byte == 10 else {
                line.append(byte)
                continue
            }
            if let port = ServerProcess.port(inReadyLine: String(decoding: line, as: UTF8.self)) { return port }
            line.removeAll()
        }
    }

    /// The port in a line that says that the server is ready; `nil` for any other line.
    package static func port(inReadyLine line: String) -> UInt16? {
        let words = line.split(separator: " ")
        guard words.count >= 4, words[0...2].elementsEqual(["switchboard", "ready", "on"]) else { return nil }
        guard let colon = words[3].lastIndex(of: ":") else { return nil }
        return UInt16(words[3][words[3].index(after: colon)...].prefix { $0.isNumber })
    }

    /// Ends it with SIGKILL, as a power failure would, and returns when it is gone. Does nothing when it is gone already.
    package func kill() { end(with: SIGKILL) }

    /// Ends it with SIGTERM and returns when it is gone: its exit status, or `nil` when a signal ended it.
    /// Kills it when it is still there after `timeoutSeconds`.
    @discardableResult
    package func terminate(timeoutSeconds: Int = 60) -> Int32? {
        lock.withLock {
            if status == nil { _ = Glibc.kill(processID, SIGTERM) }
        }
        let deadline = SystemClock.monotonicNanoseconds() + UInt64(timeoutSeconds) * 1_000_000_000
        while isRunning, SystemClock.monotonicNanoseconds() < deadline { usleep(5000) }
        kill()
        let ended = lock.withLock { status } ?? 0
        return ended & 0x7F == 0 ? (ended >> 8) & 0xFF : nil
    }

    package var isRunning: Bool {
        lock.withLock {
            guard status == nil else { return false }
            var result: Int32 = 0
            guard waitpid(processID, &result, WNOHANG) == processID else { return true }
            status = result
            return false
        }
    }

    private func end(with signal: Int32) {
        lock.withLock {
            guard status == nil else { return }
            _ = Glibc.kill(processID, signal)
            var result: Int32 = 0
            while waitpid(processID, &result, 0) < 0, errno == EINTR {}
            status = result
        }
    }

    /// The last line of the server's log, for an error message.
    private var logEnd: String {
        guard let logPath, let file = try? CompressedFile(path: logPath) else { return "" }
        var last: [UInt8] = []
        var line: [UInt8] = []
        while (try? file.readLine(into: &line)) == true {
            last = line
            line.removeAll()
        }
        return last.isEmpty ? "" : ": " + String(decoding: last, as: UTF8.self)
    }
}
