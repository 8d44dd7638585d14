import CLinux
import Glibc
import SwitchboardPlatform
import Synchronization

/// A piece of work for a loop's thread.
enum Job {
    /// A part of a Swift task, up to its next suspension.
    case task(UnownedJob)
    case closure(@Sendable () -> Void)
}

/// What other threads want of a loop: jobs, a gate to open, the end. Wakes the loop when, and only when, it sleeps
/// and nobody has woken it yet: a wake-up costs a system call here and up to 50 µs there.
final class Mailbox: @unchecked Sendable {
    // @unchecked because every mutable member is read and written under `lock` only.
    private let lock = Lock()
    private var jobs: [Job] = []
    private var gate: UInt64 = 0
    /// The same, to be looked at often without the lock.
    private let gateNumber = Atomic<UInt64>(0)
    private var gateRequested = false
    private var stopRequested = false
    private var loopSleeps = false
    private var loopEnded = false
    /// The event counter that a sleeping loop polls.
    let wakeDescriptor: Int32

    init() throws(TransportError) {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else {
            throw TransportError("cannot create an event loop (eventfd)", code: errno)
        }
    }

    deinit { close(wakeDescriptor) }

    // MARK: From any thread

    /// Queues `job`. A loop that has ended takes no more: the job is dropped.
    func post(_ job: Job) {
        lock.lock()
        if !loopEnded { jobs.append(job) }
        unlockAndWake()
    }

    /// Asks for the gate to be opened up to `number`. Several requests before the loop looks are one.
    func requestGate(_ number: UInt64) {
        lock.lock()
        gate = max(gate, number)
        gateNumber.store(gate, ordering: .relaxed)
        gateRequested = true
        unlockAndWake()
    }

    func requestStop() {
        lock.lock()
        stopRequested = true
        unlockAndWake()
    }

    private func unlockAndWake() {
        let wake = loopSleeps
        loopSleeps = false
        lock.unlock()
        // The loop watches changes of the counter and never reads it, so each write is one wake-up.
        if wake { eventfd_write(wakeDescriptor, 1) }
    }

    // MARK: From the loop's thread

    /// The highest gate asked for so far.
    var requestedGate: UInt64 { gateNumber.load(ordering: .relaxed) }

    /// Says that the loop is about to wait. Returns false when there is mail, and the loop must not wait.
    func prepareToSleep() -> Bool {
        lock.withLock {
            loopSleeps = jobs.isEmpty && !gateRequested && !stopRequested
            return loopSleeps
        }
    }

    /// Moves the posted jobs behind `queue`, in order. Returns the highest gate asked for so far, and whether the
    /// loop shall stop.
    func collect(into queue: inout [Job]) -> (gate: UInt64, stop: Bool) {
        lock.withLock {
            loopSleeps = false
            gateRequested = false
            if !jobs.isEmpty {
                if queue.isEmpty { swap(&queue, &jobs) } else { queue.append(contentsOf: jobs) }
                jobs.removeAll(keepingCapacity: true)
            }
            return (gate, stopRequested)
        }
    }

    /// Closes the mailbox for good if nothing is in it. Returns whether it did.
    func endIfEmpty() -> Bool {
        lock.withLock {
            loopEnded = jobs.isEmpty
            return loopEnded
        }
    }
}
