/// Takes texts apart into words, written so that case and diacritics do not matter.
///
/// A word is a run of letters and digits of any script; each ideograph and each kana is a word of its own, because these are
/// written without spaces. A word is folded: in upper and then in lower case, so that ß is ss and ς is σ; letters with marks are
/// their base letters (`LetterBases`), and combining marks by themselves are left out.
enum TextFold {
    /// Calls `body` with each word, folded, in UTF-8, and where in the text it ended; until it answers `false`. A word of more
    /// than `longestWord` bytes is cut there. What is no UTF-8 separates words.
    @inline(__always)
    static func forEachWord(
        in text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Bool
    ) {
        withUnsafeTemporaryAllocation(byteCount: longestWord + 16, alignment: 1) { word in
            var count = 0
            var place = 0
            while place < text.count {
                let byte = text[place]
                if byte < 0x80 {
                    let folded = ascii(byte)
                    if folded != 0 {
                        word[count] = folded
                        count = min(count + 1, longestWord)
                    } else if count > 0 {
                        guard body(UnsafeRawBufferPointer(rebasing: word[..<count]), place) else { return }
                        count = 0
                    }
                    place += 1
                    continue
                }
                var (scalar, length) = scalar(in: text, at: place)
                if Composition.mayBegin(scalar) {
                    while let (whole, more) = Composition.composed(
                        scalar, with: place + length < text.count ? Self.scalar(in: text, at: place + length) : nil)
                    {
                        scalar = whole
                        length += more
                    }
                }
                let entry =
                    scalar.value < FoldTable.end ? FoldTable.entries[Int(scalar.value)] : FoldTable.entry(scalar)
                let isAlone = entry.kind == .alone
                if count > 0, entry.kind == .separator || isAlone {
                    guard body(UnsafeRawBufferPointer(rebasing: word[..<count]), place) else { return }
                    count = 0
                }
                place += length
                guard entry.kind == .letter || isAlone else { continue }
                for index in 0..<Int(entry.count) where count < longestWord {
                    word[count] = entry.bytes[index]
                    count += 1
                }
                if isAlone {
                    guard body(UnsafeRawBufferPointer(rebasing: word[..<count]), place) else { return }
                    count = 0
                }
            }
            if count > 0 { _ = body(UnsafeRawBufferPointer(rebasing: word[..<count]), text.count) }
        }
    }

    /// Bytes of a folded word that count.
    static let longestWord = 64

    /// The folded text as a whole, for comparing what is not divided into words.
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.properties.canonicalCombiningClass == .notReordered {
            for lower in scalar.properties.uppercaseMapping.lowercased().unicodeScalars
            where lower.properties.canonicalCombiningClass == .notReordered {
                scalars.append(LetterBases.baseOf[lower] ?? lower)
            }
        }
        return String(scalars)
    }

    /// Of an ASCII letter or digit what it becomes; 0 for everything else.
    @inline(__always)
    static func ascii(_ byte: UInt8) -> UInt8 {
        let lower = byte | 0x20
        return lower &- UInt8(ascii: "a") < 26 ? lower : byte &- UInt8(ascii: "0") < 10 ? byte : 0
    }

    /// The scalar that begins at `place`, which is no ASCII, and its length; a malformed one is U+FFFD of one byte.
    @inline(__always)
    private static func scalar(in text: UnsafeRawBufferPointer, at place: Int) -> (Unicode.Scalar, Int) {
        let first = UInt32(text[place])
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        guard first >= 0xc2, first < 0xf5, place + length <= text.count else { return ("\u{fffd}", 1) }
        var value = first & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
        for offset in 1..<length {
            let next = UInt32(text[place + offset])
            guard next & 0xc0 == 0x80 else { return ("\u{fffd}", 1) }
            value = value << 6 | (next & 0x3f)
        }
        return (Unicode.Scalar(value) ?? "\u{fffd}", length)
    }
}
