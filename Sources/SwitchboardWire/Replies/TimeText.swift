import SwitchboardModel

/// RFC 3339, written and read by hand: a formatter costs 50 times as much.
enum TimeText {
    static let millisecondsADay: Int64 = 86_400_000
    /// 0000-01-01T00:00:00.000Z, the earliest moment with a year of four digits.
    static let earliest = Timestamp(milliseconds: -62_167_219_200_000)

    /// Appends `2000-01-01T00:00:00.000Z`: always 24 bytes. What is outside of the years 0 to 9999 is written as the
    /// nearest moment inside.
    static func append(_ time: Timestamp, to bytes: inout [UInt8]) {
        let milliseconds = min(max(time, earliest), .latest).milliseconds
        var day = milliseconds / millisecondsADay
        var rest = milliseconds % millisecondsADay
        if rest < 0 {
            day -= 1
            rest += millisecondsADay
        }
        let date = Date(day: day)
        let ofDay = UInt32(truncatingIfNeeded: rest)
        let seconds = ofDay / 1000
        let year = UInt32(truncatingIfNeeded: date.year)
        withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { text in
            // Because one append of 24 bytes is cheaper than 24 appends; every byte is written below.
            pair(year / 100, text, 0)
            pair(year % 100, text, 2)
            text[4] = UInt8(ascii: "-")
            pair(UInt32(date.month), text, 5)
            text[7] = UInt8(ascii: "-")
            pair(UInt32(date.day), text, 8)
            text[10] = UInt8(ascii: "T")
            pair(seconds / 3600, text, 11)
            text[13] = UInt8(ascii: ":")
            pair(seconds / 60 % 60, text, 14)
            text[16] = UInt8(ascii: ":")
            pair(seconds % 60, text, 17)
            text[19] = UInt8(ascii: ".")
            text[20] = ASCII.zero + UInt8(truncatingIfNeeded: ofDay % 1000 / 100)
            pair(ofDay % 100, text, 21)
            text[23] = UInt8(ascii: "Z")
            bytes.append(contentsOf: text)
        }
    }

    @inline(__always)
    private static func pair(_ value: UInt32, _ text: UnsafeMutableRawBufferPointer, _ offset: Int) {
        text[offset] = ASCII.zero + UInt8(truncatingIfNeeded: value / 10)
        text[offset + 1] = ASCII.zero + UInt8(truncatingIfNeeded: value % 10)
    }

    /// Unowned memory, because it is only read during the call.
    ///
    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`; T and Z in either case. Nil for anything else, for a date that
    /// does not exist, for a leap second, and for what lies outside of the years 0 to 9999 in UTC.
    static func parse(_ text: UnsafeRawBufferPointer) -> Timestamp? {
        guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let century = number(text, 0), let years = number(text, 2), let month = number(text, 5),
            let day = number(text, 8), let hour = number(text, 11), let minute = number(text, 14),
            let second = number(text, 17), hour < 24, minute < 60, second < 60
        else { return nil }
        guard let date = Date(year: century * 100 + years, month: month, day: day) else { return nil }
        var offset = 19
        var fraction: Int64 = 0
        if text[offset] == UInt8(ascii: ".") {
            var scale: Int64 = 100
            offset += 1
            let first = offset
            while offset < text.count, ASCII.isDigit(text[offset]) {
                fraction += Int64(text[offset] - ASCII.zero) * scale
                scale /= 10
                offset += 1
            }
            guard offset > first else { return nil }
        }
        guard let shift = zone(text, offset) else { return nil }
        let seconds = hour * 3600 + minute * 60 + second - shift
        let time = Timestamp(milliseconds: date.dayNumber * millisecondsADay + seconds * 1000 + fraction)
        return time >= earliest && time <= .latest ? time : nil
    }

    /// The offset from UTC in seconds.
    private static func zone(_ text: UnsafeRawBufferPointer, _ offset: Int) -> Int64? {
        guard offset < text.count else { return nil }
        if text[offset] | 0x20 == UInt8(ascii: "z") { return offset + 1 == text.count ? 0 : nil }
        let isBehind = text[offset] == UInt8(ascii: "-")
        guard isBehind || text[offset] == UInt8(ascii: "+"), offset + 6 == text.count,
            text[offset + 3] == UInt8(ascii: ":"), let hours = number(text, offset + 1),
            let minutes = number(text, offset + 4), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return isBehind ? -seconds : seconds
    }

    @inline(__always)
    private static func number(_ text: UnsafeRawBufferPointer, _ offset: Int) -> Int64? {
        guard ASCII.isDigit(text[offset]), ASCII.isDigit(text[offset + 1]) else { return nil }
        return Int64(text[offset] - ASCII.zero) * 10 + Int64(text[offset + 1] - ASCII.zero)
    }
}

extension TimeText {
    /// A day of the Gregorian calendar, extended backwards. The conversions are Howard Hinnant's "chrono-compatible
    /// low-level date algorithms": years begin in March, so that a leap day is a year's last.
    struct Date {
        let year: Int64
        let month: Int64
        let day: Int64

        /// Days since 1970-01-01, possibly before.
        init(day number: Int64) {
            let shifted = number + 719_468
            let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
            let dayOfEra = shifted - era * 146_097
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shiftedMonth = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
            month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        }

        /// Nil when the calendar has no such day.
        init?(year: Int64, month: Int64, day: Int64) {
            guard (1...12).contains(month), day >= 1 else { return nil }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            guard day <= lengths[Int(month - 1)] else { return nil }
            self.year = year
            self.month = month
            self.day = day
        }

        /// Days since 1970-01-01.
        var dayNumber: Int64 {
            let shiftedYear = month <= 2 ? year - 1 : year
            let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
            let yearOfEra = shiftedYear - era * 400
            let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
            let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            return era * 146_097 + dayOfEra - 719_468
        }
    }
}

extension Timestamp {
    /// As replies show it: `2000-01-01T00:00:00.000Z`.
    public var text: String {
        var bytes: [UInt8] = []
        TimeText.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
