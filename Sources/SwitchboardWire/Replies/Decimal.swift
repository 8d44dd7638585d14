/// Whole numbers and thousandths as decimal text.
enum Decimal {
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        append(value.magnitude, to: &bytes)
    }

    @inline(__always)
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        if value < 10 {
            bytes.append(ASCII.zero + UInt8(truncatingIfNeeded: value))
            return
        }
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { text in
            // Because digits come last first; 20 bytes hold the largest value.
            var start = 20
            var rest = value
            while rest > 0 {
                start -= 1
                text[start] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start...]))
        }
    }

    /// `1500` as `1.5`, `90000` as `90`, `-1` as `-0.001`.
    static func append(thousandths value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        append(magnitude / 1000, to: &bytes)
        let fraction = UInt8(truncatingIfNeeded: magnitude % 1000 / 100)
        let rest = magnitude % 100
        guard fraction != 0 || rest != 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(ASCII.zero + fraction)
        guard rest != 0 else { return }
        bytes.append(ASCII.zero + UInt8(truncatingIfNeeded: rest / 10))
        if rest % 10 != 0 { bytes.append(ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)) }
    }
}
