/// A text of ASCII alone, as most are, in which a word is looked for without taking the text apart: eight bytes at a time for
/// where the word's first two letters stand ("SIMD within a register": Lamport, 1975), then letter by letter.
struct ASCIIText {
    private let text: UnsafeRawBufferPointer

    /// `nil`: there are other letters in it.
    init?(_ text: UnsafeRawBufferPointer) {
        var all: UInt64 = 0
        var place = 0
        while place + 8 <= text.count {
            all |= text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            place += 8
        }
        while place < text.count {
            all |= UInt64(text[place])
            place += 1
        }
        guard all & Self.every(0x80) == 0 else { return nil }
        self.text = text
    }

    /// The same answer as `TextFold.forEachWord` gives, word by word.
    func contains(_ word: TextPattern.Word) -> Bool {
        let letters = word.letters
        guard let first = letters.first, letters.count <= text.count else { return false }
        let (begin, next) = (Self.every(first), Self.every(letters.count > 1 ? letters[1] : 0))
        let ignored = letters.count > 1 ? 0 : UInt64.max
        let end = text.count - letters.count
        var place = 0
        // Both loads stay within the text.
        while place <= end, place + 9 <= text.count {
            let here = text.loadUnaligned(fromByteOffset: place, as: UInt64.self) | Self.every(0x20)
            let behind = text.loadUnaligned(fromByteOffset: place + 1, as: UInt64.self) | Self.every(0x20)
            let differs = (here ^ begin) | ((behind ^ next) & ~ignored)
            // A byte that is zero has its high bit set in this; one above a zero byte may have it too, and is looked at in vain.
            var found = (differs &- Self.every(0x01)) & ~differs & Self.every(0x80)
            while found != 0 {
                if isThere(word, at: place + found.trailingZeroBitCount / 8) { return true }
                found &= found - 1
            }
            place += 8
        }
        while place <= end {
            if isThere(word, at: place) { return true }
            place += 1
        }
        return false
    }

    private func isThere(_ word: TextPattern.Word, at place: Int) -> Bool {
        let letters = word.letters
        guard place + letters.count <= text.count, place == 0 || TextFold.ascii(text[place - 1]) == 0 else {
            return false
        }
        for index in letters.indices where TextFold.ascii(text[place + index]) != letters[index] { return false }
        let end = place + letters.count
        // What is longer than the longest word was cut there.
        return word.isPrefix || letters.count == TextFold.longestWord || end == text.count
            || TextFold.ascii(text[end]) == 0
    }

    private static func every(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
}
