import Glibc
import SwitchboardClient

/// The part `files`: everything over a disk in memory.
enum FilesPart {
    /// Prints one line for each kind of damage; whether nothing was wrong.
    static func run(seed: UInt64, tailBytes: Int, stride: Int, seeds: UInt64) throws -> Bool {
        // What the storage logs about thousands of damages is no news.
        let log = dup(2)
        let nothing = open("/dev/null", O_WRONLY)
        dup2(nothing, 2)
        defer {
            dup2(log, 2)
            close(log)
            close(nothing)
        }
        let threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let folder = try RecordedFolder(seed: seed, tailBytes: tailBytes)
        let damage = JournalDamage(folder: folder, tailBytes: tailBytes, seed: seed)
        var isGood = true
        for kind in JournalDamage.Kind.allCases {
            let counts = damage.run(kind, stride: stride, threads: threads)
            tell(
                "\(kind.rawValue) at \(grouped(counts.tried)) of the last \(grouped(tailBytes)) bytes of the "
                    + "journal: \(grouped(counts.whole)) whole, \(grouped(counts.prefixes)) without records that were not "
                    + "safe, \(grouped(counts.refused)) refused with file and offset, \(counts.problems.count) wrong",
                counts.problems, &isGood)
        }
        let failing = try FailingDisk.run(seeds: seed...(seed + seeds - 1))
        tell(
            "syncs that fail, full and read-only disks: \(failing.crashes) crashes in \(seeds) seeds, "
                + "\(failing.compared) states compared, \(failing.problems.count) wrong", failing.problems, &isGood)
        let clock = try ClockSetBack.run(seeds: seed...(seed + seeds - 1))
        tell(
            "the clock set back: \(grouped(clock.jumps)) times in \(seeds) seeds, \(clock.restarts) restarts, "
                + "\(grouped(clock.records)) records in order, \(clock.problems.count) wrong", clock.problems, &isGood)
        return isGood
    }

    private static func tell(_ line: String, _ problems: [String], _ isGood: inout Bool) {
        for problem in problems.prefix(10) { Console.print("wrong: \(problem)") }
        Console.print(line)
        if !problems.isEmpty { isGood = false }
    }
}
