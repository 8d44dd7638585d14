/// Reads times as RFC 3339 writes them, by hand: a formatter costs 50 times as much.
package enum RFC3339 {
    package static let millisecondsADay: Int64 = 86_400_000
    /// 0000-01-01T00:00:00.000Z, the earliest moment with a year of four digits.
    package static let earliest = Timestamp(milliseconds: -62_167_219_200_000)

    /// Unowned memory, because it is only read during the call.
    ///
    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`; T and Z in either case. Nil for anything else, for a date that
    /// does not exist, for a leap second, and for what lies outside of the years 0 to 9999 in UTC.
    package static func time(_ text: UnsafeRawBufferPointer) -> Timestamp? {
        guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let century = number(text, 0), let years = number(text, 2), let month = number(text, 5),
            let day = number(text, 8), let hour = number(text, 11), let minute = number(text, 14),
            let second = number(text, 17), hour < 24, minute < 60, second < 60
        else { return nil }
        guard let date = CalendarDate(year: century * 100 + years, month: month, day: day) else { return nil }
        var offset = 19
        var fraction: Int64 = 0
        if text[offset] == UInt8(ascii: ".") {
            var scale: Int64 = 100
            offset += 1
            let first = offset
            while offset < text.count, isDigit(text[offset]) {
                fraction += Int64(text[offset] - zero) * scale
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

    /// The same, or a date alone, which is its midnight in UTC.
    package static func timeOrDate(_ text: UnsafeRawBufferPointer) -> Timestamp? {
        guard text.count == 10 else { return time(text) }
        var midnight = String(decoding: text, as: UTF8.self) + "T00:00:00Z"
        return midnight.withUTF8 { time(UnsafeRawBufferPointer($0)) }
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
        guard isDigit(text[offset]), isDigit(text[offset + 1]) else { return nil }
        return Int64(text[offset] - zero) * 10 + Int64(text[offset + 1] - zero)
    }

    private static let zero = UInt8(ascii: "0")

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }
}
