import Glibc
import SwitchboardPlatform
import Synchronization
import Testing

@Suite("Work in the time that nobody else wants")
struct SpareTimeTests {
    /// The policy of sched(7) of such work, which Swift's Glibc module leaves out.
    private static let idlePolicy: Int32 = 5

    /// Whether a thread may come back from that policy here.
    private static let mayComeBack = onThread {
        var parameters = sched_param(sched_priority: 0)
        return pthread_setschedparam(pthread_self(), idlePolicy, &parameters) == 0
            && pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters) == 0
    }

    @Test("It runs, at the lowest priority, and its thread has its own back after it")
    func runs() {
        let spareTime = SpareTime(name: "spare")
        let (during, after) = Self.onThread {
            var during: Int32 = -1
            spareTime.run { during = sched_getscheduler(0) }
            return (during, sched_getscheduler(0))
        }
        spareTime.close()
        // Beside other tests it may stand still before it can look, and then it has time of its own. Where a policy cannot
        // be taken back, it is not given away.
        let hasOwnTime = !Self.mayComeBack || spareTime.rescueCount > 0
        #expect(during == Self.idlePolicy && Self.mayComeBack || during == SCHED_OTHER && hasOwnTime)
        #expect(after == SCHED_OTHER)
    }

    @Test("Where every core is busy, it is given time of its own", .enabled(if: mayComeBack))
    func isRescued() {
        let isOver = Flag()
        let busy = (0..<2 * sysconf(Int32(_SC_NPROCESSORS_ONLN))).map { number in
            Thread(name: "busy-\(number)") { while !isOver.isSet {} }
        }
        let spareTime = SpareTime(name: "spare")
        Self.onThread {
            spareTime.run {
                // 20 ms of a core: at the lowest priority that takes ten seconds and more beside the others.
                let start = ownMicroseconds()
                while ownMicroseconds() - start < 20_000 {}
            }
            // Here, and not behind the join: who goes on there may have to wait for a core, with these beside it.
            isOver.set()
        }
        for thread in busy { thread.join() }
        #expect(spareTime.rescueCount > 0)
        spareTime.close()
    }

    /// What `body` returns on a thread of its own, which may change its policy.
    @discardableResult
    private static func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
        let result = Box<Result>()
        Thread(name: "work", priority: .background) { result.value = body() }.join()
        guard let value = result.value else { preconditionFailure("the thread ended without a result") }
        return value
    }
}

/// @unchecked because the thread that writes it has ended before it is read.
private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}

/// Time for which the calling thread has had a core.
private func ownMicroseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}

private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
