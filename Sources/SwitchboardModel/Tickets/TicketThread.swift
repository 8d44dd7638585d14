/// A ticket's thread: pieces in its shard's arena, each with where the one before lies, and one or more entries.
///
/// An entry is a kind, a set of flags saying what follows, the milliseconds since the entry before, who, and then what
/// the flags name. All entries of a thread, one after the other, are what a snapshot stores.
public struct TicketThread: Sendable {
    public private(set) var count: UInt32 = 0
    private(set) var newest = TextPlace.none
    private var last = Timestamp(milliseconds: 0)

    /// Of the newest entry.
    var lastTime: Timestamp { last }

    public init() {}

    /// More than an entry takes beside its texts, with the place and length of its piece.
    private static let longestFrame = 96

    /// Appends an entry with its texts and returns the number it was given.
    @discardableResult
    mutating func append(
        _ entry: EntryHead, body: String? = nil, from: String? = nil, to texts: inout TextArena
    ) -> UInt32 {
        let textBytes = (body?.utf8.count ?? 0) + (from?.utf8.count ?? 0)
        var piece = texts.begin(atMost: textBytes + Self.longestFrame)
        piece.writer.signedVarint(
            newest == .none ? 0 : Int64(piece.place.rawValue) - Int64(newest.rawValue))
        let length = piece.writer.openLength(expecting: textBytes)
        entry.write(body: body, from: from, after: last, to: &piece.writer)
        piece.writer.close(length)
        newest = texts.end(piece)
        last = entry.at
        count += 1
        return count
    }

    /// A thread read from a snapshot. Throws when the bytes are not `count` whole entries that name what is
    /// known.
    init(
        bytes: [UInt8], count: UInt32, knowing known: KnownIndexes, in texts: inout TextArena
    ) throws(ByteReader.Malformed) {
        var entries = ThreadEntries(bytes: bytes)
        while let entry = try entries.skip() {
            try known.check(entry)
            last = entry.at
        }
        guard entries.number == count else {
            throw ByteReader.Malformed(what: "a thread holds \(entries.number) entries, not \(count)", offset: 0)
        }
        self.count = count
        guard count > 0 else { return }
        var piece = texts.begin(atMost: bytes.count + Self.longestFrame)
        piece.writer.signedVarint(0)
        piece.writer.blob(bytes)
        newest = texts.end(piece)
    }

    /// A thread of so many packed entries that this process wrote or has checked.
    init(checked bytes: [UInt8], count: UInt32, in texts: inout TextArena) {
        do throws(ByteReader.Malformed) {
            let known = KnownIndexes(agents: .max, departments: .max)
            self = try TicketThread(bytes: bytes, count: count, knowing: known, in: &texts)
        } catch {
            preconditionFailure("a checked thread is malformed: \(error)")
        }
    }

    /// How many entries these are. Throws when they are not whole or name what is not known.
    static func count(_ bytes: [UInt8], knowing known: KnownIndexes) throws(ByteReader.Malformed) -> UInt32 {
        var entries = ThreadEntries(bytes: bytes)
        while let entry = try entries.skip() { try known.check(entry) }
        return entries.number
    }

    /// Changes entries and packs all of them anew. Their numbers stay.
    mutating func rewrite(in texts: inout TextArena, _ change: (inout ThreadEntry) -> Void) {
        let bytes = Self.pack(
            entries(in: texts).map { entry in
                var entry = entry
                change(&entry)
                return entry
            })
        self = TicketThread(checked: bytes, count: count, in: &texts)
    }

    /// Entries packed one after the other.
    static func pack(_ entries: [ThreadEntry]) -> [UInt8] {
        var last = Timestamp(milliseconds: 0)
        var bytes: [UInt8] = []
        for entry in entries {
            bytes.append { entry.head.write(body: entry.body, from: entry.from, after: last, to: &$0) }
            last = entry.at
        }
        return bytes
    }

    /// All entries, one after the other: what a snapshot stores.
    func bytes(in texts: TextArena) -> [UInt8] {
        var pieces: [TextPlace] = []
        var place = newest
        while place != .none {
            pieces.append(place)
            let back = texts.read(place) { memory in
                var reader = MemoryReader(memory)
                return reader.signedVarint()
            }
            place = back == 0 ? .none : TextPlace(rawValue: UInt64(Int64(place.rawValue) - back))
        }
        var bytes: [UInt8] = []
        for place in pieces.reversed() {
            texts.read(place) { memory in
                var reader = MemoryReader(memory)
                _ = reader.signedVarint()
                bytes.append(contentsOf: reader.blob())
            }
        }
        return bytes
    }

    /// The thread's pieces from the newest to the oldest, each of whole entries.
    func pieces(in texts: TextArena) -> some Sequence<[UInt8]> {
        sequence(state: newest) { place -> [UInt8]? in
            guard place != .none else { return nil }
            let here = place
            return texts.read(here) { memory in
                var reader = MemoryReader(memory)
                let back = reader.signedVarint()
                place = back == 0 ? .none : TextPlace(rawValue: UInt64(Int64(here.rawValue) - back))
                return Array(reader.blob())
            }
        }
    }

    /// The entries in order.
    func entries(in texts: TextArena) -> ThreadEntries { ThreadEntries(bytes: bytes(in: texts)) }
}
