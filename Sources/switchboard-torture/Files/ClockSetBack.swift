import SwitchboardEngine
import SwitchboardModel
import SwitchboardStorage
import SwitchboardTestKit
import Synchronization

/// An engine on a calendar clock that is set back and forward, and restarted: service time never goes back, no timer
/// stays due, and a restart changes nothing.
enum ClockSetBack {
    struct Counts {
        var jumps = 0
        var restarts = 0
        var records = 0
        var problems: [String] = []
    }

    /// The machine's clock, in milliseconds since 1970.
    private final class Calendar: Sendable {
        let milliseconds = Atomic<Int64>(1_800_000_000_000)
    }

    static func run(seeds: ClosedRange<UInt64>) throws -> Counts {
        var counts = Counts()
        for seed in seeds where counts.problems.isEmpty { try run(seed: seed, &counts) }
        return counts
    }

    private static func run(seed: UInt64, _ counts: inout Counts) throws {
        let calendar = Calendar()
        let engine = try EngineUnderTest(
            seed: seed, clock: .system { calendar.milliseconds.load(ordering: .relaxed) })
        defer { engine.close() }
        var chance = SeededChance(seed: seed)
        var desks = DeskPair(seed: seed, withExact: false)
        try desks.setUp(engine)
        var latest = engine.image().routing.lastTime ?? .manualStart
        for _ in 0..<60 {
            let jump: Int64 =
                switch Int.random(in: 0..<6, using: &chance) {
                case 0: -Int64.random(in: 1...3_600_000, using: &chance)
                case 1: Int64.random(in: 1...3_600_000, using: &chance)
                default: Int64.random(in: 0...5000, using: &chance)
                }
            calendar.milliseconds.add(jump, ordering: .relaxed)
            if jump < 0 { counts.jumps += 1 }
            _ = try desks.group(engine)
            if Int.random(in: 0..<10, using: &chance) == 0 {
                try engine.engine.journal.sync()
                let before = engine.digest()
                try engine.crash()
                counts.restarts += 1
                // Where nothing became due meanwhile, nothing is different.
                let isSame = engine.engine.journal.appended == engine.engine.recovered.last
                if isSame, engine.digest() != before {
                    counts.problems.append("seed \(seed): a restart changed the state")
                }
            }
            let last = engine.image().routing.lastTime ?? latest
            if last < latest { counts.problems.append("seed \(seed): the time of the last record went back") }
            if engine.serviceTime() < last {
                counts.problems.append("seed \(seed): service time is behind the records")
            }
            latest = last
            if let due = engine.image().routing.timers.first?.due, due <= last {
                counts.problems.append("seed \(seed): a timer was due at \(due) and did not fire")
            }
            if !engine.verify().isOK { counts.problems.append("seed \(seed): \(engine.verify().problems)") }
        }
        try engine.engine.journal.sync()
        try checkTimes(engine, seed, &counts)
    }

    /// The times of the records never go back.
    private static func checkTimes(_ engine: EngineUnderTest, _ seed: UInt64, _ counts: inout Counts) throws {
        var last = Timestamp(milliseconds: .min)
        for path in engine.disk.paths() where path.hasSuffix(".log") {
            var scan = try SegmentScan(path, on: engine.disk)
            defer { scan.close() }
            while case .record(let record) = try scan.step() {
                let time = try RecordCodec.decode(record.payload).time
                if time < last {
                    counts.problems.append("seed \(seed): record \(record.lsn.rawValue) is before the last")
                }
                last = time
                counts.records += 1
            }
        }
    }
}
