import SwitchboardModel
import SwitchboardPlatform
import Synchronization

/// The log of every change: an append returns at once, a thread of the journal's own makes it durable.
///
/// Not an actor: an append must not wait, and durability is reported by number. Two buffers behind a lock: appends
/// fill one while the thread writes the other; all that gathered during a sync rides on the next one.
///
/// Records are numbered without a gap from the number given to `init`. Every method may be called on any thread;
/// the order of appends is the order in which their calls take the lock. Call `close` before the last reference
/// goes: the thread holds the journal until then.
public final class Journal: @unchecked Sendable {
    // @unchecked because every mutable property is touched only with `lock` held, but for the atomics and for
    // `thread` and `longWork`, which are set before `init` returns and not changed.

    /// The longest payload of one record, in bytes.
    public static let maximumRecordBytes = 256 << 20

    public let options: JournalOptions
    private let folder: DataFolder
    private let onDurable: @Sendable (LogSequenceNumber) -> Void
    private let onHealth: @Sendable (JournalHealth) -> Void
    private let growth: JournalGrowth

    let stock: SegmentStock
    private let lock = Lock()
    /// Wakes the thread.
    private let work = Condition()
    /// Wakes those who wait in `sync`.
    private let progress = Condition()
    // Unchecked because every access holds `lock`, and what runs meanwhile never enters the journal; the check costs
    // an append a tenth of its instructions.
    @exclusivity(unchecked)
    private var front = FrontBuffer()
    private var currentHealth = JournalHealth.healthy
    private var lastOutage: JournalOutage?
    private var sleeping = false
    private var syncWanted: LogSequenceNumber
    private var rotateWanted = false
    private var closeWanted = false
    private var thread: Thread?
    private var longWork: LongWork?

    /// Of `appendedBytes`, what the thread has taken; with `lock` held.
    private var takenBytes = 0

    private let appendedNumber: Atomic<UInt64>
    private let durableNumber: Atomic<UInt64>
    private let syncedNumber: Atomic<UInt64>
    /// Bytes of frames appended and released since `init`; their difference waits for the disk.
    private let appendedBytes = Atomic<Int>(0)
    private let releasedBytes = Atomic<Int>(0)
    private let refusing = Atomic<Bool>(false)

    /// Opens a journal whose first record is `lsn` + 1, in a segment of its own, and starts its thread.
    ///
    /// `lsn` is what `Recovery.run` reached. `onDurable` is called on the journal's thread, once for each group of
    /// records, with the last one's number: all up to it are durable as `options.policy` understands it. `onHealth`
    /// is called there too, at each change of `health`, and `onGrown` once after each `expectGrowth`. All must be short and
    /// must not call `sync` or `close`.
    ///
    /// Throws what the disk refused, or `.damaged` when the folder already holds records after `lsn`.
    public init(
        folder: DataFolder, options: JournalOptions = JournalOptions(), after lsn: LogSequenceNumber,
        onHealth: @escaping @Sendable (JournalHealth) -> Void = { _ in },
        onGrown: @escaping @Sendable () -> Void = {},
        onDurable: @escaping @Sendable (LogSequenceNumber) -> Void
    ) throws(StorageError) {
        self.options = options
        self.folder = folder
        self.onDurable = onDurable
        self.onHealth = onHealth
        growth = JournalGrowth(onGrown)
        syncWanted = lsn
        appendedNumber = Atomic(lsn.rawValue)
        durableNumber = Atomic(lsn.rawValue)
        syncedNumber = Atomic(lsn.rawValue)
        try JournalReader.requireNothing(after: lsn, in: folder)
        stock = SegmentStock(folder: folder, options: options)
        let writer = try JournalWriter(folder: folder, options: options, stock: stock, after: lsn)
        let thread = Thread(name: "journal", priority: .batch) { writer.run(self) }
        longWork = LongWork(beside: thread)
        self.thread = thread
    }

