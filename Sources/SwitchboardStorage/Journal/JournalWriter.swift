import SwitchboardModel
import SwitchboardPlatform

/// What the journal's own thread does: takes what was appended, writes it, syncs it, says so.
final class JournalWriter: @unchecked Sendable {
    // @unchecked because after `init` everything here is touched by the journal's thread alone.
    private let folder: DataFolder
    private let options: JournalOptions
    private let stock: SegmentStock
    /// Nil after a failure, until a fresh segment is made.
    private var segment: Segment?
    /// The newest segment before that one that holds records.
    private var base: LogSequenceNumber?
    private var frames = RetainedFrames()
    /// The last record handed to the kernel, and the last one that is on disk for certain.
    private var written: LogSequenceNumber
    private var synced: LogSequenceNumber
    /// When the oldest unsynced write is due, in nanoseconds of the monotonic clock.
    private var syncDue: UInt64?
    private var failure: StorageError?
    private var nextIsOrdered = false
    /// The latest orders; every frame they came with was taken.
    private var orders: Orders

    /// What the thread is woken for; the frames come besides.
    struct Orders {
        /// The last record appended.
        var last: LogSequenceNumber
        /// Bytes appended since the journal began: what is reported released when all of this is written.
        var bytes: Int
        var sync = false
        var rotate = false
        var close = false
    }

    init(folder: DataFolder, options: JournalOptions, stock: SegmentStock, after lsn: LogSequenceNumber)
        throws(StorageError)
    {
        self.folder = folder
        self.options = options
        self.stock = stock
        base = try folder.segments().last { $0 <= lsn }
        segment = try Segment.create(
            in: folder, first: lsn.next, limit: options.unpreparedBytes, filled: options.fillsAhead)
        written = lsn
        synced = lsn
        orders = Orders(last: lsn, bytes: 0)
    }

    func run(_ journal: Journal) {
        while true {
            if failure != nil {
                let now = SystemClock.monotonicNanoseconds()
                orders = journal.waitForRetry(until: now + UInt64(options.retryIntervalMilliseconds) * 1_000_000) {
                    frames.take(from: &$0)
                }
                frames.absorb()
                restart(journal)
                if orders.close && failure != nil { break }
                continue
            }
            orders = journal.waitForOrders(until: syncDue) { frames.take(from: &$0) }
            frames.absorb()
            do throws(StorageError) {
                try carryOut(journal)
            } catch {
                fail(error, journal)
            }
            if orders.close && failure == nil { break }
            if options.policy != .always && failure == nil {
                let now = SystemClock.monotonicNanoseconds()
                journal.letGather(until: now + UInt64(options.gatherMilliseconds) * 1_000_000)
            }
        }
        if options.fillsAhead && failure == nil { segment?.trim() }
        segment?.close()
        if failure != nil && orders.last > synced {
            Log.error("the journal is closed and records from \(synced.next.rawValue) on are not safe")
        }
    }

    private func carryOut(_ journal: Journal) throws(StorageError) {
        while !frames.isWritten {
            if let last = try frames.writeRun(to: &segment!, synced: synced) {
                written = last
            } else {
                try nextSegment()
            }
        }
        if options.policy == .no { frames.dropWritten() }
        if options.policy != .always { report(journal) }
        if syncIsDue() { try sync() }
        report(journal)
        prepareNext()
        if orders.rotate && segment?.isEmpty == false { try nextSegment() }
    }

    private func report(_ journal: Journal) {
        journal.report(durable: written, synced: synced, releasedBytes: orders.bytes)
    }

    private func syncIsDue() -> Bool {
        if orders.sync || orders.close { return true }
        switch options.policy {
        case .always:
            return true
        case .everysec:
            guard written > synced else { return false }
            let now = SystemClock.monotonicNanoseconds()
            let due = syncDue ?? now + UInt64(options.syncIntervalMilliseconds) * 1_000_000
            syncDue = due
            return due <= now || frames.bytes > options.retainedBytesLimit
        case .no:
            return false
        }
    }

    private func sync() throws(StorageError) {
        if written > synced { try segment!.sync() }
        synced = written
        syncDue = nil
        frames.dropWritten()
    }

    /// Goes on in a new segment. The old one is synced first, so that only the last segment can have a torn tail.
    private func nextSegment() throws(StorageError) {
        try sync()
        try folder.requireHeld()
        let next: Segment
        // A file made ahead may have gone with a folder that was taken away.
        if let ready = stock.take(),
            let adopted = try? Segment.adopt(ready, in: folder, first: written.next)
        {
            next = adopted
        } else {
            next = try Segment.create(
                in: folder, first: written.next, limit: options.unpreparedBytes, filled: options.fillsAhead)
        }
        // One that is nearly full keeps its length, so that its file can be used again.
        if options.fillsAhead, let segment, segment.size < segment.limit / 2 { segment.trim() }
        segment?.close()
        rememberBase()
        segment = next
        nextIsOrdered = false
    }

    /// Orders the next segment when half of this one is written.
    private func prepareNext() {
        guard !nextIsOrdered, let segment, segment.size > segment.limit / 2 else { return }
        nextIsOrdered = true
        stock.prepare(bytes: min(options.segmentBytes, segment.limit * options.growthFactor))
    }

    /// The present segment is left: what is durable in it is needed from now on.
    private func rememberBase() {
        if let segment, segment.first <= synced { base = segment.first }
    }

    private func fail(_ error: StorageError, _ journal: Journal) {
        // The descriptor is never used again: after a failed sync the kernel may call lost pages clean.
        segment?.close()
        rememberBase()
        segment = nil
        syncDue = nil
        failure = error
        Log.error("the journal cannot be written, writes are refused: \(error.message)")
        journal.report(health: .failed(error))
    }

    /// Leaves `failed` when a fresh segment can be made that holds, durably, all that was kept.
    ///
    /// The old segment may hold a part of the same records; a reader leaves a segment where the next one begins. Where the
    /// older files are gone the new segment is of no use without a snapshot, so the failure goes on until there is one.
    private func restart(_ journal: Journal) {
        frames.sealAll(synced: synced)
        let first = frames.first ?? written.next
        do throws(StorageError) {
            try folder.requireHeld()
            let fresh = try Segment.create(
                in: folder, first: first, limit: options.unpreparedBytes, content: frames.chunks)
            guard try folder.reaches(first, from: base) else {
                fresh.close()
                // A snapshot waits for this, and needs no more of the journal.
                journal.report(synced: orders.last)
                throw StorageError(
                    .gap,
                    "the files before record \(first.rawValue) are gone from \(folder.path): a snapshot must be written "
                        + "before records are")
            }
            segment = fresh
            nextIsOrdered = false
        } catch {
            if error != failure {
                Log.error("the journal cannot be written still: \(error.message)")
                journal.report(health: .failed(error))
            }
            failure = error
            return
        }
        failure = nil
        Log.info("the journal is written again, from record \(first.rawValue) on")
        written = orders.last
        synced = orders.last
        frames.dropAll()
        journal.report(health: .healthy)
        report(journal)
    }
}
