/// What is set of an agent's times.
public struct AgentTimes: Fielded, Equatable {
    /// How long the agent may be paused each day, planned pauses apart; `nil`: for any time.
    public var pauseBudget: TimeSpan?
    /// How far the agent's clock is from UTC: by it days begin and planned pauses are timed.
    public var offset = TimeSpan.zero
    /// Within which heartbeats are expected; `nil`: never.
    public var lease: TimeSpan?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.optionalSpan(1, &pauseBudget)
        try fields.span(2, &offset)
        try fields.optionalSpan(3, &lease)
    }

    /// The furthest that a clock may be from UTC.
    public static let furthestOffset = TimeSpan.seconds(14 * 3600)
}

/// How long an agent was paused on one day, in pauses that are over.
public struct PauseAccount: Fielded, Equatable {
    /// Counted from 1970-01-01, by the agent's clock.
    public var day: Int64 = 0
    public var used = TimeSpan.zero

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        var midnight = Timestamp(milliseconds: day &* RFC3339.millisecondsADay)
        try fields.time(1, &midnight)
        day = midnight.milliseconds / RFC3339.millisecondsADay
        try fields.span(2, &used)
    }
}

extension Agent {
    /// For how long the agent has been paused on the day of `now`, the present pause included, planned pauses apart.
    package func pauseUsed(at now: Timestamp) -> TimeSpan {
        let (today, ofDay) = now.localDay(times.offset)
        let before = account.day == today ? account.used : .zero
        guard let pause, !pause.isPlanned else { return before }
        let sinceMidnight = min(ofDay.milliseconds, now.milliseconds &- pause.since.milliseconds)
        return TimeSpan(milliseconds: before.milliseconds &+ max(sinceMidnight, 0))
    }

    /// How long the agent may still be paused on the day of `now`; `nil`: for any time.
    func pauseLeft(at now: Timestamp) -> TimeSpan? {
        times.pauseBudget.map { budget in
            max(TimeSpan(milliseconds: budget.milliseconds &- pauseUsed(at: now).milliseconds), .zero)
        }
    }

    /// Sets the agent's clock and budget. What was used of the day is used of the day by the new clock.
    mutating func set(_ times: AgentTimes, at now: Timestamp) {
        let used = account.day == now.localDay(self.times.offset).day ? account.used : .zero
        self.times = times
        account.day = now.localDay(times.offset).day
        account.used = used
    }

    /// Counts the present pause, which ends or is replaced.
    mutating func chargePause(at now: Timestamp) {
        guard let pause, !pause.isPlanned else { return }
        let used = pauseUsed(at: now)
        account.day = now.localDay(times.offset).day
        account.used = used
    }

    /// Whether the agent counts among those of whom only so many may be paused at once.
    var takesPausePlace: Bool { pause != nil || asked?.stage == .work }

    /// Whether something is under way that a pause after work waits for.
    var isFinishing: Bool { holds.conversations > 0 || wrapUp != nil }

    /// Where the agent stands in the waiting list for pauses.
    var pauseWait: PauseWait? {
        guard let asked, asked.stage == .place else { return nil }
        return PauseWait(askedAt: asked.askedAt, record: asked.record, agent: index)
    }
}
