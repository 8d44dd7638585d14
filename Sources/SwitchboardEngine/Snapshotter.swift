import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// Writes snapshots: takes an image of all state in one turn of the lane, then encodes, deflates and writes it on a
/// thread of its own while the lane goes on. One at a time.
public actor Snapshotter: LaneBound {
    /// What is known of snapshots.
    public struct Status: Sendable {
        public var isRunning = false
        /// Real time in milliseconds since 1970 of the last one that was finished, by this server or before it.
        public var lastMilliseconds: Int64?
        public var lastRecord = LogSequenceNumber.none
        public var lastDurationMilliseconds: Int64?
        public var lastBytes: Int?
        /// Of `lastBytes`: what had not changed since the one before and was taken over from there.
        public var lastCopiedBytes: Int?
        public var lastError: String?
    }

    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    private let folder: DataFolder
    private let journal: Journal
    private let balancer: LoadBalancer
    private let worker = Worker(name: "snapshot")
    private let schedule: SnapshotSchedule
    private var retention: Retention
    private var status = Status()
    /// Of the last one that this process read or wrote.
    private var layout: SnapshotLayout?
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        _ folder: DataFolder, journal: Journal, balancer: LoadBalancer, recovered: Recovery.Report,
        layout: SnapshotLayout?, options: EngineOptions, on lane: Lane
    ) {
        schedule = SnapshotSchedule(options)
        retention = options.retention
        if let snapshot = recovered.snapshot { retention.trust(snapshot) }
        self.folder = folder
        self.journal = journal
        self.balancer = balancer
        self.layout = layout
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
        status.lastMilliseconds = recovered.snapshotCreatedMilliseconds
        status.lastRecord = recovered.snapshot ?? .none
    }

    public func current() -> Status { status }

    /// Writes a snapshot of the state as it is now and returns when it is on disk. While another one is being written
    /// it waits for that first.
    ///
    /// - Parameter isLast: the server ends and only waits for this, so it is not left to spare time.
    public func save(isLast: Bool = false) async throws(StorageError) {
        while status.isRunning { await withCheckedContinuation { waiting.append($0) } }
        status.isRunning = true
        let start = SystemClock.monotonicNanoseconds()
        let created = SystemClock.wallMilliseconds()
        let image = await balancer.image()
        let mark = journal.durableBytes
        guard image.routing.lastRecord != .none else {
            status.lastMilliseconds = created
            return finish()
        }
        let (folder, journal, last, schedule, retention) = (folder, journal, status.lastRecord, schedule, retention)
        let layout = layout
        let worker = isLast ? Worker(name: "last-snapshot", inSpareTime: false) : worker
        defer { if isLast { worker.close() } }
        let result = await worker.run {
            // One of this very state may be there already, if nobody took it away.
            let isThere = image.routing.lastRecord == last && (try? folder.snapshots().contains(last)) == true
            return isThere
                ? .success(nil)
                : journal.besideLongWork {
                    Self.write(image, created, since: layout, to: folder, journal, schedule, isLast: isLast)
                }
        }
        defer { finish() }
        let kept = await worker.run {
            Self.keep(result, retention, image.routing.lastRecord, since: mark, schedule, folder, journal)
        }
        self.retention = kept
        switch result {
        case .success(nil):
            status.lastMilliseconds = created
            status.lastError = nil
        case .success(let written?):
            self.layout = written.layout
            status.lastMilliseconds = created
            status.lastRecord = image.routing.lastRecord
            status.lastBytes = written.summary.fileBytes
            status.lastCopiedBytes = written.summary.copiedBytes
            status.lastError = nil
            status.lastDurationMilliseconds = Int64((SystemClock.monotonicNanoseconds() - start) / 1_000_000)
        case .failure(let error):
            status.lastError = error.message
            Log.error("a snapshot could not be written: \(error.message)")
            throw error
        }
    }

    /// Lets those who waited for this snapshot go on.
    private func finish() {
        status.isRunning = false
        let waited = waiting
        waiting.removeAll()
        for continuation in waited { continuation.resume() }
    }

    /// Ends the thread. No snapshot may be asked for after that.
    nonisolated func close() { worker.close() }

    /// Bytes that are encoded, and then deflated, before others of the same core get a turn: about two milliseconds.
    private static let sectionBytes = 64 << 10

    /// A snapshot that was written.
    private struct Written: Sendable {
        var summary: SnapshotWriter.Summary
        var layout: SnapshotLayout
        /// The one before is damaged, as was found when some of it was to be taken over.
        var doubted: LogSequenceNumber?
    }

    private static func write(
        _ image: StateImage, _ created: Int64, since previous: SnapshotLayout?, to folder: DataFolder,
        _ journal: Journal, _ schedule: SnapshotSchedule, isLast: Bool
    ) -> Result<Written?, StorageError> {
        do throws(StorageError) {
            let record = image.routing.lastRecord
            try folder.requireHeld()
            let writer = try SnapshotWriter(
                folder: folder, lsn: record, createdMilliseconds: created, hasHelper: isLast)
            var doubted: LogSequenceNumber?
            var pace = SnapshotPace(journal, mostJournalBytes: schedule.bytesAtRest)
            let layout = try writer.write(
                image, sectionBytes: sectionBytes, since: previous, afterEach: { pace.rest() },
                onDamage: { damage in
                    Log.warning("nothing more is taken over from the last snapshot: \(damage.message)")
                    doubted = previous?.lsn
                })
            // A snapshot must not hold what the journal could still lose: records after it would then be missing.
            do throws(StorageError) { try journal.sync() } catch {
                writer.abandon()
                throw error
            }
            let summary = try writer.finish()
            // The next segment begins here, so that this one can go as soon as newer snapshots cover it.
            journal.rotate()
            return .success(Written(summary: summary, layout: layout, doubted: doubted))
        } catch {
            return .failure(error)
        }
    }

    /// Drops what is no longer needed, and says how far the journal may grow until the next snapshot.
    private static func keep(
        _ result: Result<Written?, StorageError>, _ retention: Retention, _ record: LogSequenceNumber, since mark: Int,
        _ schedule: SnapshotSchedule, _ folder: DataFolder, _ journal: Journal
    ) -> Retention {
        var retention = retention
        var bytesLeft = schedule.bytesAfterFailure
        do throws(StorageError) {
            if case .success(let written) = result {
                if let doubted = written?.doubted { retention.doubt(doubted) }
                try folder.requireHeld()
                retention.trust(record)
                try retention.apply(to: folder, journal)
                bytesLeft = try schedule.bytesLeft(since: journal.durableBytes - mark, in: folder)
            }
        } catch {
            Log.error("old snapshots and journal files could not be removed: \(error.message)")
        }
        journal.expectGrowth(of: bytesLeft)
        return retention
    }
}
