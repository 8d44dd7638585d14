import Glibc
import SwitchboardPlatform
import Synchronization
import Testing

@Suite("Work in the time that nobody else wants")
struct SpareTimeTests {
    /// The policy of sched(7) of such work, which Swift's Glibc module leaves out.
    private static let idlePolicy: Int32 = 5

    @Test("It runs, at the lowest priority, and its thread has its own back after it")
    func runs() async {
        let spareTime = SpareTime(name: "spare")
        let (during, after) = await onBackgroundThread {
            var during: Int32 = -1
            spareTime.run { during = sched_getscheduler(0) }
            return (during, sched_getscheduler(0))
        }
        spareTime.close()
        // Where a policy cannot be taken back, it is not given away.
        #expect(during == (geteuid() == 0 ? Self.idlePolicy : SCHED_OTHER))
        #expect(after == SCHED_OTHER)
    }

    @Test("Where every core is busy, it is given time of its own", .enabled(if: geteuid() == 0))
    func isRescued() async {
        let isOver = Flag()
        let busy = (0..<2 * sysconf(Int32(_SC_NPROCESSORS_ONLN))).map { number in
            Thread(name: "busy-\(number)") { while !isOver.isSet {} }
        }
        let spareTime = SpareTime(name: "spare")
        await onBackgroundThread {
            spareTime.run {
                // 20 ms of a core: at the lowest priority that takes ten seconds and more beside the others.
                let start = ownMicroseconds()
                while ownMicroseconds() - start < 20_000 {}
            }
            // Here, and not behind the await: who goes on there may have to wait for a core, with these beside it.
            isOver.set()
        }
        for thread in busy { thread.join() }
        #expect(spareTime.rescueCount > 0)
        spareTime.close()
    }

    private func onBackgroundThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            _ = Thread(name: "work", priority: .background) { continuation.resume(returning: body()) }
        }
    }
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
