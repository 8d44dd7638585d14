/// How fast a queue moves: what the estimated wait is made of.
public struct QueuePace: Equatable, Sendable {
    /// When the last ticket was given to somebody, if others have waited ever since.
    public internal(set) var last: Timestamp?
    /// The mean time from one ticket given to the next while others wait; zero: not known yet. Each new one counts for a
    /// quarter, as Asterisk's `app_queue` does for its hold time.
    public internal(set) var mean = TimeSpan.zero

    mutating func note(_ time: Timestamp, moreWait: Bool) {
        if let last {
            let sample = (time - last).milliseconds
            mean = TimeSpan(milliseconds: mean == .zero ? sample : (3 * mean.milliseconds + sample) / 4)
        }
        last = moreWait ? time : nil
    }

    /// How long the ticket in this place will probably wait; `nil`: not known yet. Where nobody was served for longer than the
    /// mean, it counts as if the next one were given now.
    func wait(at position: Int64, _ now: Timestamp) -> TimeSpan? {
        guard mean != .zero else { return nil }
        var pace = self
        if let last, now - last > mean { pace.note(now, moreWait: true) }
        let (span, isTooLong) = pace.mean.milliseconds.multipliedReportingOverflow(by: position)
        return isTooLong ? nil : TimeSpan(milliseconds: span)
    }
}
