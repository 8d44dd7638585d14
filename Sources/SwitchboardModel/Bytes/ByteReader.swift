/// Reads what `ByteWriter` wrote. Never traps on bad bytes: a read past the end, an overlong integer or broken
/// UTF-8 throws, so that a damaged file is an error and not the end of the process.
public struct ByteReader: Sendable {
    /// What was wrong, and at which offset of the bytes given.
    public struct Malformed: Error, Equatable, Sendable {
        public let what: String
        public let offset: Int
        /// The bytes are whole, and what they hold came after this program.
        public let isNewer: Bool

        public init(what: String, offset: Int, isNewer: Bool = false) {
            self.what = what
            self.offset = offset
            self.isNewer = isNewer
        }
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    public init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    public var isAtEnd: Bool { position == bytes.endIndex }
    public var remaining: Int { bytes.endIndex - position }
    /// Bytes read so far.
    public var offset: Int { position - bytes.startIndex }

    @inline(__always)
    public mutating func byte() throws(Malformed) -> UInt8 {
        guard position < bytes.endIndex else { throw Malformed(what: "the data ends early", offset: offset) }
        defer { position += 1 }
        return bytes[position]
    }

    @inline(__always)
    public mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else {
                throw Malformed(what: "an integer is longer than 64 bits", offset: offset)
            }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    public mutating func signedVarint() throws(Malformed) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    public mutating func fixed32() throws(Malformed) -> UInt32 {
        var value: UInt32 = 0
        for shift in stride(from: 0, to: 32, by: 8) { value |= UInt32(try byte()) << UInt32(shift) }
        return value
    }

    public mutating func fixed64() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 8) { value |= UInt64(try byte()) << UInt64(shift) }
        return value
    }

    public mutating func raw(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw Malformed(what: "the data ends early", offset: offset) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    public mutating func string() throws(Malformed) -> String {
        let slice = try blob()
        guard let value = String(validating: slice, as: UTF8.self) else {
            throw Malformed(what: "a text is not UTF-8", offset: offset)
        }
        return value
    }

    /// Steps over a text after checking that it is one.
    public mutating func skipString() throws(Malformed) {
        let slice = try blob()
        do { _ = try UTF8Span(validating: slice.span) } catch {
            throw Malformed(what: "a text is not UTF-8", offset: offset)
        }
    }

    public mutating func blob() throws(Malformed) -> ArraySlice<UInt8> {
        let count = try varint()
        guard count <= UInt64(remaining) else { throw Malformed(what: "the data ends early", offset: offset) }
        return try raw(Int(count))
    }
}
