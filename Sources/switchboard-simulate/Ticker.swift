import Glibc
import SwitchboardPlatform
import SwitchboardTestKit

/// Says once a second how far it is: on a terminal in one line that is written over, else in lines of their own.
final class Ticker: @unchecked Sendable {
    // @unchecked because `show` is called by one thread at a time, and `end` after all of them.
    private let total: UInt64
    private let isTerminal = isatty(1) == 1
    private let start = SystemClock.monotonicNanoseconds()
    private var shown: UInt64

    init(total: UInt64) {
        self.total = total
        shown = start
    }

    func show(_ progress: Campaign.Progress) {
        let now = SystemClock.monotonicNanoseconds()
        guard now - shown >= 1_000_000_000 else { return }
        shown = now
        let seconds = Double(now - start) / 1e9
        let rate = Double(progress.seeds) / seconds
        let left = Double(total - UInt64(progress.seeds)) / max(rate, 0.001)
        let line =
            "\(progress.seeds) of \(total) seeds, \(Int(rate)) a second, \(Int(left)) s left, "
            + "\(progress.failures.count) failures"
        print(isTerminal ? "\r\u{1b}[K\(line)" : line, terminator: isTerminal ? "" : "\n")
        fflush(nil)
    }

    func end() { if isTerminal { print("\r\u{1b}[K", terminator: "") } }

    /// Seconds since the start, with one decimal.
    var secondsText: String {
        let tenths = (SystemClock.monotonicNanoseconds() - start) / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
