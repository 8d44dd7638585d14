/// What `~` looks for: words, each whole or as the beginning of one. All of them must be there, in any order.
public struct TextPattern: Equatable, Sendable {
    public struct Word: Equatable, Sendable {
        /// Folded: see `TextFold`.
        var letters: [UInt8]
        /// Written with a `*` behind it.
        var isPrefix: Bool
    }

    public private(set) var words: [Word] = []

    /// Throws when there is no word in it, or too many. `position`: where in the expression it stands.
    init(_ text: String, at position: Int) throws(Rejection) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { memory in
            TextFold.forEachWord(in: memory) { word, end in
                let isPrefix = end < memory.count && memory[end] == UInt8(ascii: "*")
                let found = Word(letters: Array(word), isPrefix: isPrefix)
                if !words.contains(found) { words.append(found) }
                return true
            }
        }
        guard !words.isEmpty else { throw .expression(at: position, "the text after '~' has no word in it") }
        guard words.count <= ExpressionLimit.words else {
            throw .expression(at: position, "the text after '~' has more than \(ExpressionLimit.words) words")
        }
    }
}

/// Looks for a pattern's words in one text after the other.
struct PatternSearch {
    private let words: [TextPattern.Word]
    /// A bit for each word that was not found yet.
    private var missing: UInt64

    init(_ pattern: TextPattern) {
        words = pattern.words
        missing = words.count == 64 ? .max : (1 << UInt64(words.count)) - 1
    }

    var isComplete: Bool { missing == 0 }

    /// Returns whether all words have been found by now.
    mutating func look(in text: UnsafeRawBufferPointer) -> Bool {
        guard missing != 0 else { return true }
        if let text = ASCIIText(text) {
            for place in words.indices where missing & (1 << UInt64(place)) != 0 {
                if text.contains(words[place]) { missing &= ~(1 << UInt64(place)) }
            }
            return missing == 0
        }
        TextFold.forEachWord(in: text) { word, _ in
            for place in words.indices where missing & (1 << UInt64(place)) != 0 {
                let wanted = words[place].letters
                guard words[place].isPrefix ? word.count >= wanted.count : word.count == wanted.count else { continue }
                var index = 0
                while index < wanted.count, word[index] == wanted[index] { index += 1 }
                if index == wanted.count { missing &= ~(1 << UInt64(place)) }
            }
            return missing != 0
        }
        return missing == 0
    }
}
