import SwitchboardPlatform

/// A commit lane that runs on the thread that waits for it: jobs run in the order in which they come, while `run`
/// waits for its own to end.
final class TurnLane: SerialExecutor, TaskExecutor, @unchecked Sendable {
    // @unchecked because `jobs` is only touched with `lock` held.
    private let lock = Lock()
    private let changed = Condition()
    private var jobs: [UnownedJob] = []
    private let claim = ThreadClaim()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { jobs.append(job) }
        changed.signal()
    }

    func checkIsolated() { precondition(claim.isCurrent, "called off the lane") }

    /// Runs `body` and all that it awaits on this lane. Blocks the calling thread, on which the jobs run.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let slot = Slot<Value>()
        Task(executorPreference: self) {
            do { slot.result = .success(try await body()) } catch { slot.result = .failure(error) }
        }
        claim.claim()
        defer { claim.giveUp() }
        while true {
            if let result = slot.result { return try result.get() }
            next().runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    private func next() -> UnownedJob {
        lock.lock()
        while jobs.isEmpty { changed.wait(lock) }
        let job = jobs.removeFirst()
        lock.unlock()
        return job
    }

    private final class Slot<Value: Sendable>: @unchecked Sendable {
        // @unchecked because it is written by a job of the lane and read between its jobs, on one thread.
        var result: Result<Value, any Error>?
    }
}
