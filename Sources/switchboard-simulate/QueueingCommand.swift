import SwitchboardPlatform
import SwitchboardTestKit

/// `switchboard-simulate queueing`: the balancer beside Erlang's formulas.
enum QueueingCommand {
    static let usage = """
               switchboard-simulate queueing [--contacts N] [--runs N] [--seed S]
          --contacts N in each run, 100000 by default
          --runs N     runs of each case, 10 by default; all runs have seeds of their own, one after the other
          --seed S     the first seed, 1 by default
        """

    /// Returns the exit status: 0, 1 when a figure is outside of its bounds, 2 when the arguments make no sense.
    static func run(_ arguments: [String], _ wholeUsage: String) -> Int32 {
        var (contacts, runs, seed) = (100_000, 10, UInt64(1))
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst().flatMap({ UInt64($0) }), value > 0, value <= 10_000_000 else {
                StandardError.write(wholeUsage)
                return 2
            }
            switch name {
            // Batches of one contact have no variance to speak of.
            case "--contacts" where value >= 1000: contacts = Int(value)
            case "--runs": runs = Int(value)
            case "--seed": seed = value
            default:
                StandardError.write(wholeUsage)
                return 2
            }
        }
        let start = SystemClock.monotonicNanoseconds()
        var (figures, outside, wrong) = (0, 0, 0)
        for (number, desk) in QueueCase.all.enumerated() {
            // No two cases with the same draws.
            let first = seed &+ UInt64(number * runs)
            let report = QueueReport(desk, contacts: contacts, runs: runs, seed: first)
            for line in report.lines { print(line) }
            figures += report.figures.count
            outside += report.figures.count { !$0.agrees }
            wrong += report.problems.count
        }
        let seconds = (SystemClock.monotonicNanoseconds() - start) / 1_000_000_000
        print(
            "\(QueueCase.all.count * contacts * runs) contacts, \(figures) figures, \(outside) outside of their bounds of "
                + "99.9 %, \(wrong) contacts or moments wrong, \(seconds) s")
        return outside + wrong == 0 ? 0 : 1
    }
}
