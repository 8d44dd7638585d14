/// One settable moment at which its loop calls a closure, about a millisecond exact and never early.
/// Use it on the loop's thread only. A loop has few alarms: each is looked at when one of them is due.
public final class Alarm: @unchecked Sendable {
    // @unchecked because `deadline` belongs to the loop's thread, as every method demands.
    private unowned let loop: EventLoop
    private let fire: @Sendable () -> Void
    /// When to fire, in nanoseconds of the monotonic clock; nil when not set.
    private(set) var deadline: UInt64?

    public init(on loop: EventLoop, _ fire: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.fire = fire
    }

    /// Fires once at `nanoseconds` of the monotonic clock, at the earliest at the loop's next turn. Replaces the
    /// moment set before. The loop keeps a set alarm alive.
    public func set(atMonotonicNanoseconds nanoseconds: UInt64) {
        loop.preconditionCurrent()
        if deadline == nil { loop.alarms.append(self) }
        deadline = nanoseconds
        loop.nextAlarmNanoseconds = min(loop.nextAlarmNanoseconds, nanoseconds)
    }

    /// Forgets the moment that was set, if any.
    public func clear() {
        loop.preconditionCurrent()
        guard deadline != nil else { return }
        deadline = nil
        loop.alarms.removeAll { $0 === self }
    }

    func isDue(at now: UInt64) -> Bool { deadline.map { $0 <= now } ?? false }

    /// Fires if due at `now`. The alarm is unset before its closure runs, which may set it again.
    func fireIfDue(at now: UInt64) {
        guard isDue(at: now) else { return }
        clear()
        fire()
    }
}
