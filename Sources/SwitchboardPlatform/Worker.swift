/// A thread of its own for long work that nobody feels: a snapshot's deflate, a verification. Jobs run one after the
/// other, in the time that no other thread wants (`SpareTime`) unless somebody waits for them.
public final class Worker: @unchecked Sendable {
    // @unchecked because `jobs` and `isClosed` are only touched with `lock` held.
    private let lock = Lock()
    private let changed = Condition()
    private var jobs: [@Sendable () -> Void] = []
    private var isClosed = false
    private var thread: Thread?
    private let spareTime: SpareTime?

    /// Starts the thread, and one that looks after it where it works in spare time.
    public init(name: String, inSpareTime: Bool = true) {
        let spareTime = inSpareTime ? SpareTime(name: name) : nil
        self.spareTime = spareTime
        thread = Thread(name: name, priority: inSpareTime ? .background : .normal) { [weak self] in
            while let job = self?.next() {
                if let spareTime { spareTime.run(job) } else { job() }
            }
        }
    }

    /// Runs `job` on the thread and returns its result. The caller's thread is not held up.
    public func run<Result: Sendable>(_ job: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            add { continuation.resume(returning: job()) }
        }
    }

    /// Ends the thread once every job given so far has run, and waits for that.
    public func close() {
        lock.withLock { isClosed = true }
        changed.broadcast()
        thread?.join()
        spareTime?.close()
    }

    private func add(_ job: @escaping @Sendable () -> Void) {
        lock.withLock { jobs.append(job) }
        changed.signal()
    }

    private func next() -> (@Sendable () -> Void)? {
        lock.lock()
        defer { lock.unlock() }
        while jobs.isEmpty, !isClosed { changed.wait(lock) }
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}
