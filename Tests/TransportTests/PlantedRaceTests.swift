import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// Memory that nothing guards.
private final class Unguarded: @unchecked Sendable {
    // @unchecked because the missing guard is the point: the sanitizer must see it.
    var value = 0
}

/// Proves that the thread sanitizer sees through event loops. `Tests/race.sh` runs this under the sanitizer and
/// expects a report; every other run leaves it out.
@Suite(.enabled(if: getenv("SWITCHBOARD_PLANT_RACE") != nil))
struct PlantedRaceTests {
    @Test func `two loops race for a variable`() throws {
        let loops = [try EventLoop(name: "first"), try EventLoop(name: "second")]
        let unguarded = Unguarded()
        for loop in loops { loop.start() }
        // Both jobs have begun before anything else is locked: a lock, such as a mailbox's, would order the accesses.
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
}

/// The name to look for in the report.
@inline(never)
private func plantedRace(_ unguarded: Unguarded) {
    for _ in 0..<10_000 { unguarded.value += 1 }
}
