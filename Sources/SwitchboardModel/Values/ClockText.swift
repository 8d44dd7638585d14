extension Timestamp {
    /// The time of day for people: `12:30`, with seconds where there are any, and with the date where it is not that of
    /// `now`. Both as seen that far from UTC.
    func clockText(_ offset: TimeSpan = .zero, seenAt now: Timestamp) -> String {
        let (day, ofDay) = localDay(offset)
        let text = Timestamp(milliseconds: ofDay.milliseconds).timeOfDay
        guard day != now.localDay(offset).day else { return text }
        let date = CalendarDate(day: day)
        return "\(date.year)-" + Self.pair(date.month) + "-" + Self.pair(date.day) + " " + text
    }

    /// Of a time on the first day: `12:30`, with seconds where there are any.
    var timeOfDay: String {
        let seconds = milliseconds / 1000
        let text = Self.pair(seconds / 3600) + ":" + Self.pair(seconds / 60 % 60)
        return seconds % 60 == 0 ? text : text + ":" + Self.pair(seconds % 60)
    }

    /// The day, counted from 1970-01-01, and the time since its beginning, as seen that far from UTC.
    func localDay(_ offset: TimeSpan) -> (day: Int64, ofDay: TimeSpan) {
        let local = milliseconds &+ offset.milliseconds
        var day = local / RFC3339.millisecondsADay
        if local % RFC3339.millisecondsADay < 0 { day -= 1 }
        return (day, TimeSpan(milliseconds: local &- day &* RFC3339.millisecondsADay))
    }

    private static func pair(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
