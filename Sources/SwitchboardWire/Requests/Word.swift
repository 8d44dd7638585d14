/// One word of a request: bytes in the connection's buffer, unescaped.
///
/// Valid only as long as its `Request`; what is kept is copied out (`Argument.text()`, `bytes`).
public struct Word {
    /// Not owned, because a request is parsed where it was received: copying each word would cost an allocation a word.
    @usableFromInline
    let memory: UnsafeRawBufferPointer

    @inlinable
    init(_ memory: UnsafeRawBufferPointer) { self.memory = memory }

    @inlinable
    public var count: Int { memory.count }

    /// A copy of the bytes.
    public var bytes: [UInt8] { [UInt8](memory) }

    /// A copy as text; nil when the bytes are not UTF-8.
    public var text: String? {
        // Checked once, then copied as what it is known to be. Rebinding is sound because the memory holds plain bytes.
        guard let text = try? UTF8Span(validating: memory.assumingMemoryBound(to: UInt8.self).span) else { return nil }
        return String(copying: text)
    }

    /// Whether this is `keyword` but for the case of ASCII letters. `keyword` is given in upper case.
    public func matches(_ keyword: StaticString) -> Bool {
        guard memory.count == keyword.utf8CodeUnitCount else { return false }
        for index in 0..<memory.count where ASCII.uppercased(memory[index]) != keyword.utf8Start[index] { return false }
        return true
    }

    /// Whether this is exactly `text`. Compared as bytes: to make a text of the word, and compare texts, costs a
    /// microsecond.
    @inline(__always)
    func isEqual(to text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            guard utf8.count == memory.count else { return false }
            for index in 0..<utf8.count where utf8[index] != memory[index] { return false }
            return true
        }
    }

    /// The bytes for a message: see `Printable.text`.
    public var printable: String { Printable.text(memory) }
}
