import Glibc

/// A mutual-exclusion lock over a pthread mutex.
///
/// Not `Synchronization.Mutex`: on Linux the thread sanitizer reports false races through it, because its
/// library is not instrumented, and a sanitizer that cries wolf is no sanitizer.
public final class Lock: @unchecked Sendable {
    // @unchecked because the only stored property is the mutex, which exists to be shared between threads.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    public init() {
        mutex = .allocate(capacity: 1)
        let code = pthread_mutex_init(mutex, nil)
        precondition(code == 0, "pthread_mutex_init failed with \(code)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` with the lock held. Keep `body` to a few lines that call nothing foreign.
    @inlinable
    public func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }

    public func lock() { pthread_mutex_lock(mutex) }
    public func unlock() { pthread_mutex_unlock(mutex) }

    fileprivate var raw: UnsafeMutablePointer<pthread_mutex_t> { mutex }
}

/// A condition variable to be used with one `Lock`.
public final class Condition: @unchecked Sendable {
    // @unchecked because the only stored property is the condition variable, which exists to be shared.
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    public init() {
        condition = .allocate(capacity: 1)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        let code = pthread_cond_init(condition, &attributes)
        precondition(code == 0, "pthread_cond_init failed with \(code)")
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
    }

    /// Releases `lock`, waits for a signal, and holds `lock` again on return. May wake without a signal.
    public func wait(_ lock: Lock) { pthread_cond_wait(condition, lock.raw) }

    /// As `wait`, but returns `false` when `deadline` (nanoseconds of the monotonic clock) has passed.
    public func wait(_ lock: Lock, until deadlineNanoseconds: UInt64) -> Bool {
        var time = timespec(
            tv_sec: Int(deadlineNanoseconds / 1_000_000_000), tv_nsec: Int(deadlineNanoseconds % 1_000_000_000))
        return pthread_cond_timedwait(condition, lock.raw, &time) != ETIMEDOUT
    }

    public func signal() { pthread_cond_signal(condition) }
    public func broadcast() { pthread_cond_broadcast(condition) }
}
