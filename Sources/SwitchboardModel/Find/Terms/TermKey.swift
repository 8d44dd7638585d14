/// Under what a ticket is found: a word of its texts, or another property, in eight bytes.
///
/// A word is its first eight letters, a byte each, with zeros behind; one that is longer is its first six letters and two bytes of
/// a hash of all of it. Letters beyond ASCII share bytes, so different words may have one key: what is found is looked at
/// again. All words that begin alike lie side by side, which is how beginnings are found.
struct TermKey: Equatable, Comparable, Sendable {
    var rawValue: UInt64

    @inline(__always)
    init(rawValue: UInt64) { self.rawValue = rawValue }

    @inline(__always)
    static func < (left: TermKey, right: TermKey) -> Bool { left.rawValue < right.rawValue }

    /// Letters of a long word that stand in its key.
    private static let lettersOfLong = 6

    /// The key of a folded word.
    @inline(__always)
    init(word: UnsafeRawBufferPointer) {
        var (letters, count) = Self.letters(of: word)
        if count > 8 {
            letters &= ~0xffff
            letters |= Self.hash(word) >> 48
        }
        rawValue = letters
    }

    /// The keys of all words that begin with these folded letters.
    static func range(prefix: UnsafeRawBufferPointer) -> ClosedRange<TermKey> {
        let (letters, count) = letters(of: prefix)
        let kept = UInt64(min(count, lettersOfLong))
        let rest: UInt64 = .max >> (kept * 8)
        return TermKey(rawValue: letters & ~rest)...TermKey(rawValue: letters | rest)
    }

    /// What is no word begins with a byte that no letter has.
    enum Property: UInt64 {
        case from = 1
        case tag = 2
        case source = 3
        case custom = 4
    }

    /// The key of a property: five bytes of a hash of its value.
    init(_ property: Property, _ value: UnsafeRawBufferPointer) {
        rawValue = property.rawValue << 56 | (Self.hash(value) >> 24) << 16
    }

    init(_ property: Property, _ value: String) {
        var value = value
        self = value.withUTF8 { TermKey(property, UnsafeRawBufferPointer($0)) }
    }

    /// The first eight letters, and how many there are.
    @inline(__always)
    private static func letters(of word: UnsafeRawBufferPointer) -> (UInt64, count: Int) {
        var letters: UInt64 = 0
        var count = 0
        var place = 0
        @inline(__always)
        func add(_ byte: UInt8) {
            if count < 8 { letters |= UInt64(byte) << UInt64(56 - count * 8) }
            count += 1
        }
        while place < word.count {
            let byte = word[place]
            if byte < 0x80 {
                add(byte)
                place += 1
            } else if byte < 0xe0, place + 1 < word.count {
                // The alphabets: letters of one script differ in these seven bits.
                add(0x80 | (byte & 0x01) << 6 | (word[place + 1] & 0x3f))
                place += 2
            } else {
                // All of its bytes at once: those behind the first would be taken for other letters.
                let length = byte < 0xe0 ? 1 : byte < 0xf0 ? 3 : 4
                for byte in word[place..<min(place + length, word.count)] { add(byte) }
                place += length
            }
        }
        return (letters, count)
    }

    /// FNV-1a of 64 bits (Fowler, Noll, Vo), with a last mixing, because it is its upper bits that count here.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return (hash ^ (hash >> 32)) &* 0x9e37_79b9_7f4a_7c15
    }
}
