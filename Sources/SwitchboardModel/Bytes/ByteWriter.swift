/// Appends values to bytes: little-endian, variable-length integers (7 bits a byte, low bits first).
/// Everything packed in memory and everything written to disk goes through here.
public struct ByteWriter: Sendable {
    public internal(set) var bytes: [UInt8]

    /// Takes the bytes out and leaves the writer empty.
    public mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Continues after `bytes`.
    public init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    public var count: Int { bytes.count }

    /// Forgets the content and keeps the memory.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    @inline(__always)
    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// At most 10 bytes.
    @inline(__always)
    public mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Small negative numbers stay small: 0, -1, 1, -2 … are written as 0, 1, 2, 3 …
    @inline(__always)
    public mutating func signedVarint(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    public mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }

    /// Overwrites four bytes written before, such as a length known only at the end.
    @inline(__always)
    public mutating func patch32(at position: Int, _ value: UInt32) {
        for shift in 0..<4 { bytes[position + shift] = UInt8(truncatingIfNeeded: value >> UInt32(shift * 8)) }
    }

    public mutating func fixed64(_ value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    /// The bytes alone, without a length.
    public mutating func raw(_ values: some Collection<UInt8>) { bytes.append(contentsOf: values) }

    /// Length, then the UTF-8 bytes.
    public mutating func string(_ value: String) {
        let utf8 = value.utf8
        varint(UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    /// Length, then the bytes.
    public mutating func blob(_ value: [UInt8]) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }
}
