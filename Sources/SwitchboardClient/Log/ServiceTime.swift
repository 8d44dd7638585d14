/// A moment of the server's service time: milliseconds since 1970-01-01T00:00:00Z.
package struct ServiceTime: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (left: ServiceTime, right: ServiceTime) -> Bool { left.milliseconds < right.milliseconds }

    /// Reads the log's `d/m/Y H:M`, one or two digits each but the year, taken as UTC; `nil` for anything else.
    package init?(log text: ArraySlice<UInt8>) {
        var reader = DigitReader(text)
        guard let day = reader.number(digits: 1...2), reader.take("/"),
            let month = reader.number(digits: 1...2), reader.take("/"),
            let year = reader.number(digits: 4...4), reader.take(" "),
            let hour = reader.number(digits: 1...2), reader.take(":"),
            let minute = reader.number(digits: 2...2), reader.isAtEnd,
            let time = ServiceTime(year: year, month: month, day: day, hour: hour, minute: minute, second: 0)
        else { return nil }
        self = time
    }

    /// Reads RFC 3339 in UTC, to the second or the millisecond; `nil` for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        var reader = DigitReader(bytes[...])
        guard let year = reader.number(digits: 4...4), reader.take("-"),
            let month = reader.number(digits: 2...2), reader.take("-"),
            let day = reader.number(digits: 2...2), reader.take("T"),
            let hour = reader.number(digits: 2...2), reader.take(":"),
            let minute = reader.number(digits: 2...2), reader.take(":"),
            let second = reader.number(digits: 2...2),
            let whole = ServiceTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var fraction = 0
        if reader.take(".") {
            guard let value = reader.number(digits: 3...3) else { return nil }
            fraction = value
        }
        guard reader.take("Z"), reader.isAtEnd else { return nil }
        self.init(milliseconds: whole.milliseconds + Int64(fraction))
    }

    /// A moment of the Gregorian calendar; `nil` when there is no such day or hour.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1...12).contains(month), day >= 1, day <= ServiceTime.days(in: month, of: year),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        let days = ServiceTime.daysSince1970(year: year, month: month, day: day)
        milliseconds = Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000
    }

    /// RFC 3339 in UTC, whole seconds: what `CLOCK SET` takes.
    package var text: String {
        let seconds = Int(milliseconds / 1000)
        let (year, month, day) = ServiceTime.date(daysSince1970: seconds / 86_400)
        let rest = seconds % 86_400
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    // MARK: The calendar

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts in years that begin in March, so that the leap day comes last
    /// (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let yearOfEra = marchYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return marchYear / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `daysSince1970`, from 1970 on.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let era = (days + 719_468) / 146_097
        let dayOfEra = (days + 719_468) % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

/// Takes numbers and separators off the front of a text.
private struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) { rest = text }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ separator: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: separator) else { return false }
        rest.removeFirst()
        return true
    }

    /// As many digits as there are, at most the upper bound; `nil` when fewer than the lower one.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < digits.upperBound, let byte = rest.first, byte >= 48, byte <= 57 {
            value = value * 10 + Int(byte - 48)
            count += 1
            rest.removeFirst()
        }
        return count >= digits.lowerBound ? value : nil
    }
}
