/// What each scalar becomes in a folded word. Those of the alphabets are looked up in a table that is made once, the rest
/// is worked out from the standard library's properties each time.
enum FoldTable {
    struct Entry {
        enum Kind: UInt8 {
            /// Ends a word.
            case separator
            /// A combining mark: neither ends a word nor is part of it.
            case ignored
            case letter
            /// A word by itself.
            case alone
        }

        var kind = Kind.separator
        /// Of `bytes`; 0 unless it is a letter.
        var count: UInt8 = 0
        /// UTF-8.
        var bytes = InlineArray<10, UInt8>(repeating: 0)
    }

    /// The first scalar that is not in the table: behind the extended Latin and Greek letters.
    static let end: UInt32 = 0x2000

    static let entries: [Entry] = (0..<end).map { value in Unicode.Scalar(value).map { entry($0) } ?? Entry() }

    static func entry(_ scalar: Unicode.Scalar) -> Entry {
        var entry = Entry()
        let properties = scalar.properties
        if properties.canonicalCombiningClass != .notReordered {
            entry.kind = .ignored
            return entry
        }
        guard isLetter(properties) else { return entry }
        entry.kind = isAlone(scalar) ? .alone : .letter
        for byte in TextFold.folded(String(scalar)).utf8 where entry.count < 10 {
            entry.bytes[Int(entry.count)] = byte
            entry.count += 1
        }
        return entry
    }

    private static func isLetter(_ properties: Unicode.Scalar.Properties) -> Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spacingMark, .nonspacingMark:
            true
        default: false
        }
    }

    /// Ideographs and kana.
    private static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
        (0x3041...0x30ff).contains(scalar.value) || scalar.properties.isIdeographic
    }
}