    /// Runs `body`, long work on a thread of its own: meanwhile the journal's thread takes a core as soon as it is woken.
    public func besideLongWork<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        longWork?.begin()
        defer { longWork?.end() }
        return try body()
    }

    // MARK: Appending

    /// Asks whether a record of up to `bytes` may be appended: the disk works and not too much waits for it.
    ///
    /// Cheap (no lock, no system call). Throws the failure's cause while the journal is `failed`, `.busy` at the
    /// pending-bytes limit, `.tooLarge` or `.closed`. The append that follows cannot fail.
    public func admit(bytes: Int) throws(StorageError) {
        if refusing.load(ordering: .relaxed) { try refuse() }
        guard bytes <= Self.maximumRecordBytes else {
            throw StorageError(.tooLarge, "a record of \(bytes) bytes; the limit is \(Self.maximumRecordBytes)")
        }
        guard pendingBytes + bytes <= options.pendingBytesLimit else {
            throw StorageError(.busy, "\(pendingBytes) bytes wait for the disk; try again later")
        }
    }

    private func refuse() throws(StorageError) {
        switch health {
        case .healthy: return
        case .failed(let cause): throw cause
        case .closed: throw StorageError(.closed, "the journal is closed")
        }
    }

    /// Appends one record and returns its number at once. The bytes are copied.
    ///
    /// Cannot fail: while the journal is `failed` the record is kept in memory until the disk works again. After
    /// `close` it goes nowhere, which `admit` says beforehand.
    @discardableResult
    public func append(_ payload: UnsafeRawBufferPointer) -> LogSequenceNumber {
        precondition(payload.count <= Self.maximumRecordBytes, "a record of \(payload.count) bytes")
        return add { $0.append(payload, lsn: $1) }
    }

    /// As `append` of a raw buffer.
    @discardableResult
    public func append(_ payload: [UInt8]) -> LogSequenceNumber { payload.withUnsafeBytes { append($0) } }

    /// As `append` of a raw buffer; the payload is what `write` writes.
    ///
    /// Saves one copy. `write` runs under the journal's lock: let it encode and nothing else. It is called again when there
    /// was too little room, and must then write the same.
    @discardableResult
    public func append(writing write: (inout ByteWriter) -> Void) -> LogSequenceNumber {
        add { $0.append(lsn: $1, write) }
    }

    @inline(__always)
    private func add(
        wakes: Bool = true, _ frame: (inout FrontBuffer, LogSequenceNumber) -> Int
    ) -> LogSequenceNumber {
        lock.lock()
        let lsn = LogSequenceNumber(appendedNumber.load(ordering: .relaxed) + 1)
        let count = frame(&front, lsn)
        appendedNumber.store(lsn.rawValue, ordering: .releasing)
        appendedBytes.store(appendedBytes.load(ordering: .relaxed) + count, ordering: .relaxed)
        let wake = sleeping && wakes
        if wake { sleeping = false }
        lock.unlock()
        if wake { work.signal() }
        return lsn
    }

    /// As `append(writing:)`, but leaves the journal's thread asleep: call `wake` when all records of a turn are
    /// appended. Waking it for each record would cost more than the record.
    @inline(__always)
    @discardableResult
    public func appendQuietly(writing write: (inout ByteWriter) -> Void) -> LogSequenceNumber {
        add(wakes: false) { $0.append(lsn: $1, write) }
    }

    /// Lets the journal's thread write what was appended quietly, if it is more than `bytes`.
    public func wake(over bytes: Int = 0) {
        // Called after every turn of the loop, so without the lock where there is nothing.
        guard pendingBytes > bytes else { return }
        lock.lock()
        let wake = sleeping && appendedBytes.load(ordering: .relaxed) - takenBytes > bytes
        if wake { sleeping = false }
        lock.unlock()
        if wake { work.signal() }
    }

    /// Whether the journal's thread waits to be woken: for tests.
    var isAsleep: Bool { lock.withLock { sleeping } }

    // MARK: What is known

    /// The last record appended.
    public var appended: LogSequenceNumber { LogSequenceNumber(appendedNumber.load(ordering: .acquiring)) }

    /// The last record that is durable as the policy understands it; what `onDurable` was last called with.
    public var durable: LogSequenceNumber { LogSequenceNumber(durableNumber.load(ordering: .acquiring)) }

    /// The last record that is on disk for certain, whatever the policy.
    public var synced: LogSequenceNumber { LogSequenceNumber(syncedNumber.load(ordering: .acquiring)) }

    /// Bytes of records appended and not yet durable.
    public var pendingBytes: Int {
        // Released first: read the other way round, a release in between would make the difference negative.
        let released = releasedBytes.load(ordering: .acquiring)
        return appendedBytes.load(ordering: .relaxed) - released
    }

    public var health: JournalHealth { lock.withLock { currentHealth } }

    /// The last time, or the present one, during which the disk refused; nil when it never did.
    public var outage: JournalOutage? { lock.withLock { lastOutage } }

    // MARK: Orders

    /// Returns when all that was appended before the call is on disk for certain, whatever the policy.
    ///
    /// Throws the cause when the journal is `failed` or fails meanwhile, or `.closed`; not when it has already worked
    /// again and all is safe. Blocks its thread: for shutdown and for `SAVE`, never on the lane.
    public func sync() throws(StorageError) {
        let target = appended
        lock.lock()
        defer { lock.unlock() }
        while synced < target {
            switch currentHealth {
            case .failed(let cause): throw cause
            case .closed: throw StorageError(.closed, "the journal is closed")
            case .healthy: break
            }
            syncWanted = max(syncWanted, target)
            work.signal()
            progress.wait(lock)
        }
    }

    /// Ends the present segment behind what was appended, so that it can be removed once a snapshot covers it.
    /// Returns at once; records appended meanwhile may still go into it. An empty segment is left as it is.
    public func rotate() {
        lock.withLock { rotateWanted = true }
        work.signal()
    }

    /// Bytes of records that were appended since the start and are durable.
    public var durableBytes: Int { releasedBytes.load(ordering: .relaxed) }

    /// Calls `onGrown` once when so many bytes of records more are durable than are now; at once where that is none. Replaces
    /// what was expected before.
    public func expectGrowth(of bytes: Int) {
        growth.expect(bytes, after: durableBytes)
        growth.look(at: durableBytes)
    }

    /// Takes away the segments that hold only records before `lsn`; returns how many. The segment being written stays.
    public func removeSegments(before lsn: LogSequenceNumber) throws(StorageError) -> Int {
        let segments = try folder.segments()
        let old = zip(segments, segments.dropFirst()).filter { $0.1 <= lsn }.map(\.0)
        try stock.retire(old)
        return old.count
    }

    /// Writes and syncs what was appended, whatever the policy, and ends the thread. A disk that refuses is tried
    /// once more. Returns whether all that was appended is on disk. Calling it again does nothing.
    @discardableResult
    public func close() -> Bool {
        lock.withLock { closeWanted = true }
        work.signal()
        thread?.join()
        stock.close()
        report(health: .closed)
        return synced >= appended
    }
}

