import CLinux
import Glibc

/// Runs long work of one thread in the time that no other thread wants (`SCHED_IDLE` of sched(7)): whoever wakes takes
/// the core from it at once, and the system counts such a core as free when it looks for one.
///
/// While every core is busy such a thread stands still, whatever locks it holds. So a second thread looks after it: when
/// the work could run and does not, it is given a thread's own time for a while. That is only possible where the system
/// lets a policy be taken back (`CAP_SYS_NICE`, or an `RLIMIT_NICE` of 20 less the thread's niceness); elsewhere the work
/// runs as it is.
public final class SpareTime: @unchecked Sendable {
    // @unchecked because all that changes is touched with `lock` held only.

    /// How often the work is looked after.
    private static let lookNanoseconds: UInt64 = 5_000_000
    /// Standing still means: less than one part in so many of the time between two looks, twice in a row.
    private static let leastShare: UInt64 = 20
    /// For how many looks the work then has time of its own.
    private static let looksOfOwnTime = 20

    private let lock = Lock()
    private let changed = Condition()
    private var watched: Watched?
    private var isClosed = false
    private var rescues = 0
    private var guardian: Thread?
    /// Whether the work's thread may come back from a lower priority; not known before its first work.
    private var canBeTakenBack: Bool?

    /// Starts the thread that looks after the work of one other thread, named `name` with a `+`.
    public init(name: String) {
        guardian = Thread(name: name + "+") { [weak self] in
            while self?.look() == true {}
        }
    }

    /// How often work that stood still was given time of its own.
    public var rescueCount: Int { lock.withLock { rescues } }

    /// Runs `work` on the calling thread: always the same one, which runs nothing else in spare time meanwhile.
    public func run(_ work: () -> Void) {
        let isAllowed = lock.withLock {
            let isAllowed = canBeTakenBack ?? Self.mayComeBack()
            canBeTakenBack = isAllowed
            if isAllowed { watched = Watched() }
            return isAllowed
        }
        guard isAllowed else { return work() }
        changed.signal()
        Thread.setPolicy(of: pthread_self(), .idle)
        defer {
            // Before the lock is taken, which nobody may hold and stand still; and again, as the guardian may just have
            // changed its mind.
            Thread.setPolicy(of: pthread_self(), .other)
            lock.withLock { watched = nil }
            Thread.setPolicy(of: pthread_self(), .other)
        }
        work()
    }

    /// Ends the second thread. Nothing may be run after that.
    public func close() {
        lock.withLock { isClosed = true }
        changed.signal()
        guardian?.join()
    }

    /// Whether the calling thread may come back from a lower priority: tried with its niceness, which asks for the same
    /// right. Where it may not, it stays one step nicer, so this is asked once.
    private static func mayComeBack() -> Bool {
        // On Linux this is the thread's own niceness: 0 names the calling thread, not the process.
        let thread = __priority_which_t(PRIO_PROCESS.rawValue)
        let niceness = getpriority(thread, 0)
        return setpriority(thread, 0, niceness + 1) == 0 && setpriority(thread, 0, niceness) == 0
    }

    // MARK: The guardian's side

    /// Waits until it is time for the next look, and looks. Returns whether to go on.
    private func look() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard !isClosed else { return false }
        guard watched != nil else {
            changed.wait(lock)
            return true
        }
        let start = SystemClock.monotonicNanoseconds()
        _ = changed.wait(lock, until: start + Self.lookNanoseconds)
        let passed = SystemClock.monotonicNanoseconds() - start
        switch watched?.look(mayUse: passed / Self.leastShare, looksOfOwnTime: Self.looksOfOwnTime) {
        case .goesOn?, nil: break
        case .rescued?: rescues += 1
        }
        return true
    }
}

/// One thread's work in spare time, as the guardian sees it.
private struct Watched {
    enum Finding { case goesOn, rescued }

    private enum Phase {
        /// In spare time; stood still at so many looks in a row. Can transition to: `own`.
        case spare(still: Int)
        /// With time of its own, for so many looks. Can transition to: `spare`.
        case own(looksLeft: Int)
    }

    private let thread = pthread_self()
    private let state = ThreadState()
    private var usedNanoseconds: UInt64 = 0
    private var phase = Phase.spare(still: 0)

    mutating func look(mayUse expected: UInt64, looksOfOwnTime: Int) -> Finding {
        let used = SystemClock.nanoseconds(ofThread: thread)
        // What waits for the disk stands still for another reason.
        let isStill = used - usedNanoseconds < expected && state.isRunnable
        usedNanoseconds = used
        switch phase {
        case .spare(let still) where isStill && still > 0:
            Thread.setPolicy(of: thread, .other)
            phase = .own(looksLeft: looksOfOwnTime)
            return .rescued
        case .spare(let still):
            phase = .spare(still: isStill ? still + 1 : 0)
        case .own(let looksLeft) where looksLeft == 0:
            Thread.setPolicy(of: thread, .idle)
            phase = .spare(still: 0)
        case .own(let looksLeft):
            phase = .own(looksLeft: looksLeft - 1)
        }
        return .goesOn
    }
}

/// What `/proc` says of the thread that made it.
private final class ThreadState {
    private let descriptor: Int32

    init() { descriptor = open("/proc/thread-self/stat", O_RDONLY | O_CLOEXEC) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether the thread has a core or waits for one; not for a disk or a lock. Also when the system does not tell.
    var isRunnable: Bool {
        // The state is the field after the name, which is in brackets and has at most 15 bytes: proc_pid_stat(5).
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            guard count > 0, let bracket = buffer[..<count].lastIndex(of: UInt8(ascii: ")")), bracket + 2 < count
            else { return true }
            return buffer[bracket + 2] == UInt8(ascii: "R")
        }
    }
}
