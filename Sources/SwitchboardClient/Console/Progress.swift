import SwitchboardPlatform

/// A progress bar: on a terminal one line that is drawn again and again, elsewhere a plain line each tenth of the way.
package struct Progress {
    private let label: String
    private let unit: String
    private let total: Int
    private let isTerminal: Bool
    private let start = SystemClock.monotonicNanoseconds()
    private var done = 0
    private var lastDrawn: UInt64 = 0
    private var lastTenth = 0

    /// Time between two drawings on a terminal.
    private static let redrawNanoseconds: UInt64 = 100_000_000
    /// Steps between two looks at the clock.
    private static let stepsPerLook = 64

    /// `label` says what is being done, `unit` what `total` counts (`rows`).
    package init(_ label: String, total: Int, unit: String, isTerminal: Bool = Console.isTerminal) {
        self.label = label
        self.total = total
        self.unit = unit
        self.isTerminal = isTerminal
    }

    /// One more of `total` is done.
    package mutating func advance() {
        done += 1
        if isTerminal {
            guard done % Progress.stepsPerLook == 0 else { return }
            let now = SystemClock.monotonicNanoseconds()
            guard now - lastDrawn >= Progress.redrawNanoseconds else { return }
            lastDrawn = now
            Console.redraw(line)
        } else if total > 0, done * 10 / total > lastTenth {
            lastTenth = done * 10 / total
            Console.print(line)
        }
    }

    /// Ends the line that a terminal shows; elsewhere the last tenth has been printed.
    package func finish() {
        guard isTerminal else { return }
        Console.redraw(line)
        Console.print("")
    }

    private var line: String {
        Progress.text(
            label: label, unit: unit, done: done, total: total,
            seconds: Double(SystemClock.monotonicNanoseconds() - start) / 1e9)
    }

    /// `replaying  [########------------]  40 %  56,684/141,712 rows  31,200/s  3 s left`, at most 79 columns
    /// for the labels and counts we have. `seconds` is the time it has taken so far.
    package static func text(label: String, unit: String, done: Int, total: Int, seconds: Double) -> String {
        let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
        let filled = Int(share * Double(barWidth))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: barWidth - filled)
        let rate = seconds > 0 ? Double(done) / seconds : 0
        let percent = padded("\(Int(share * 100))", to: 3)
        let counts = "\(grouped(done))/\(grouped(total)) \(unit)"
        let end = done >= total ? "in \(shortTime(seconds))" : "\(timeLeft(total - done, rate: rate)) left"
        return "\(label) [\(bar)] \(percent) %  \(counts)  \(grouped(Int(rate)))/s  \(end)"
    }

    private static let barWidth = 16

    private static func timeLeft(_ count: Int, rate: Double) -> String {
        rate > 0 ? shortTime((Double(count) / rate).rounded(.up)) : "?"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
