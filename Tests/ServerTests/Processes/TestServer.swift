import Glibc
import SwitchboardClient
import SwitchboardPlatform

/// The built server in a process of its own, with a data folder that goes with the last reference.
final class TestServer {
    let data: TemporaryFolder
    private(set) var port: UInt16 = 0
    private let options: [String]
    private var process: ServerProcess

    /// Next to the bundle of these tests, which is mapped into this process.
    static let executable: String = {
        let maps = (try? Program.read("/proc/self/maps")) ?? ""
        let line = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") } ?? ""
        let bundle = line.drop { $0 != "/" }
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/switchboard"
    }()

    /// Starts `switchboard serve` on a free port with `options` and waits until it is ready.
    convenience init(_ options: String...) throws { try self.init(options) }

    /// As above.
    init(_ options: [String]) throws {
        data = try TemporaryFolder(name: "switchboard-test")
        self.options = options
        process = try Self.launch(data, options)
        port = try process.waitUntilReady()
    }

    deinit {
        process.kill()
        data.remove()
    }

    private static func launch(_ data: TemporaryFolder, _ options: [String]) throws -> ServerProcess {
        try ServerProcess(
            executable: executable, arguments: ["serve", "--port", "0", "--data", data.path + "/data"] + options,
            logPath: data.path + "/log.txt")
    }

    var folder: String { data.path + "/data" }
    var processID: pid_t { process.processID }
    var isRunning: Bool { process.isRunning }

    /// What it wrote to standard error, over all its lives.
    var log: String { (try? Program.read(data.path + "/log.txt")) ?? "" }

    func client() throws -> LineClient { try LineClient(host: "127.0.0.1", port: port) }

    /// Starts it again on the same folder; it must have ended. With other `options` in place of the first ones.
    func start(_ options: [String]? = nil) throws {
        precondition(!process.isRunning, "the server is running")
        process = try Self.launch(data, options ?? self.options)
        port = try process.waitUntilReady()
    }

    /// As a power failure would.
    func kill() { process.kill() }

    /// By a signal, SIGTERM for one; the exit status.
    func terminate() -> Int32? { process.terminate() }

    /// Sends `signal` and does not wait.
    func send(_ signal: Int32) { Glibc.kill(process.processID, signal) }

    /// Waits until it has ended by itself, at most so long; the exit status, -1 when it had to be killed.
    func waitForEnd(seconds: UInt64 = 30) -> Int32 {
        let deadline = SystemClock.monotonicNanoseconds() + seconds * 1_000_000_000
        while process.isRunning, SystemClock.monotonicNanoseconds() < deadline { usleep(2000) }
        guard !process.isRunning else {
            process.kill()
            return -1
        }
        return process.terminate() ?? -1
    }

    /// Calls `condition` until it holds, at most for `seconds`; whether it did.
    static func wait(seconds: UInt64 = 20, _ condition: () throws -> Bool) rethrows -> Bool {
        let deadline = SystemClock.monotonicNanoseconds() + seconds * 1_000_000_000
        while SystemClock.monotonicNanoseconds() < deadline {
            if try condition() { return true }
            usleep(5000)
        }
        return try condition()
    }

    /// How many descriptors it has open.
    var descriptorCount: Int {
        guard let folder = opendir("/proc/\(processID)/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count - 2
    }

    /// Kilobytes of a line of `/proc/<id>/status`, such as `VmRSS`.
    func kilobytes(_ name: String) -> Int {
        let status = (try? Program.read("/proc/\(processID)/status")) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}

extension LineClient {
    /// A request of words separated by spaces, for what needs no quoting.
    func ask(_ request: String) throws -> Reply { try self.request(request.split(separator: " ").map(String.init)) }

    /// As `ask`, for what must succeed.
    @discardableResult
    func tell(_ request: String) throws -> Reply { try demand(request.split(separator: " ").map(String.init)) }

    /// The digest of the state, after a check that everything in it is right.
    func digest() throws -> String {
        let verification = try demand(["VERIFY"]).json
        guard verification?["ok"]?.bool == true else { throw Program.Failure(description: "\(verification ?? .null)") }
        return verification?["digest"]?.string ?? ""
    }
}
