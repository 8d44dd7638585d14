/// Writes packed values to memory that is known to be large enough: as `ByteWriter`, without a check for each byte.
///
/// Whoever makes one reserves room for the longest the values can be; the writer itself checks nothing.
struct MemoryWriter {
    private let start: UnsafeMutableRawPointer
    private var next: UnsafeMutableRawPointer

    static let longestVarint = 10

    @inline(__always)
    init(_ start: UnsafeMutableRawPointer) {
        self.start = start
        next = start
    }

    /// Bytes written so far.
    var count: Int { next - start }

    @inline(__always)
    mutating func byte(_ value: UInt8) {
        next.storeBytes(of: value, as: UInt8.self)
        next += 1
    }

    @inline(__always)
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    mutating func signedVarint(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    @inline(__always)
    mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        next.copyMemory(from: source, byteCount: bytes.count)
        next += bytes.count
    }

    /// Length, then the UTF-8 bytes.
    @inline(__always)
    mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            varint(UInt64(utf8.count))
            copy(UnsafeRawBufferPointer(utf8))
        }
    }

    /// Leaves room for a length of at most `limit`, to be filled in by `setLength`.
    @inline(__always)
    mutating func openLength(atMost limit: Int) -> Length {
        let length = Length(position: next, bytes: limit < 1 << 14 ? 2 : 5)
        next += length.bytes
        return length
    }

    /// Fills in how many bytes were written since. A varint that may be longer than it needs to be.
    @inline(__always)
    mutating func setLength(_ length: Length) {
        var rest = UInt64(next - length.position - length.bytes)
        for place in 0..<length.bytes {
            let more: UInt8 = place < length.bytes - 1 ? 0x80 : 0
            length.position.storeBytes(
                of: UInt8(truncatingIfNeeded: rest & 0x7f) | more, toByteOffset: place, as: UInt8.self)
            rest >>= 7
        }
    }

    struct Length {
        fileprivate let position: UnsafeMutableRawPointer
        fileprivate let bytes: Int
    }
}
