/// A 128-bit sum of hashes: the same for the same values in any order, so that it does not depend on the number of
/// shards. Not cryptographic: it finds accidents, not forgery.
public struct Digest: Equatable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    public init() {}

    /// Adds one value, told apart from equal bytes of another kind.
    public mutating func add<Value: Fielded>(_ value: Value, kind: UInt8) {
        let bytes = ByteWriter.bytes { writer in
            writer.byte(kind)
            writer.fields(of: value)
        }
        var first: UInt64 = 0x9E37_79B9_7F4A_7C15
        var second: UInt64 = 0xD1B5_4A32_D192_ED03
        var position = 0
        while position < bytes.count {
            var word: UInt64 = 0
            for shift in 0..<min(8, bytes.count - position) {
                word |= UInt64(bytes[position + shift]) << UInt64(shift * 8)
            }
            first = mix(first ^ word)
            second = mix(second &+ word)
            position += 8
        }
        low &+= mix(first ^ UInt64(bytes.count))
        high &+= mix(second &+ UInt64(bytes.count))
    }

    /// The finaliser of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    @inline(__always)
    private func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 32 hexadecimal digits.
    public var text: String {
        func digits(_ value: UInt64) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return digits(high) + digits(low)
    }
}
