import SwitchboardModel

/// RFC 3339, written and read by hand: a formatter costs 50 times as much.
enum TimeText {
    /// Appends `2000-01-01T00:00:00.000Z`: always 24 bytes. What is outside of the years 0 to 9999 is written as the
    /// nearest moment inside.
    static func append(_ time: Timestamp, to bytes: inout [UInt8]) {
        let milliseconds = min(max(time, RFC3339.earliest), .latest).milliseconds
        var day = milliseconds / RFC3339.millisecondsADay
        var rest = milliseconds % RFC3339.millisecondsADay
        if rest < 0 {
            day -= 1
            rest += RFC3339.millisecondsADay
        }
        let date = CalendarDate(day: day)
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
}

extension Timestamp {
    /// As replies show it: `2000-01-01T00:00:00.000Z`.
    public var text: String {
        var bytes: [UInt8] = []
        TimeText.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