// MARK: - For the journal's thread

extension Journal {
    /// Sleeps until there is something to do or `deadline` has passed; hands the front buffer to `take`.
    func waitForOrders(until deadline: UInt64?, _ take: (inout FrontBuffer) -> Void) -> JournalWriter.Orders {
        lock.lock()
        defer { lock.unlock() }
        while front.isEmpty && syncWanted <= synced && !rotateWanted && !closeWanted {
            sleeping = true
            if let deadline {
                guard work.wait(lock, until: deadline) else { break }
            } else {
                work.wait(lock)
            }
        }
        sleeping = false
        return takeOrders(take)
    }

    /// With `lock` held.
    private func takeOrders(_ take: (inout FrontBuffer) -> Void) -> JournalWriter.Orders {
        take(&front)
        takenBytes = appendedBytes.load(ordering: .relaxed)
        let orders = JournalWriter.Orders(
            last: appended, bytes: appendedBytes.load(ordering: .relaxed), sync: syncWanted > synced,
            rotate: rotateWanted, close: closeWanted)
        rotateWanted = false
        return orders
    }

    /// Sleeps until `deadline`, or less when there is an order beside the frames. Appends do not wake the thread.
    func letGather(until deadline: UInt64) {
        lock.lock()
        defer { lock.unlock() }
        while syncWanted <= synced && !rotateWanted && !closeWanted {
            guard work.wait(lock, until: deadline) else { return }
        }
    }

    /// Sleeps until `deadline`, or less when the journal is being closed; hands the front buffer to `take`.
    func waitForRetry(until deadline: UInt64, _ take: (inout FrontBuffer) -> Void) -> JournalWriter.Orders {
        lock.lock()
        defer { lock.unlock() }
        while !closeWanted && work.wait(lock, until: deadline) {}
        return takeOrders(take)
    }

    /// What is up to `synced` is on disk, but of no use yet: nothing more is durable.
    func report(synced: LogSequenceNumber) {
        lock.lock()
        syncedNumber.store(synced.rawValue, ordering: .releasing)
        progress.broadcast()
        lock.unlock()
    }

    func report(durable: LogSequenceNumber, synced: LogSequenceNumber, releasedBytes bytes: Int) {
        lock.lock()
        let advanced = durable > self.durable
        durableNumber.store(durable.rawValue, ordering: .releasing)
        syncedNumber.store(synced.rawValue, ordering: .releasing)
        releasedBytes.store(bytes, ordering: .releasing)
        progress.broadcast()
        lock.unlock()
        if advanced { onDurable(durable) }
        growth.look(at: bytes)
    }

    func report(health: JournalHealth) {
        lock.lock()
        let changed = currentHealth != health
        currentHealth = health
        lastOutage.note(health)
        refusing.store(health != .healthy, ordering: .relaxed)
        if health != .healthy { syncWanted = synced }
        progress.broadcast()
        lock.unlock()
        if changed { onHealth(health) }
    }
}
