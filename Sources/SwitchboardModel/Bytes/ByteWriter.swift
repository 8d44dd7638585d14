/// Writes values into memory that is lent to it: little-endian, variable-length integers (7 bits a byte, low bits
/// first). Everything packed in memory and everything written to disk goes through here.
///
/// What does not fit is counted and not written, and nothing behind it is written either: whoever lent too little learns
/// from `count` how much is needed. So a byte costs a comparison and a store, where an array would be asked for
/// each one whether it is shared and whether it must grow; `[UInt8].append(writing:)` asks once for all.
public struct ByteWriter {
    // A bare pointer, because it is written to for each byte; nothing is stored without a look at `room`.
    @usableFromInline let memory: UnsafeMutableRawPointer
    @usableFromInline let room: Int
    /// Bytes written so far, those that did not fit included.
    public private(set) var count = 0

    /// How long `varint` writes a number at most.
    static let longestVarint = 10

    /// - Parameter memory: `room` bytes that nobody else touches while this writer is used.
    @inlinable
    init(_ memory: UnsafeMutableRawPointer, room: Int) {
        self.memory = memory
        self.room = room
    }

    /// Whether all that was written is there.
    @inlinable
    var isWhole: Bool { count <= room }

    @inline(__always)
    private func fits(_ bytes: Int) -> Bool { bytes <= room &- count }

    @inline(__always)
    public mutating func byte(_ value: UInt8) {
        if count < room { memory.storeBytes(of: value, toByteOffset: count, as: UInt8.self) }
        count &+= 1
    }

    /// At most 10 bytes.
    @inline(__always)
    public mutating func varint(_ value: UInt64) {
        guard value >= 0x80 else { return byte(UInt8(truncatingIfNeeded: value)) }
        longVarint(value)
    }

    // Not inlined, because most numbers are short and this would stand in the code of every field.
    @inline(never)
    private mutating func longVarint(_ value: UInt64) {
        var rest = value
        // Room for the longest is asked for once; only near the end is it asked for each byte.
        guard fits(Self.longestVarint) else {
            while rest >= 0x80 {
                byte(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            return byte(UInt8(truncatingIfNeeded: rest))
        }
        var next = memory + count
        while rest >= 0x80 {
            next.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
            next += 1
            rest >>= 7
        }
        next.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
        count = next - memory + 1
    }

    /// Small negative numbers stay small: 0, -1, 1, -2 … are written as 0, 1, 2, 3 …
    @inline(__always)
    public mutating func signedVarint(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    @inline(__always)
    public mutating func fixed32(_ value: UInt32) {
        if fits(4) { memory.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt32.self) }
        count &+= 4
    }

    @inline(__always)
    public mutating func fixed64(_ value: UInt64) {
        if fits(8) { memory.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt64.self) }
        count &+= 8
    }

    /// Overwrites four bytes written before, such as a length known only at the end.
    @inline(__always)
    public mutating func patch32(at position: Int, _ value: UInt32) {
        precondition(position >= 0 && position <= count - 4, "no four bytes were written at \(position)")
        guard position <= room - 4 else { return }
        memory.storeBytes(of: value.littleEndian, toByteOffset: position, as: UInt32.self)
    }

    /// The bytes alone, without a length.
    @inline(__always)
    public mutating func raw(_ bytes: UnsafeRawBufferPointer) {
        if fits(bytes.count), let source = bytes.baseAddress {
            (memory + count).copyMemory(from: source, byteCount: bytes.count)
        }
        count &+= bytes.count
    }

    /// The bytes alone, without a length.
    public mutating func raw(_ bytes: [UInt8]) { bytes.withUnsafeBytes { raw($0) } }

    /// The UTF-8 bytes alone, without a length.
    @inline(__always)
    public mutating func raw(_ text: String.UTF8View) {
        // Not `withUTF8`, which wants a text that it may change, and so a copy of it.
        let isContiguous: Void? = text.withContiguousStorageIfAvailable { raw(UnsafeRawBufferPointer($0)) }
        if isContiguous == nil { raw(Array(text)) }
    }

    /// Length, then the UTF-8 bytes.
    @inline(__always)
    public mutating func string(_ value: String) {
        varint(UInt64(value.utf8.count))
        raw(value.utf8)
    }

    /// Length, then the bytes.
    public mutating func blob(_ value: [UInt8]) {
        varint(UInt64(value.count))
        raw(value)
    }

    /// Where a length is to stand that is known only at the end.
    struct Length {
        fileprivate let position: Int
        fileprivate let places: Int
    }

    /// Leaves room for the length of what is written from here on until `close`: for the length of `expected` bytes, so
    /// that nothing need be moved when that has as many digits.
    @inline(__always)
    mutating func openLength(expecting expected: Int = 0) -> Length {
        let length = Length(position: count, places: Self.places(expected))
        count &+= length.places
        return length
    }

    /// How many bytes a length takes.
    @inline(__always)
    private static func places(_ length: Int) -> Int {
        if length < 0x80 { return 1 }
        return length < 0x4000 ? 2 : (Int.bitWidth - length.leadingZeroBitCount + 6) / 7
    }

    /// Fills in how many bytes were written since.
    @inline(__always)
    mutating func close(_ length: Length) {
        let bytes = count &- length.position &- length.places
        let more = Self.places(bytes) - length.places
        if more != 0 { move(bytes, by: more) }
        guard isWhole else { return }
        let end = count
        count = length.position
        varint(UInt64(bytes))
        count = end
    }

    /// Moves the last `bytes` bytes. Where they do not fit, counts only, and never less than before: what is not whole
    /// must not seem so.
    @inline(never)
    private mutating func move(_ bytes: Int, by distance: Int) {
        guard fits(max(distance, 0)) else {
            count &+= max(distance, 0)
            return
        }
        let start = memory + count - bytes
        (start + distance).copyMemory(from: start, byteCount: bytes)
        count &+= distance
    }
}

extension ByteWriter {
    /// The bytes that `write` writes; see `[UInt8].append(writing:)`.
    public static func bytes(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(writing: write)
        return bytes
    }
}

extension [UInt8] {
    /// The room that is made for a start where a capacity does not say more.
    @usableFromInline
    static var usualRoom: Int { 256 }

    /// Appends what `write` writes, into the capacity that there is.
    ///
    /// When that does not do, `write` is called again with as much as it needs, and must write the same.
    // Inlinable, so that an append to the journal calls nothing but what encodes the record.
    @inlinable
    public mutating func append(writing write: (inout ByteWriter) -> Void) {
        let room = Swift.max(capacity - count, Self.usualRoom)
        guard let needed = append(into: room, write) else { return }
        let missing = append(into: needed, write)
        precondition(missing == nil, "\(needed) bytes were to be written, and the second time \(missing ?? 0)")
    }

    /// Appends what `write` writes where `room` bytes, of which there must be some, are enough; otherwise appends nothing
    /// and returns how many are.
    @inlinable
    mutating func append(into room: Int, _ write: (inout ByteWriter) -> Void) -> Int? {
        var needed: Int?
        append(addingCapacity: room) { span in
            span.withUnsafeMutableBufferPointer { bytes, written in
                var writer = ByteWriter(UnsafeMutableRawPointer(bytes.baseAddress!), room: bytes.count)
                write(&writer)
                if writer.isWhole { written = writer.count } else { needed = writer.count }
            }
        }
        return needed
    }
}
