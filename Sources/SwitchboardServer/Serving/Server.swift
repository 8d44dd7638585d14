import Glibc
import SwitchboardEngine
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTransport
import SwitchboardWire

/// One server: loops, engine, listener and sessions, wired together.
public final class Server: @unchecked Sendable {
    // @unchecked because the loops and the alarms are: nothing here changes after `init` but what guards itself.
    public let configuration: Configuration
    let engine: Engine
    let loops: [EventLoop]
    let registries: [SessionRegistry]
    let table = CommandTables.all
    let startedNanoseconds = SystemClock.monotonicNanoseconds()
    let startedWallMilliseconds = SystemClock.wallMilliseconds()
    let statistics = ServerStatistics()
    public let stopRequest = StopRequest()
    let listener: Listener
    private let alarms: Alarms
    private let memoryReturn: MemoryReturn

    var lane: EventLoop { loops[0] }

    /// Recovers the state, listens, and serves. Returns when connections are accepted.
    ///
    /// Throws a `ServerError` whose description is one clear line: a port in use, a folder that cannot be written or
    /// belongs to a running server, files that cannot be recovered.
    public static func start(_ configuration: Configuration) throws(ServerError) -> Server {
        do {
            return try Server(configuration)
        } catch let error as StorageError {
            throw ServerError(error.message)
        } catch let error as TransportError {
            throw ServerError(error.description)
        } catch {
            throw ServerError("\(error)")
        }
    }

    private init(_ configuration: Configuration) throws {
        self.configuration = configuration
        let limit = FileLimit.raise()
        let most = Listener.defaultMaxConnections
        if most < configuration.maxConnections ?? Self.usualConnections {
            Log.warning(
                "the limit of open files is \(limit.soft) (hard limit \(limit.hard)): no more than \(most) "
                    + "connections at once")
        }
        let folder = try DataFolder(configuration.data)
        let loops = try (0..<configuration.loops).map { try EventLoop(name: "loop-\($0)") }
        self.loops = loops
        registries = loops.map { SessionRegistry($0) }

        var options = EngineOptions()
        options.shards = configuration.shards
        options.wakesJournal = false
        options.mostRequests = configuration.maxRequests
        options.journal.policy = configuration.fsync
        options.snapshotEveryBytes = configuration.snapshotEveryBytes
        options.retention.journalBytes = configuration.journalMaxBytes
        // So that a limit of little more than a segment can be kept.
        options.journal.segmentBytes = min(configuration.segmentBytes, configuration.journalMaxBytes / 8)
        let alarms = Alarms(loops[0])
        self.alarms = alarms
        memoryReturn = MemoryReturn(loops[0])
        let rest = LaneRest(loops[0])
        engine = try Engine.open(
            folder, options: options,
            clock: configuration.clock == .manual ? .manual : .system { SystemClock.wallMilliseconds() },
            lane: loops[0],
            wake: { alarms.setTimers(after: $0) },
            pace: LanePace(rest: { await rest.rest($0) }, askForSpareTime: { alarms.setSpareTime() }),
            onHealth: { alarms.journal(is: $0) },
            onGrown: { alarms.journalHasGrown() },
            onDurable: { record in
                for loop in loops { loop.postGate(to: record.rawValue) }
            })
        let reference = ServerReference()
        listener = try Listener(
            on: loops, host: configuration.bind, port: configuration.port,
            maxConnections: min(configuration.maxConnections ?? most, most),
            refusal: "-BUSY no more connections: the limit is reached\r\n",
            limits: ConnectionLimits(
                maxUnsentBytes: configuration.maxUnsentBytes,
                mostHeldNanoseconds: UInt64(configuration.stallLimitSeconds) * 1_000_000_000),
            serve: { connection in await reference.server?.serve(connection) })
        reference.server = self
        lane.afterJobs = { [journal = engine.journal] in journal.wake() }
        for loop in loops {
            // What was recovered is on disk.
            loop.postGate(to: engine.recovered.last.rawValue)
            loop.start()
        }
        begin()
    }

    private func begin() {
        let begun = Latch()
        _ = lane.task { [engine] in
            await engine.balancer.begin()
            begun.open()
        }
        begun.wait()
        alarms.start(
            engine, everySeconds: configuration.snapshotEverySeconds, checkEverySeconds: selfCheckSeconds)
        listener.start()
    }

    /// What was found on disk, for the ready line.
    var recoveredText: String {
        let report = engine.recovered
        let snapshot = report.snapshot.map { "snapshot of record \($0.rawValue)" } ?? "no snapshot"
        return "\(snapshot), \(report.recordsReplayed) records replayed"
    }

    /// The life of one connection, on its loop.
    private func serve(_ connection: Connection) async {
        let session = Session(connection, self)
        guard let place = loops.firstIndex(where: { $0 === connection.loop }) else { return }
        statistics.connections.add(1, ordering: .relaxed)
        await registries[place].run(session)
        memoryReturn.connectionEnded()
    }

    /// How long the end waits for clients to take their last replies.
    private static let patienceNanoseconds: UInt64 = 5_000_000_000
    /// A limit of open files that does not allow so many connections is worth a line at the start.
    private static let usualConnections = 10_000

    /// Ends cleanly: no new connections, what was accepted is answered, a last snapshot unless `saving` is false.
    /// Blocks, so not on a loop. Returns whether all that was done is on disk.
    public func stop(saving: Bool) -> Bool {
        listener.stop()
        alarms.stop()
        let deadline = SystemClock.monotonicNanoseconds() + Self.patienceNanoseconds
        runOnLane { [registries] in
            for registry in registries { await registry.endAll() }
        }
        while listener.connectionCount > 0, SystemClock.monotonicNanoseconds() < deadline { usleep(1000) }
        runOnLane { [engine] in
            guard saving else { return }
            // A failure was logged; the journal holds everything all the same.
            do { try await engine.snapshotter.save(isLast: true) } catch { return }
        }
        let isSafe = engine.close()
        for loop in loops {
            loop.stop()
            loop.join()
        }
        return isSafe
    }

    /// Seconds between checks of the state; 0: none are made by themselves. On a manual clock nothing happens by itself.
    var selfCheckSeconds: Int { configuration.clock == .manual ? 0 : configuration.selfCheckSeconds }

    /// The period of snapshots, which may be changed while the server runs.
    func snapshotEverySeconds() async -> Int { await alarms.period() }
    func setSnapshotEvery(_ seconds: Int) async { await alarms.setPeriod(seconds) }

    private func runOnLane(_ body: @escaping @Sendable () async -> Void) {
        let done = Latch()
        _ = lane.task {
            await body()
            done.open()
        }
        done.wait()
    }
}

/// Why a server could not start: one clear line.
public struct ServerError: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Lets the listener's closure reach the server that is made after it.
private final class ServerReference: @unchecked Sendable {
    // @unchecked because it is set once, before the loops that read it start.
    weak var server: Server?
}
