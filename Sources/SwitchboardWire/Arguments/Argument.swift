/// One argument's value and the name under which errors speak of it.
///
/// Valid as long as its request; every accessor copies what it returns. Each throws `BADARG`, naming the argument.
public struct Argument {
    /// Not owned, because the value lies in the connection's buffer: see `Word`.
    let memory: UnsafeRawBufferPointer
    /// Of an option its key and the `=`, as the client wrote them; empty for a positional. Not owned
    /// either, because it lies before the value.
    let key: UnsafeRawBufferPointer
    /// Of a positional the row's name for it.
    let name: StaticString

    /// `<id>` or `by=`.
    public var label: String { key.isEmpty ? "<\(name)>" : Printable.text(key) }

    /// The bytes as they came, copied.
    public var bytes: [UInt8] { [UInt8](memory) }
    public var isEmpty: Bool { memory.isEmpty }

    /// Whether the value is `keyword` but for the case of ASCII letters. `keyword` is given in upper case.
    public func matches(_ keyword: StaticString) -> Bool { Word(memory).matches(keyword) }

    /// The value shown back in a message.
    public var printable: String { Printable.text(memory) }

    /// `BADARG by= must be …, not 'x'`.
    public func invalid(_ expectation: String) -> WireError {
        .badArgument("\(label) must be \(expectation), not '\(printable)'")
    }
}

extension Argument {
    /// Any UTF-8, also none.
    public func text() throws(WireError) -> String {
        guard let text = Word(memory).text else { throw .badArgument("\(label) is not valid UTF-8") }
        return text
    }

    /// UTF-8 of at most so many bytes.
    public func text(atMost bytes: Int) throws(WireError) -> String {
        guard memory.count <= bytes else { throw .badArgument("\(label) has more than \(bytes) bytes") }
        return try text()
    }

    static let identifierBytes = 64

    /// 1 to 64 letters, digits and `_ - . @ +`, beginning with a letter or digit.
    public func identifier() throws(WireError) -> String {
        guard Self.isIdentifier(memory) else { throw invalid(Self.identifierExpectation) }
        // Only ASCII, so it need not be checked; rebinding is sound because the memory holds plain bytes.
        return String(
            copying: UTF8Span(unchecked: memory.assumingMemoryBound(to: UInt8.self).span, isKnownASCII: true))
    }

    static let identifierExpectation =
        "an identifier (1 to \(identifierBytes) letters, digits or _ - . @ +, beginning with a letter or digit)"

    @inline(__always)
    static func isIdentifier(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 0, bytes.count <= identifierBytes, isAlphanumeric(bytes[0]) else { return false }
        for byte in bytes where !isAlphanumeric(byte) {
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "+"): continue
            default: return false
            }
        }
        return true
    }

    @inline(__always)
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { ASCII.isLetter(byte) || ASCII.isDigit(byte) }

    /// `yes` or `no`.
    public func yesOrNo() throws(WireError) -> Bool {
        switch memory.count {
        case 3 where matches("YES"): return true
        case 2 where matches("NO"): return false
        default: throw invalid("yes or no")
        }
    }

    /// One of the raw values, in exactly this spelling.
    @inlinable
    public func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _: Choice.Type = Choice.self
    ) throws(WireError) -> Choice {
        guard let text = choiceText, let choice = Choice(rawValue: text) else {
            throw invalid(choices: Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// The value as text; nil when it is too long for any word of ours, so that nothing is allocated for it.
    @usableFromInline
    var choiceText: String? { memory.count <= Self.identifierBytes ? Word(memory).text : nil }

    @usableFromInline
    func invalid(choices: [String]) -> WireError {
        guard let last = choices.last, choices.count > 1 else { return invalid(choices.first ?? "absent") }
        return invalid("\(choices.dropLast().joined(separator: ", ")) or \(last)")
    }
}
