import SwitchboardModel

/// Where service time comes from.
public enum ClockSource: Sendable {
    /// The machine's calendar clock, read by `now` in milliseconds since 1970.
    case system(now: @Sendable () -> Int64)
    /// Moves only when told.
    case manual
}

/// Service time and the wake-up for the next timer, the balancer's own. The timers themselves are state; this knows only
/// what time it is and when to wake the lane.
struct Timekeeper: ~Copyable {
    private let source: ClockSource
    private var manual: Timestamp
    private var armed: Timestamp?
    private let wake: @Sendable (TimeSpan?) -> Void

    /// - Parameters:
    ///   - start: where a manual clock starts.
    ///   - wake: asks for a call of `LoadBalancer.fireTimers` after that long; `nil`: no timer is set.
    init(_ source: ClockSource, start: Timestamp, wake: @escaping @Sendable (TimeSpan?) -> Void) {
        self.source = source
        manual = start
        self.wake = wake
    }

    var isManual: Bool {
        switch source {
        case .system: false
        case .manual: true
        }
    }

    /// The time by the clock, which on a system clock may be before the last record's.
    func now() -> Timestamp {
        switch source {
        case .system(let now): Timestamp(milliseconds: now())
        case .manual: manual
        }
    }

    mutating func move(to time: Timestamp) { manual = max(manual, time) }

    /// Wakes the lane when `due` comes. A manual clock needs no waking: whoever moves it fires the timers.
    mutating func arm(_ due: Timestamp?) {
        guard due != armed, !isManual else { return }
        armed = due
        wake(due.map { max($0 - now(), .zero) })
    }

    /// The wake-up came: the next `arm` sets it anew even for the same moment.
    mutating func disarm() { armed = nil }
}
