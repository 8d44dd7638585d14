import SwitchboardModel

extension Argument {
    /// `90` or `90s`, `15m`, `8h`, `3d`, `2w`: a whole number and its unit, up to `TimeSpan.longest`.
    public func duration() throws(WireError) -> TimeSpan {
        let expectation = "a duration such as 90, 90s, 15m, 8h, 3d or 2w"
        guard let last = memory.last else { throw invalid(expectation) }
        let seconds: Int64
        switch last {
        case UInt8(ascii: "s"): seconds = 1
        case UInt8(ascii: "m"): seconds = 60
        case UInt8(ascii: "h"): seconds = 3600
        case UInt8(ascii: "d"): seconds = 86_400
        case UInt8(ascii: "w"): seconds = 7 * 86_400
        default: seconds = 0
        }
        let digits = seconds == 0 ? memory : UnsafeRawBufferPointer(rebasing: memory.dropLast())
        guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { throw invalid(expectation) }
        let unit = max(seconds, 1) * 1000
        guard let count = Self.decimal(digits).flatMap({ Int64(exactly: $0) }),
            count <= TimeSpan.longest.milliseconds / unit
        else { throw .badArgument("\(label) is longer than 100 years: '\(printable)'") }
        return TimeSpan(milliseconds: count * unit)
    }

    /// RFC 3339, with any offset and an optional fraction, of which milliseconds are kept; or a date, which is its midnight in
    /// UTC.
    public func time() throws(WireError) -> Timestamp {
        guard let time = RFC3339.timeOrDate(memory) else {
            throw invalid("a time in RFC 3339 such as 2026-01-31T09:30:00Z, or a date")
        }
        return time
    }
}
