/// How a request was written, which decides how some commands are answered.
public enum RequestForm: Sendable, Equatable, CaseIterable {
    /// A line of text.
    case inline
    /// A RESP array.
    case array
}

/// One request as words, in the connection's buffer. It has at least one word.
///
/// Valid until the parser that made it is called again, or the buffer's bytes are moved or changed.
public struct Request {
    public let form: RequestForm
    /// Not owned, because the words lie in the caller's buffer: see `Word`.
    let base: UnsafeRawPointer
    let ranges: [WordRange]

    /// How many words.
    @inline(__always)
    public var count: Int { ranges.count }

    @inline(__always)
    public subscript(index: Int) -> Word {
        let range = ranges[index]
        return Word(UnsafeRawBufferPointer(start: base + range.offset, count: range.count))
    }
}

/// Where a word lies, from the start of its request.
struct WordRange {
    var offset: Int
    var count: Int
}
