/// Where a text, or a piece of a thread, lies in its shard's arena.
public struct TextPlace: Equatable, Sendable {
    /// The block's number times `TextArena.blockBytes`, plus the offset in the block.
    var rawValue: UInt64

    /// Nowhere: no text.
    public static let none = TextPlace(rawValue: 0)
}

/// The texts of one shard's tickets, packed one after the other in blocks that never move and never change.
///
/// What is written stays as it is: a text that is replaced leaves its old bytes behind, a thread grows by pieces of
/// which each knows the one before. So appending costs no reallocation, freeing nothing, and a copy of the arena (an
/// image) shares the blocks for good, also the one being filled: whoever appends first goes on in it, behind all that others
/// know of, and a second appender takes a fresh one. Of copies that share blocks only one thread's may be appended to.
public struct TextArena: Sendable {
    /// How much one block holds. What is longer than a quarter of it gets a block of its own.
    static let blockBytes = 1 << 16

    /// The place of the block being filled is taken by `empty`.
    private var blocks = PagedArray<Block>()
    private var filling = TextArena.empty
    private var fillingNumber = 0
    private var used = 0

    private static let empty = Block(bytes: 0)

    init() {}

    /// A stretch of memory for something that is being appended.
    struct Piece {
        /// Where it will lie.
        let place: TextPlace
        var writer: ByteWriter
        /// It has a block of its own.
        fileprivate let isAlone: Bool
    }

    /// Room for at most `limit` bytes. To be written and given to `end` before anything else is appended.
    @inline(__always)
    mutating func begin(atMost limit: Int) -> Piece {
        guard limit <= Self.blockBytes / 4 else { return beginAlone(limit) }
        // Otherwise a copy of this arena has gone on in the block.
        if limit > filling.bytes - used || filling.written != used { nextBlock() }
        return Piece(
            place: nextPlace, writer: ByteWriter(filling.memory + used, room: limit), isAlone: false)
    }

    /// Where the next piece of the block being filled will lie.
    private var nextPlace: TextPlace { TextPlace(rawValue: UInt64(fillingNumber * Self.blockBytes + used)) }

    private mutating func beginAlone(_ limit: Int) -> Piece {
        if blocks.isEmpty { nextBlock() }
        let place = TextPlace(rawValue: UInt64(blocks.count * Self.blockBytes))
        let block = Block(bytes: limit)
        blocks.append(block)
        return Piece(place: place, writer: ByteWriter(block.memory, room: limit), isAlone: true)
    }

    /// Keeps what was written of a piece, and says where it lies.
    @inline(__always)
    mutating func end(_ piece: Piece) -> TextPlace {
        precondition(piece.writer.isWhole, "a piece of \(piece.writer.count) bytes was too long for its room")
        guard !piece.isAlone else { return piece.place }
        precondition(piece.place == nextPlace, "a piece was ended that is not the last one begun")
        used += piece.writer.count
        filling.written = used
        return piece.place
    }

    private mutating func nextBlock() {
        if filling.bytes > 0 { blocks[fillingNumber] = filling }
        fillingNumber = blocks.count
        blocks.append(Self.empty)
        filling = Block(bytes: Self.blockBytes)
        // The very first byte stays unused, because its place means "none".
        used = fillingNumber == 0 ? 1 : 0
        filling.written = used
    }

    /// Lets `body` read from `place` on; what lies there tells its own length.
    @inline(__always)
    func read<Result, Failure: Error>(
        _ place: TextPlace, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let number = Int(place.rawValue) / Self.blockBytes
        let block = number == fillingNumber ? filling : blocks[number]
        let offset = Int(place.rawValue) % Self.blockBytes
        return try body(UnsafeRawBufferPointer(start: block.memory + offset, count: block.bytes - offset))
    }

    /// How many blocks there are: for tests.
    var blockCount: Int { blocks.count }

    // MARK: Texts

    /// Appends a text; `none` for an empty one.
    mutating func append(_ text: String) -> TextPlace {
        guard !text.isEmpty else { return .none }
        var piece = begin(atMost: text.utf8.count + ByteWriter.longestVarint)
        piece.writer.string(text)
        return end(piece)
    }

    /// The text at `place`; empty for `none`.
    func text(_ place: TextPlace) -> String {
        guard place != .none else { return "" }
        return read(place) { memory in
            var reader = MemoryReader(memory)
            return String(decoding: reader.blob(), as: UTF8.self)
        }
    }
}

/// A piece of memory, freed with its last reference.
private final class Block: @unchecked Sendable {
    // @unchecked because only one thread appends, behind everything that was read or shared before, and only it touches
    // `written`.
    let memory: UnsafeMutableRawPointer
    let bytes: Int
    /// How far some arena has filled it.
    var written = 0

    init(bytes: Int) {
        self.bytes = bytes
        memory = .allocate(byteCount: max(bytes, 1), alignment: 1)
    }

    deinit { memory.deallocate() }
}

/// Reads packed values that this process wrote itself, from memory. What comes from a file is read by `ByteReader`.
struct MemoryReader {
    private let memory: UnsafeRawBufferPointer
    private var position = 0

    init(_ memory: UnsafeRawBufferPointer) { self.memory = memory }

    var isAtEnd: Bool { position >= memory.count }

    @inline(__always)
    mutating func byte() -> UInt8 {
        defer { position += 1 }
        return memory[position]
    }

    @inline(__always)
    mutating func skip(_ count: Int) { position += count }

    @inline(__always)
    mutating func skipVarint() { while byte() >= 0x80 {} }

    @inline(__always)
    mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = memory[position]
            position += 1
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    @inline(__always)
    mutating func signedVarint() -> Int64 {
        let value = varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Length, then so many bytes.
    mutating func blob() -> UnsafeRawBufferPointer {
        let count = Int(varint())
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: memory[position..<position + count])
    }
}
