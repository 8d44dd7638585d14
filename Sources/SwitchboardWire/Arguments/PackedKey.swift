/// A noun, verb or key of 1 to 16 ASCII bytes as two integers, in lower case, so that comparing is two instructions.
@usableFromInline
struct PackedKey: Hashable, Sendable {
    @usableFromInline static var longest: Int { 16 }

    @usableFromInline var low: UInt64 = 0
    @usableFromInline var high: UInt64 = 0

    /// Equal to no key.
    static let none = PackedKey()

    private init() {}

    /// Nil for more than 16 bytes, for none, and for a last byte of 0, which would look like padding.
    ///
    /// Raw memory, because a key is loaded eight bytes at a time; never outside of `bytes`.
    @inlinable
    @inline(__always)
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, !bytes.isEmpty, bytes.count <= Self.longest,
            bytes[bytes.count - 1] != 0
        else {
            return nil
        }
        if bytes.count <= 8 {
            low = Self.lowercased(Self.load(start, bytes.count))
        } else {
            low = Self.lowercased(Self.load(start, 8))
            high = Self.lowercased(Self.load(start + 8, bytes.count - 8))
        }
    }

    /// For the names in the program. Traps when it is no key.
    @inlinable
    @inline(__always)
    init(_ name: StaticString) {
        let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard let key = PackedKey(bytes) else { preconditionFailure("'\(name)' is not a key of 1 to 16 bytes") }
        self = key
    }

    /// A number below 64 that keys of different bytes mostly do not share: the high bits of a product with an odd
    /// constant (Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, section 6.4).
    @inlinable
    @inline(__always)
    var hash64: Int { Int(truncatingIfNeeded: ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) &>> 58) }

    /// One bit of 64, by the hash.
    @inlinable
    @inline(__always)
    var hashBit: UInt64 { 1 &<< UInt64(truncatingIfNeeded: hash64) }

    /// Nil when the text is no key.
    init?(text: String) {
        var text = text
        guard let key = text.withUTF8({ PackedKey(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = key
    }

    /// For a table's names. Traps when it is no key.
    init(_ name: String) {
        guard let key = PackedKey(text: name) else { preconditionFailure("'\(name)' is not a key of 1 to 16 bytes") }
        self = key
    }

    /// 1 to 8 bytes as a little-endian integer.
    @inlinable
    @inline(__always)
    static func load(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count == 8 { return UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) }
        if count >= 4 {
            // The two halves overlap, in bytes that are the same in both.
            let first = UInt64(UInt32(littleEndian: start.loadUnaligned(as: UInt32.self)))
            let last = UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
            return first | last &<< UInt64((count - 4) * 8)
        }
        let first = UInt64(start.load(as: UInt8.self))
        let middle = UInt64(start.load(fromByteOffset: count / 2, as: UInt8.self))
        let last = UInt64(start.load(fromByteOffset: count - 1, as: UInt8.self))
        return first | middle &<< UInt64(count / 2 * 8) | last &<< UInt64((count - 1) * 8)
    }

    /// Sets bit 5 of every byte from `A` to `Z`; the sums stay below 256, so no byte disturbs its neighbour.
    @inlinable
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & 0x7f7f_7f7f_7f7f_7f7f
        let fromA = low &+ 0x3f3f_3f3f_3f3f_3f3f
        let aboveZ = low &+ 0x2525_2525_2525_2525
        let letters = (fromA ^ aboveZ) & ~word & 0x8080_8080_8080_8080
        return word | letters &>> 2
    }
}
