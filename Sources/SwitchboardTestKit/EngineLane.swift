import SwitchboardPlatform

/// A commit lane for tests: one thread that runs the jobs of its actors and tasks, one after the other.
///
/// With a seed the next job is drawn from those that are ready, so that one seed always gives one interleaving of
/// what several tasks do; without one the jobs run in the order in which they became ready.
public final class EngineLane: SerialExecutor, TaskExecutor, @unchecked Sendable {
    // @unchecked because everything mutable is touched only with `lock` held.
    private let lock = Lock()
    private let changed = Condition()
    private var ready: [UnownedJob] = []
    private var chance: SeededChance?
    private var isStopped = false
    private var thread: Thread?
    private let claim = ThreadClaim()

    public init(seed: UInt64? = nil) {
        chance = seed.map { SeededChance(seed: $0) }
        thread = Thread(name: "lane") { self.runJobs() }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { ready.append(job) }
        changed.signal()
    }

    public func checkIsolated() { precondition(claim.isCurrent, "called off the lane") }

    /// Runs `body` on the lane and returns its result. Blocks its thread, which must not be the lane's.
    public func run<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) -> Result {
        let answer = Answer<Result>()
        Task(executorPreference: self) { answer.give(await body()) }
        return answer.wait()
    }

    /// Ends the thread once nothing is ready, and waits for that.
    public func stop() {
        lock.withLock { isStopped = true }
        changed.signal()
        thread?.join()
        // The thread's closure holds the lane: let go of each other.
        thread = nil
    }

    private func runJobs() {
        claim.claim()
        while let job = next() {
            job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    private func next() -> UnownedJob? {
        lock.lock()
        defer { lock.unlock() }
        while ready.isEmpty, !isStopped { changed.wait(lock) }
        guard !ready.isEmpty else { return nil }
        guard chance != nil else { return ready.removeFirst() }
        return ready.remove(at: Int.random(in: ready.indices, using: &chance!))
    }
}

/// A result that one thread gives and another waits for.
private final class Answer<Result: Sendable>: @unchecked Sendable {
    // @unchecked because the latch orders the one write before the one read.
    private let given = Latch()
    private var result: Result?

    func give(_ result: Result) {
        self.result = result
        given.open()
    }

    func wait() -> Result {
        given.wait()
        guard let result else { preconditionFailure("the latch opened before the result was there") }
        return result
    }
}
