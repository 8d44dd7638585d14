import SwitchboardPlatform

/// A progress bar on standard error, drawn when that is a terminal: what is transferred may go to standard output.
struct TransferProgress {
    private let label: String
    private let unit: String
    /// What `done` leads to; 0: not known.
    private let total: Int
    private let isTerminal = Console.isErrorTerminal
    private let start = SystemClock.monotonicNanoseconds()
    private var lastDrawn: UInt64 = 0
    private(set) var done = 0

    private static let redrawNanoseconds: UInt64 = 100_000_000

    init(_ label: String, total: Int, unit: String) {
        self.label = label
        self.total = total
        self.unit = unit
    }

    /// So much is done in all.
    mutating func reach(_ done: Int) {
        self.done = done
        guard isTerminal else { return }
        let now = SystemClock.monotonicNanoseconds()
        guard now - lastDrawn >= Self.redrawNanoseconds else { return }
        lastDrawn = now
        Console.redrawError(line)
    }

    /// Ends the line that a terminal shows.
    func finish() {
        guard isTerminal else { return }
        Console.redrawError(line)
        Console.printError("")
    }

    private var line: String {
        let seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
        guard total > 0 else { return "\(label) \(grouped(done)) \(unit)  \(shortTime(seconds))" }
        return Progress.text(label: label, unit: unit, done: min(done, total), total: total, seconds: seconds)
    }
}
