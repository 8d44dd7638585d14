import SwitchboardPlatform

/// Makes a snapshot's blocks out of raw bytes and gives them back in the order in which they were added: on the caller's
/// thread, and where a helper is wanted on a second one beside it.
///
/// Deflating is most of the work of a whole snapshot, and no block depends on another.
final class BlockDeflater: @unchecked Sendable {
    // @unchecked because `queue` and `isOver`, and what changes of the blocks in the queue, are only touched with `lock`
    // held, and the rest by the caller's thread alone.

    /// How many blocks are under way at most, so that neither thread waits for one block of the other.
    private static let most = 6

    private let lock = Lock()
    private let changed = Condition()
    private var queue: [Job] = []
    private var isOver = false

    private let deflater = Deflater()
    private var helper: Thread?

    /// One block to be made.
    private final class Job {
        let raw: ArraySlice<UInt8>
        let kind: UInt8
        let isContinued: Bool
        var isTaken = false
        var made: SnapshotBlocks.Block?

        init(_ raw: ArraySlice<UInt8>, kind: UInt8, isContinued: Bool) {
            self.raw = raw
            self.kind = kind
            self.isContinued = isContinued
        }

        func make(_ deflater: Deflater) -> SnapshotBlocks.Block {
            let deflated = deflater.deflate(raw)
            let stored = deflated.map { $0[...] } ?? raw
            var flags: SnapshotFormat.Flags = deflated == nil ? [] : .deflated
            if isContinued { flags.insert(.continued) }
            let block = SnapshotFormat.Block(
                kind: kind, flags: flags, rawBytes: raw.count, storedBytes: stored.count)
            return (block, block.encode(stored: stored)[...], stored)
        }
    }

    /// - Parameter hasHelper: a second thread deflates, too.
    init(hasHelper: Bool) {
        if hasHelper { helper = Thread(name: "deflate") { [unowned self] in help() } }
    }

    /// Adds a block that is to be made.
    func add(_ raw: ArraySlice<UInt8>, kind: UInt8, isContinued: Bool) {
        let job = Job(raw, kind: kind, isContinued: isContinued)
        lock.withLock { queue.append(job) }
        changed.signal()
    }

    /// The next block in order. Nil when there is none, or, unless `all` are wanted, while more may be added before it is
    /// made.
    func next(all: Bool) -> SnapshotBlocks.Block? {
        lock.lock()
        defer { lock.unlock() }
        while let first = queue.first {
            if let made = first.made {
                queue.removeFirst()
                return made
            }
            guard all || helper == nil || queue.count > Self.most else { return nil }
            if let job = takeOne() {
                lock.unlock()
                makeTaken(job, deflater)
                lock.lock()
            } else {
                changed.wait(lock)
            }
        }
        return nil
    }

    /// Ends the second thread and forgets what was added. Nothing may be added after that.
    func stop() {
        lock.withLock {
            isOver = true
            queue.removeAll()
        }
        changed.broadcast()
        helper?.join()
    }

    /// The second thread's work.
    private func help() {
        let deflater = Deflater()
        lock.lock()
        defer { lock.unlock() }
        while !isOver {
            guard let job = takeOne() else {
                changed.wait(lock)
                continue
            }
            lock.unlock()
            makeTaken(job, deflater)
            lock.lock()
        }
    }

    /// The first block that nobody makes. To be called with `lock` held.
    private func takeOne() -> Job? {
        guard let job = queue.first(where: { !$0.isTaken }) else { return nil }
        job.isTaken = true
        return job
    }

    private func makeTaken(_ job: Job, _ deflater: Deflater) {
        let made = job.make(deflater)
        lock.withLock { job.made = made }
        changed.broadcast()
    }
}
