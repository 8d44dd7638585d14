import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// Memory that nothing guards.
private final class Unguarded: @unchecked Sendable {
    // @unchecked because the missing guard is the point: the sanitizer must see it.
    var value = 0
}

/// Whether this process runs under the thread sanitizer.
private let isThreadSanitized = dlsym(dlopen(nil, RTLD_NOW), "__tsan_init") != nil

/// Proves that the thread sanitizer sees through event loops, so that its silence about the other tests means
/// something. Runs under `swift test --sanitize thread` only.
@Suite(.enabled(if: isThreadSanitized))
struct PlantedRaceTests {
    @Test func `two loops that race for a variable are reported`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let loops = [try EventLoop(name: "first"), try EventLoop(name: "second")]
            let unguarded = Unguarded()
            for loop in loops { loop.start() }
            // Both jobs have begun before anything else is locked: a lock, such as a mailbox's, would order them.
            let begun = Box<Void>()
            for loop in loops {
                loop.post {
                    begun.put(())
                    plantedRace(unguarded)
                }
            }
            _ = try begun.wait(2)
            for loop in loops { loop.finish() }
        }
        let report = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        // A "data race" or a "Swift access race", whichever access the sanitizer meets first.
        #expect(report.contains("WARNING: ThreadSanitizer: "))
        #expect(report.contains("plantedRace"))
    }
}

/// The name to look for in the report.
@inline(never)
private func plantedRace(_ unguarded: Unguarded) {
    // Again and again for a while, so that both threads are at it after the last lock that either of them takes, those
    // inside the language's runtime included: such a lock may order one run of accesses before another.
    for _ in 0..<100 {
        for _ in 0..<100 { unguarded.value += 1 }
        usleep(1_000)
    }
}
