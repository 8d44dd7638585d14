import SwitchboardModel
import SwitchboardStorage
import SwitchboardTestKit

/// An engine whose disk refuses syncs, is full or read-only for a while, and whose machine crashes in the middle of it.
enum FailingDisk {
    struct Counts {
        var crashes = 0
        var failures = 0
        var records: UInt64 = 0
        var compared = 0
        var problems: [String] = []
    }

    static func run(seeds: ClosedRange<UInt64>) throws -> Counts {
        var counts = Counts()
        for seed in seeds where counts.problems.isEmpty { try run(seed: seed, &counts) }
        return counts
    }

    private static func run(seed: UInt64, _ counts: inout Counts) throws {
        let engine = try EngineUnderTest(seed: seed) {
            $0.segmentBytes = 6000
            $0.retryIntervalMilliseconds = 0
        }
        defer { engine.close() }
        var chance = SeededChance(seed: seed)
        var desks = DeskPair(seed: seed, withExact: false)
        try desks.setUp(engine)
        var digests: [UInt64: String] = [:]
        for _ in 0..<4 {
            for _ in 0..<Int.random(in: 5...25, using: &chance) {
                _ = try desks.group(engine)
                digests[engine.engine.journal.appended.rawValue] = engine.digest()
                switch Int.random(in: 0..<12, using: &chance) {
                case 0: engine.disk.faults.syncsToFail = Int.random(in: 1...4, using: &chance)
                case 1: engine.disk.faults.spaceLeft = Int.random(in: 0...3000, using: &chance)
                case 2: engine.disk.faults.isReadOnly = true
                case 3, 4, 5: engine.disk.faults = FakeDiskFaults()
                case 6:
                    // It may fail; the journal has everything all the same.
                    do { try engine.snapshot() } catch { counts.failures += 1 }
                case 7:
                    do { try engine.engine.journal.sync() } catch { counts.failures += 1 }
                default: break
                }
            }
            let durable = engine.engine.journal.durable.rawValue
            try engine.crash(model(&chance))
            counts.crashes += 1
            let last = engine.engine.recovered.last.rawValue
            counts.records += last
            if last < durable {
                counts.problems.append("seed \(seed): record \(durable) was durable, \(last) is the last")
            }
            let verification = engine.verify()
            if !verification.isOK { counts.problems.append("seed \(seed): \(verification.problems)") }
            if engine.engine.journal.appended.rawValue == last, let digest = digests[last] {
                counts.compared += 1
                if verification.digest.text != digest {
                    counts.problems.append("seed \(seed): the state is not the one after record \(last)")
                }
            }
            digests = [:]
            // What was on the way when the machine stopped is forgotten; the next life goes on with new tickets.
            desks = DeskPair(seed: seed &+ UInt64(counts.crashes) &* 977, withExact: false)
        }
    }

    private static func model(_ chance: inout SeededChance) -> CrashModel {
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: .killed
        case 1: .unsyncedLost
        case 2: .torn(seed: chance.next())
        default: .scattered(seed: chance.next())
        }
    }
}
