import Glibc
import SwitchboardClient
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTestKit

/// Writers, a server that is killed again and again, and a check after each time.
final class ProcessTorture {
    struct Options {
        var executable = ""
        var cycles = 500
        /// No new cycle is begun after so many seconds.
        var seconds = 3600
        var seed: UInt64 = 1
        var writers = 4
        /// Cycles after which all is compared once more and a new folder is begun.
        var renewEvery = 25
        var planted: Planted?
    }

    /// What a broken server would do, done behind its back, to see that it is found.
    enum Planted: String, CaseIterable {
        /// Cuts bytes off the journal.
        case loss
        /// Sends once more what was acknowledged.
        case double
    }

    private(set) var cycles = 0
    private(set) var kills: [Aim: Int] = [:]
    private(set) var totals = Totals()

    private let options: Options
    private let cleanUp: CleanUp
    private var chance: SeededChance
    private var folder: TemporaryFolder
    private var audit: Audit
    /// How long the last start took.
    private var startMicroseconds: UInt64 = 20_000

    init(_ options: Options, _ cleanUp: CleanUp) throws(ClientError) {
        self.options = options
        self.cleanUp = cleanUp
        chance = SeededChance(seed: options.seed)
        folder = try cleanUp.makeFolder(name: "switchboard-torture")
        audit = Audit([], Keeper(seed: 0))
    }

    /// Runs until all cycles are done, time is up or something is wrong; calls `progress` after each cycle.
    func run(_ progress: () -> Void) throws {
        let deadline = SystemClock.monotonicNanoseconds() + UInt64(options.seconds) * 1_000_000_000
        while cycles < options.cycles, totals.problems.isEmpty, SystemClock.monotonicNanoseconds() < deadline {
            if cycles % options.renewEvery == 0 { try renew() }
            try cycle()
            cycles += 1
            progress()
        }
        try finishFolder()
    }

    // MARK: One cycle

    private func cycle() throws {
        let aim = Aim.allCases.randomElement(using: &chance) ?? .load
        var (server, port) = try start()
        let client = try LineClient(host: "127.0.0.1", port: port)
        let load = audit.load
        load.start(port: port)
        try wait(for: aim, client, server)
        server.kill()
        load.join()
        kills[aim, default: 0] += 1
        if options.planted == .loss { plantLoss() }
        if aim == .recovery { try killRecoveries() }

        (server, port) = try start()
        if options.planted == .double { try audit.plantDouble(port) }
        let digest = try audit.check(port, &totals)
        // A further start, clean or not, gives the same state.
        if Bool.random(using: &chance) { server.kill() } else { server.terminate() }
        (server, port) = try start()
        let again = try LineClient(host: "127.0.0.1", port: port).digest()
        totals.digests += 1
        if digest != again { totals.problems.append("the digest was \(digest) and is \(again) after a further start") }
        server.kill()
    }

    private func start() throws -> (ServerProcess, UInt16) {
        let begin = SystemClock.monotonicNanoseconds()
        let server = try launch()
        let port = try server.waitUntilReady()
        startMicroseconds = (SystemClock.monotonicNanoseconds() - begin) / 1000
        return (server, port)
    }

    private func launch() throws -> ServerProcess {
        // Files of every size, so that several changes of files come in one life, or none.
        let segment = [1 << 14, 1 << 16, 1 << 18, 1 << 20].randomElement(using: &chance) ?? 1 << 16
        return try cleanUp.start(
            executable: options.executable,
            arguments: [
                "serve", "--port", "0", "--data", data, "--clock", "manual", "--segment-bytes", String(segment),
                "--snapshot-every", Bool.random(using: &chance) ? "1s" : "0",
                "--shards", String(Int.random(in: 1...5, using: &chance)),
                "--loops", String(Int.random(in: 1...2, using: &chance)),
            ],
            logPath: "\(folder.path)/log")
    }

    private var data: String { "\(folder.path)/data" }

    /// Returns at the moment at which the server is to be killed.
    private func wait(for aim: Aim, _ client: LineClient, _ server: ServerProcess) throws {
        let watch = DataFolderWatch(path: data)
        switch aim {
        case .load, .recovery:
            sleep(milliseconds: 20...400)
        case .snapshot:
            sleep(milliseconds: 20...300)
            _ = try client.request(["BGSAVE"])
            _ = watch.waitForName(milliseconds: 200) { $0.hasPrefix("snapshot-") }
            sleep(milliseconds: 0...12)
        case .segment:
            sleep(milliseconds: 20...200)
            _ = watch.waitForName(milliseconds: 300) { $0.hasPrefix("journal-") }
            if Bool.random(using: &chance) { sleep(milliseconds: 0...2) }
        case .ending:
            sleep(milliseconds: 20...300)
            Glibc.kill(server.processID, SIGTERM)
            sleep(milliseconds: 0...40)
        case .start:
            sleep(milliseconds: 0...15)
        }
    }

    private func killRecoveries() throws {
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
            let server = try launch()
            usleep(UInt32(UInt64.random(in: 0...(startMicroseconds * 5 / 4), using: &chance)))
            server.kill()
        }
    }

    private func sleep(milliseconds: ClosedRange<UInt32>) {
        usleep(UInt32.random(in: (milliseconds.lowerBound * 1000)...(milliseconds.upperBound * 1000), using: &chance))
    }

    // MARK: Folders

    /// A new folder, departments and agents, and writers who know nothing yet.
    private func renew() throws {
        if cycles > 0 { try finishFolder() }
        folder.remove()
        folder = try cleanUp.makeFolder(name: "switchboard-torture")
        audit = Audit(writers: options.writers, seed: chance.next())
        let (server, port) = try start()
        try audit.setUp(port)
        server.kill()
    }

    /// Compares everything, not only what was touched last.
    private func finishFolder() throws {
        guard totals.problems.isEmpty else { return }
        audit.touchAll()
        let (server, port) = try start()
        _ = try audit.check(port, &totals)
        if server.terminate() != 0 { totals.problems.append("SIGTERM did not end the server with status 0") }
    }

    private func plantLoss() {
        let names = DataFolderWatch(path: data).names.filter { $0.hasPrefix("journal-") && $0.hasSuffix(".log") }
        guard let last = names.max() else { return }
        // Half of what was written, zeros behind it apart.
        let path = "\(data)/\(last)"
        guard var scan = try? SegmentScan(path) else { return }
        defer { scan.close() }
        while case .record? = try? scan.step() {}
        truncate(path, max(20, scan.offset / 2))
    }
}
