/// What a pause does with the work already there.
public enum PauseKind: UInt8, Named {
    /// Present work stays.
    case drain = 0
    /// Untouched work goes back to its queue at its age.
    case `return` = 1

    public var name: String {
        switch self {
        case .drain: "drain"
        case .return: "return"
        }
    }
}

/// A pause: on these channels nothing new is given.
public struct Pause: Fielded, Equatable {
    public var channels = ChannelSet.all
    public var kind = PauseKind.drain
    public var reason: String?
    public var since = Timestamp(milliseconds: 0)
    /// When it ends by itself; `nil`: when the agent is resumed.
    public var until: Timestamp?
    /// Began by a schedule; not counted against the agent's budget.
    public var isPlanned = false
    /// Who gave it, where somebody said so.
    public var by: AgentIndex?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &channels.rawValue)
        try fields.named(2, &kind)
        try fields.optionalText(3, &reason)
        try fields.time(4, &since)
        try fields.time(5, &until)
        try fields.flag(6, &isPlanned)
        try fields.agent(7, &by)
    }
}

/// What a pause that was asked for waits for.
public enum PauseStage: UInt8, Named {
    /// The end of the agent's chats and calls, and of the wrap-up. Has its place among the paused already.
    /// Can transition to: the pause; withdrawn.
    case work = 0
    /// A place among the agents who may be paused at once. Can transition to: the pause; work; withdrawn.
    case place = 1

    public var name: String {
        switch self {
        case .work: "work"
        case .place: "place"
        }
    }
}

/// A pause that was asked for and has not begun. An agent has at most one: the last request counts.
public struct PauseRequest: Fielded, Equatable {
    public var stage = PauseStage.work
    public var channels = ChannelSet.all
    public var kind = PauseKind.drain
    public var reason: String?
    /// How long the pause is from its beginning; `nil`: until the agent is resumed.
    public var span: TimeSpan?
    public var askedAt = Timestamp(milliseconds: 0)
    /// Given a place, it still waits for the agent's chats and calls to end.
    public var isAfterWork = false
    public var isPlanned = false
    public var by: AgentIndex?
    /// The record in which it was asked for: of two asked for at one moment the earlier record is first.
    public var record = LogSequenceNumber.none

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.named(1, &stage)
        try fields.number(2, &channels.rawValue)
        try fields.named(3, &kind)
        try fields.optionalText(4, &reason)
        try fields.optionalSpan(5, &span)
        try fields.time(6, &askedAt)
        try fields.flag(7, &isAfterWork)
        try fields.flag(8, &isPlanned)
        try fields.agent(9, &by)
        try fields.integer(10, &record.rawValue)
    }

    /// The pause, beginning at `now`.
    func pause(at now: Timestamp) -> Pause {
        var pause = Pause()
        pause.channels = channels
        pause.kind = kind
        pause.reason = reason
        pause.since = now
        pause.until = span.map { now + $0 }
        pause.isPlanned = isPlanned
        pause.by = by
        return pause
    }
}
