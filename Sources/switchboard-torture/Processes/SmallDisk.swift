import CLinux
import Glibc
import SwitchboardClient
import SwitchboardPlatform

/// A server whose disk is full for a while, again and again, under load: writes are refused, reads go on, and when room
/// comes back it goes on by itself with nothing lost.
final class SmallDisk {
    /// How the disk is made small.
    enum Kind: String {
        /// A memory file system of a few MiB, filled by another file.
        case tmpfs
        /// Where mounting is not allowed: the server's files may not be written beyond a limit.
        case limit
    }

    private(set) var kind = Kind.tmpfs
    private(set) var rounds = 0
    private(set) var refused = 0
    private(set) var totals = Totals()
    private let executable: String
    private let folder: TemporaryFolder
    private let audit: Audit
    private let wanted: Kind?

    private let cleanUp: CleanUp

    private static let bytes = 12 << 20

    /// Without a `wanted` kind a tmpfs, where that is allowed.
    init(executable: String, seed: UInt64, _ wanted: Kind?, _ cleanUp: CleanUp) throws(ClientError) {
        self.executable = executable
        self.wanted = wanted
        self.cleanUp = cleanUp
        folder = try cleanUp.makeFolder(name: "switchboard-torture")
        audit = Audit(writers: 4, seed: seed, exactWindow: 1)
    }

    private var data: String { "\(folder.path)/data" }
    private var filler: String { "\(data)/filler" }

    func run(rounds wanted: Int, _ progress: (String) -> Void) throws {
        mkdir(data, 0o700)
        kind = self.wanted != .limit && mountMemory() ? .tmpfs : .limit
        defer { if kind == .tmpfs { umount(data) } }
        progress(
            kind == .tmpfs
                ? "a full disk: a tmpfs of \(Self.bytes >> 20) MiB"
                : "a full disk: a file-size limit (RLIMIT_FSIZE), as no file system may be mounted or none is wanted")
        var (server, port) = try start()
        defer { server.kill() }
        try audit.setUp(port)
        while rounds < wanted, totals.problems.isEmpty {
            try round(server, port)
            rounds += 1
            guard rounds % 2 == 0 else { continue }
            // What was answered is there after a kill, too.
            server.kill()
            (server, port) = try start()
            let digest = try audit.check(port, &totals)
            server.kill()
            (server, port) = try start()
            totals.digests += 1
            if try LineClient(host: "127.0.0.1", port: port).digest() != digest {
                totals.problems.append("the digest is another one after a further start")
            }
        }
        refused += audit.refusedForDisk
    }

    /// Puts a small file system over the data folder, in a name space of this thread and its children: it goes with
    /// them, however they end.
    private func mountMemory() -> Bool {
        let newMountNames: Int32 = 0x0002_0000  // CLONE_NEWNS
        let recursivelyPrivate: UInt = 0x4000 | 0x4_0000  // MS_REC, MS_PRIVATE
        guard unshare(newMountNames) == 0, mount("none", "/", nil, recursivelyPrivate, nil) == 0 else { return false }
        return mount("none", data, "tmpfs", 0, "size=\(Self.bytes)") == 0
    }

    private func start() throws -> (ServerProcess, UInt16) {
        let server = try cleanUp.start(
            executable: executable,
            arguments: [
                "serve", "--port", "0", "--data", data, "--clock", "manual", "--segment-bytes", "131072",
                "--snapshot-every", "1s",
            ], logPath: "\(folder.path)/log")
        return (server, try server.waitUntilReady())
    }

    private func round(_ server: ServerProcess, _ port: UInt16) throws {
        let load = audit.load
        load.start(port: port)
        let client = try LineClient(host: "127.0.0.1", port: port, replyTimeoutSeconds: 30)
        var before = audit.acknowledged
        try wait("no request was answered") { audit.acknowledged > before + 300 }
        try takeRoom(server)
        try wait("the journal did not notice the full disk") { try health(client) == "failed" }
        // Reads of what is on disk go on, and a refusal says why.
        _ = try client.demand(["PING"])
        _ = try client.demand(["TICKET", "SHOW", String(HelpDeskSetUp.quietTicket)])
        for number in 0..<50 {
            let reply = try client.request(["DEPT", "ADD", "new\(number)"])
            guard case .refusal(let why) = reply, why.hasPrefix("MISCONF ") else {
                throw ClientError(.reply, "a write on a full disk: \(reply.text())")
            }
            refused += 1
        }
        try giveRoom(server)
        try wait("the server does not go on") { try health(client) == "ok" }
        before = audit.acknowledged
        try wait("no request is answered since there is room") { audit.acknowledged > before + 300 }
        load.stop()
        _ = try audit.check(port, &totals)
    }

    private func takeRoom(_ server: ServerProcess) throws {
        guard kind == .tmpfs else { return try limit(server, "0:") }
        let file = open(filler, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 1 << 16)
        while write(file, page, page.count) == page.count {}
    }

    private func giveRoom(_ server: ServerProcess) throws {
        if kind == .tmpfs { unlink(filler) } else { try limit(server, "unlimited:") }
    }

    private func limit(_ server: ServerProcess, _ bytes: String) throws {
        let program = try ServerProcess(
            executable: "prlimit", arguments: ["--pid", String(server.processID), "--fsize=\(bytes)"])
        try wait("prlimit does not end") { !program.isRunning }
    }

    private func health(_ client: LineClient) throws -> String {
        let text = try client.demand(["INFO", "persistence"]).text(limit: 10_000)
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("journal_health:") } ?? ""
        return String(line.dropFirst("journal_health:".count))
    }

    private func wait(_ otherwise: String, _ condition: () throws -> Bool) throws {
        let deadline = SystemClock.monotonicNanoseconds() + 30_000_000_000
        while try !condition() {
            guard SystemClock.monotonicNanoseconds() < deadline else { throw ClientError(.process, otherwise) }
            usleep(5000)
        }
    }
}
