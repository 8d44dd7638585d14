import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import Synchronization

/// Writes snapshots: takes an image of all state in one turn of the lane, then has a `SnapshotJob` written on a
/// thread of its own while the lane goes on. One at a time.
public actor Snapshotter: LaneBound {
    /// Whether somebody waits for a snapshot.
    public enum Urgency: Sendable {
        /// Nobody does: it is written with processor time that nobody else wants, unless it then gets none.
        case whenIdle
        case awaited
    }

    /// What is known of snapshots.
    public struct Status: Sendable {
        public var isRunning = false
        /// Real time in milliseconds since 1970 of the last one that was finished, by this server or before it.
        public var lastMilliseconds: Int64?
        public var lastRecord = LogSequenceNumber.none
        public var lastDurationMilliseconds: Int64?
        public var lastBytes: Int?
        public var lastError: String?
    }

    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    private let folder: DataFolder
    private let journal: Journal
    private let balancer: LoadBalancer
    private let worker = Worker(name: "snapshot", priority: .background)
    private let idleWorker = Worker(name: "snapshot-idle", priority: .idle)
    /// Somebody waits for the snapshot under way after all.
    private let isAwaited = Atomic(false)
    private let schedule: SnapshotSchedule
    private var retention: Retention
    private var status = Status()
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        _ folder: DataFolder, journal: Journal, balancer: LoadBalancer, recovered: Recovery.Report,
        options: EngineOptions, on lane: Lane
    ) {
        schedule = SnapshotSchedule(options)
        retention = options.retention
        if let snapshot = recovered.snapshot { retention.trust(snapshot) }
        self.folder = folder
        self.journal = journal
        self.balancer = balancer
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
        status.lastMilliseconds = recovered.snapshotCreatedMilliseconds
        status.lastRecord = recovered.snapshot ?? .none
    }

    public func current() -> Status { status }

    /// Writes a snapshot of the state as it is now and returns when it is on disk. While another one is being written
    /// it waits for that first.
    public func save(_ urgency: Urgency) async throws(StorageError) {
        while status.isRunning {
            if urgency == .awaited { isAwaited.store(true, ordering: .relaxed) }
            await withCheckedContinuation { waiting.append($0) }
        }
        status.isRunning = true
        isAwaited.store(urgency == .awaited, ordering: .relaxed)
        let start = SystemClock.monotonicNanoseconds()
        let created = SystemClock.wallMilliseconds()
        let image = await balancer.image()
        guard image.routing.lastRecord != .none else {
            status.lastMilliseconds = created
            return finish()
        }
        let result = await write(
            SnapshotJob(
                image: image, createdMilliseconds: created, last: status.lastRecord, folder: folder, journal: journal))
        let (folder, journal, schedule, retention) = (folder, journal, schedule, retention)
        defer { finish() }
        let kept = await worker.run {
            Self.keep(result, retention, image.routing.lastRecord, schedule, folder, journal)
        }
        self.retention = kept
        switch result {
        case .success(nil):
            status.lastMilliseconds = created
            status.lastError = nil
        case .success(let bytes):
            status.lastMilliseconds = created
            status.lastRecord = image.routing.lastRecord
            status.lastBytes = bytes
            status.lastError = nil
            status.lastDurationMilliseconds = Int64((SystemClock.monotonicNanoseconds() - start) / 1_000_000)
        case .failure(let error):
            status.lastError = error.message
            Log.error("a snapshot could not be written: \(error.message)")
            throw error
        }
    }

    private func write(_ job: SnapshotJob) async -> Result<Int?, StorageError> {
        if !isAwaited.load(ordering: .relaxed) {
            let result = await idleWorker.run { [unowned self] in
                let patience = Patience()
                return job.write { !self.isAwaited.load(ordering: .relaxed) && patience.lasts() }
            }
            if let result { return result }
        }
        return await worker.run { job.write { true } } ?? .failure(StorageError(.closed, "a snapshot was given up"))
    }

    /// Lets those who waited for this snapshot go on.
    private func finish() {
        status.isRunning = false
        let waited = waiting
        waiting.removeAll()
        for continuation in waited { continuation.resume() }
    }

    /// Ends the threads. No snapshot may be asked for after that.
    nonisolated func close() {
        idleWorker.close()
        worker.close()
    }

    /// Drops what is no longer needed, and says how far the journal may grow until the next snapshot.
    private static func keep(
        _ result: Result<Int?, StorageError>, _ retention: Retention, _ record: LogSequenceNumber,
        _ schedule: SnapshotSchedule, _ folder: DataFolder, _ journal: Journal
    ) -> Retention {
        var retention = retention
        var bytesLeft = schedule.bytesAfterFailure
        do throws(StorageError) {
            if case .success = result {
                try folder.requireHeld()
                retention.trust(record)
                try retention.apply(to: folder, journal)
                bytesLeft = try schedule.bytesLeft(after: nil, in: folder)
            }
        } catch {
            Log.error("old snapshots and journal files could not be removed: \(error.message)")
        }
        journal.expectGrowth(of: bytesLeft)
        return retention
    }
}
