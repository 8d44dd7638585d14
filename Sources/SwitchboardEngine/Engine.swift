import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// How an engine is set up.
public struct EngineOptions: Sendable {
    public var shards = 4
    /// How many requests with an id of their own (`rid=`) are remembered at most.
    public var mostRequests = 1_000_000
    public var journal = JournalOptions()
    /// Whether each turn of the lane wakes the journal's thread. If not, whoever runs the lane calls `journal.wake()` when
    /// several turns are done.
    public var wakesJournal = true
    public var retention = Retention()
    /// Bytes of journal after a snapshot that ask for the next one; 0: none do.
    public var snapshotEveryBytes = 1 << 30

    public init() {}
}

/// The actors of one server, put together: recovered from the data folder and ready for requests.
public struct Engine: Sendable {
    public let balancer: LoadBalancer
    public let snapshotter: Snapshotter
    public let journal: Journal
    public let folder: DataFolder
    public let recovered: Recovery.Report
    public let checker: SelfChecker

    /// Recovers the state from `folder` and puts the actors on `lane`.
    ///
    /// - Parameters:
    ///   - wake: asks for a call of `balancer.fireTimers()` after that long; `nil`: no timer is set any more.
    ///   - pace: how questions of many tickets, and what they are looked up in, give way to other work.
    ///   - onHealth: called on the journal's thread when the disk begins to refuse, refuses for another reason, or works
    ///     again: time for `balancer.noteInterruption()`.
    ///   - onGrown: called on the journal's thread when the journal has grown so far that it is time for
    ///     `snapshotter.save()`. Not called again before that is done.
    ///   - onDurable: called on the journal's thread when everything up to that record is durable.
    public static func open(
        _ folder: DataFolder, options: EngineOptions, clock: ClockSource, lane: Lane,
        wake: @escaping @Sendable (TimeSpan?) -> Void,
        pace: LanePace = .simple,
        onHealth: @escaping @Sendable (JournalHealth) -> Void = { _ in },
        onGrown: @escaping @Sendable () -> Void = {},
        onDurable: @escaping @Sendable (LogSequenceNumber) -> Void
    ) throws(StorageError) -> Engine {
        let state = RecoveredState(shards: options.shards)
        let report = try Recovery.run(folder, into: state)
        let builder = state.take()
        let tables = builder.shards
        let routing = builder.intoRouting()
        precondition(routing.lastRecord == report.last, "the state is at \(routing.lastRecord.rawValue)")
        let journal = try Journal(
            folder: folder, options: options.journal, after: report.last, onHealth: onHealth, onGrown: onGrown,
            onDurable: onDurable)
        let timekeeper = Timekeeper(clock, start: routing.lastTime ?? .manualStart, wake: wake)
        let balancer = LoadBalancer(
            routing, tables, journal: journal, timekeeper: timekeeper, options: options, pace: pace, on: lane)
        let snapshotter = Snapshotter(
            folder, journal: journal, balancer: balancer, recovered: report, layout: state.layout, options: options,
            on: lane)
        journal.expectGrowth(of: try SnapshotSchedule(options).bytesLeft(replayed: report.bytesReplayed, in: folder))
        return Engine(
            balancer: balancer, snapshotter: snapshotter, checker: SelfChecker(balancer, journal: journal, on: lane),
            journal: journal, folder: folder, recovered: report)
    }

    private init(
        balancer: LoadBalancer, snapshotter: Snapshotter, checker: SelfChecker, journal: Journal, folder: DataFolder,
        recovered: Recovery.Report
    ) {
        self.checker = checker
        self.balancer = balancer
        self.snapshotter = snapshotter
        self.journal = journal
        self.folder = folder
        self.recovered = recovered
    }

    /// Recomputes everything from the tickets of one moment and compares. Runs beside the lane, over an image.
    public func verify() async -> (result: Verification, shows: LogSequenceNumber) {
        await checker.check(wasAsked: true)
    }

    /// Ends the threads: what was appended is written and synced first. The lane must serve nothing any more. Blocks,
    /// so not on the lane. Returns whether all that was appended is on disk.
    @discardableResult
    public func close() -> Bool {
        snapshotter.close()
        checker.close()
        defer { folder.release() }
        return journal.close()
    }
}
