/// Splits an inline line into words by Redis' rules, in place.
///
/// Words are separated by spaces, tabs and CR. A quote may begin in the middle of a word, as in `body="two words"`, and
/// a word ends with its closing quote. In double quotes `\n \r \t \b \a \xHH` stand for one byte each and a backslash
/// before anything else for that byte; in single quotes only `\'` is special.
struct LineWords {
    enum Problem: Equatable {
        /// A quote is not closed, or text follows directly after the closing one.
        case unbalancedQuotes
        case tooManyWords
        case valueTooLong
    }

    /// Appends the words of the first `count` bytes of `line` to `words`, and rewrites those bytes: what a quote or an
    /// escape took is closed up. Raw memory, because words are handed on as places in it.
    static func split(
        _ line: UnsafeMutableRawPointer, count: Int, limits: WireLimits, into words: WordList
    ) -> Problem? {
        var offset = 0
        while true {
            while offset < count, ASCII.isBlank(line.byte(offset)) { offset += 1 }
            guard offset < count else { return nil }
            guard words.count < limits.words else { return .tooManyWords }
            var start = offset
            var end = offset
            scan: while true {
                // Blanks and quotes are all below; what else is there is passed over.
                offset = ByteScan.firstBelow(pastMarks, in: line, from: offset, to: count)
                guard offset < count else {
                    end = offset
                    break scan
                }
                let byte = line.byte(offset)
                if ASCII.isBlank(byte) {
                    end = offset
                    break scan
                }
                if byte == ASCII.quote || byte == ASCII.apostrophe {
                    // The few bytes before the quote move up to it, so that the many after it can stay.
                    let before = offset - start
                    (line + start + 1).copyMemory(from: line + start, byteCount: before)
                    start += 1
                    let close = unquote(line, from: &offset, count: count, quote: byte)
                    guard let close else { return .unbalancedQuotes }
                    guard offset == count || ASCII.isBlank(line.byte(offset)) else { return .unbalancedQuotes }
                    end = close
                    break scan
                }
                offset += 1
            }
            guard end - start <= limits.valueBytes else { return .valueTooLong }
            words.append(WordRange(offset: start, count: end - start))
        }
    }

    /// Every byte that may end a word, or begin its quoted part, is below this one.
    private static let pastMarks = ASCII.apostrophe + 1

    /// `offset` is at an opening quote and ends behind the closing one. Returns where the unescaped content ends (it
    /// begins behind the opening quote), or nil when there is no closing quote.
    private static func unquote(
        _ line: UnsafeMutableRawPointer, from offset: inout Int, count: Int, quote: UInt8
    ) -> Int? {
        var write = offset + 1
        offset += 1
        // The next quote, kept while escapes before it are resolved, so that no byte is searched twice for it.
        var close = -1
        while true {
            if close < offset { close = ByteScan.first(quote, in: line, from: offset, to: count) }
            let found = ByteScan.first(ASCII.backslash, in: line, from: offset, to: close)
            if write != offset { (line + write).copyMemory(from: line + offset, byteCount: found - offset) }
            write += found - offset
            offset = found
            guard offset < count else { return nil }
            if line.byte(offset) == quote {
                offset += 1
                return write
            }
            let escape = quote == ASCII.quote ? doubleQuoted(line, offset, count) : singleQuoted(line, offset, count)
            line.storeBytes(of: escape.byte, toByteOffset: write, as: UInt8.self)
            write += 1
            offset += escape.length
        }
    }

    /// What the backslash at `offset` and the bytes after it stand for, and how many they are.
    private static func doubleQuoted(
        _ line: UnsafeMutableRawPointer, _ offset: Int, _ count: Int
    ) -> (byte: UInt8, length: Int) {
        guard offset + 1 < count else { return (ASCII.backslash, 1) }
        let next = line.byte(offset + 1)
        switch next {
        case UInt8(ascii: "n"): return (ASCII.lineFeed, 2)
        case UInt8(ascii: "r"): return (ASCII.carriageReturn, 2)
        case UInt8(ascii: "t"): return (ASCII.tab, 2)
        case UInt8(ascii: "b"): return (0x08, 2)
        case UInt8(ascii: "a"): return (0x07, 2)
        case UInt8(ascii: "x"):
            guard offset + 3 < count, let high = ASCII.hexadecimal(line.byte(offset + 2)),
                let low = ASCII.hexadecimal(line.byte(offset + 3))
            else { return (next, 2) }
            return (high << 4 | low, 4)
        default: return (next, 2)
        }
    }

    private static func singleQuoted(
        _ line: UnsafeMutableRawPointer, _ offset: Int, _ count: Int
    ) -> (byte: UInt8, length: Int) {
        guard offset + 1 < count, line.byte(offset + 1) == ASCII.apostrophe else { return (ASCII.backslash, 1) }
        return (ASCII.apostrophe, 2)
    }
}

extension UnsafeMutableRawPointer {
    @inline(__always)
    fileprivate func byte(_ offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }
}
