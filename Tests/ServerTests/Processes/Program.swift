import Glibc
import SwitchboardClient
import SwitchboardPlatform

/// A program that is run to its end, with what it printed.
struct Program {
    /// The exit status; -1 when a signal ended it, as when it took too long.
    let status: Int32
    let output: String
    let errors: String

    /// Runs `name`, found in PATH, with `input` as its standard input; kills it after `timeoutSeconds`.
    static func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [], timeoutSeconds: UInt64 = 60
    ) throws -> Program {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let (given, output, errors) = (folder.path + "/in", folder.path + "/out", folder.path + "/err")
        try write(input, to: given)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, given, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        var words = ([name] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id = pid_t()
        let code = posix_spawnp(&id, name, &actions, nil, &words, environ)
        guard code == 0 else { throw Failure(description: "cannot start \(name): \(String(cString: strerror(code)))") }

        let deadline = SystemClock.monotonicNanoseconds() + timeoutSeconds * 1_000_000_000
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) != id {
            if SystemClock.monotonicNanoseconds() > deadline {
                kill(id, SIGKILL)
                waitpid(id, &status, 0)
                break
            }
            usleep(2000)
        }
        return Program(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1, output: try read(output), errors: try read(errors))
    }

    /// Whether a shell finds `name` and `check`, a shell command, succeeds.
    static func isThere(_ name: String, check: String = "true") -> Bool {
        (try? run("/bin/sh", ["-c", "command -v \(name) && \(check)"]).status) == 0
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        guard descriptor >= 0, bytes.isEmpty || Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Failure(description: "cannot write \(path)")
        }
    }

    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "re") else { throw Failure(description: "cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

/// The clients that the tests of processes drive; `.ci/run` installs them all.
enum Tools {
    /// Whether this process, and so the server beside it, runs under the thread sanitizer.
    static let isThreadSanitized = dlsym(dlopen(nil, RTLD_NOW), "__tsan_init") != nil
    static let hasRedis = Program.isThere("redis-cli") && Program.isThere("redis-benchmark")
    static let hasNetcat = Program.isThere("nc")
    static let hasTelnet = Program.isThere("telnet")
    static let hasPython = Program.isThere("python3")
    static let hasPythonRedis = Program.isThere("python3", check: "python3 -c 'import redis'")

    /// A script in `Tests/ServerTests/Clients`.
    static func script(_ name: String) -> String {
        let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        return here.joined(separator: "/") + "/Clients/" + name
    }
}
