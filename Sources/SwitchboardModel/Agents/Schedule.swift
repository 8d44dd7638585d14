/// A planned pause: begins by itself at a time of day, on some days of the week.
public struct Schedule: Fielded, Equatable {
    /// Within the agent, from 1; never given again.
    public var number: UInt32 = 0
    /// Since midnight by the agent's clock.
    public var at = TimeSpan.zero
    public var span = TimeSpan.zero
    public var days = Weekdays.all
    public var channels = ChannelSet.all
    public var kind = PauseKind.drain
    public var reason: String?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &number)
        try fields.span(2, &at)
        try fields.span(3, &span)
        try fields.number(4, &days.rawValue)
        try fields.number(5, &channels.rawValue)
        try fields.named(6, &kind)
        try fields.optionalText(7, &reason)
    }

    /// When it begins the next time after `now`, by a clock that far from UTC.
    func next(after now: Timestamp, _ offset: TimeSpan) -> Timestamp {
        let today = now.localDay(offset).day
        for day in today...(today &+ 7) where days.contains(day: day) {
            let start = Timestamp(
                milliseconds: day &* RFC3339.millisecondsADay &+ at.milliseconds &- offset.milliseconds)
            if start > now { return start }
        }
        // Only a damaged file has a schedule of no day.
        return .latest
    }
}

/// Some days of the week.
public struct Weekdays: OptionSet, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public init(_ day: Weekday) { rawValue = 1 << day.rawValue }

    public static let all = Weekdays(rawValue: 0x7f)

    /// Whether the day, counted from 1970-01-01, a Thursday, is one of them.
    func contains(day: Int64) -> Bool {
        let place = (day &+ 3) % 7
        return rawValue & (1 << UInt8(place < 0 ? place + 7 : place)) != 0
    }

    var list: [Weekday] { Weekday.allCases.filter { contains(Weekdays($0)) } }
}

public enum Weekday: UInt8, Named {
    case monday = 0
    case tuesday = 1
    case wednesday = 2
    case thursday = 3
    case friday = 4
    case saturday = 5
    case sunday = 6

    public var name: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }
}

/// What limits schedules.
public enum ScheduleLimit {
    /// Planned pauses of one agent.
    public static let schedules = 100
    /// A planned pause is shorter than a day, so that it is over when it comes again.
    public static let span = TimeSpan.seconds(86_399)
}
