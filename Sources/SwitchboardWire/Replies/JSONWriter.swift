import SwitchboardModel

/// Appends compact JSON to a reply. Keys and values are written in the order of the calls; commas are set by the writer.
/// What comes out is well-formed when each `begin` has its `end` and, in objects, each value its key; the writer does not
/// check that.
///
///     Reply.line(to: &out) { json in
///         json.beginObject()
///         json.member("id", ticket.id)
///         json.key("agent")
///         json.stringOrNull(ticket.agent)
///         json.endObject()
///     }
///
/// No line holds a raw CR or LF, because every byte below 32 is escaped.
public struct JSONWriter: ~Copyable {
    public private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Continues after `bytes`.
    public init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    /// The bytes, with what was written.
    public consuming func finish() -> [UInt8] { bytes }

    // MARK: Structure

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The key of the next value. Written as it is: it must need no escapes.
    @inline(__always)
    public mutating func key(_ name: StaticString) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
        bytes.append(ASCII.quote)
        // Because a literal's bytes are never freed, its pointer stays valid.
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(ASCII.quote)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A key that may need escapes, as the name of a field.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Values

    public mutating func null() { literal("null") }
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    public mutating func unsigned(_ value: UInt64) {
        separate()
        Decimal.append(value, to: &bytes)
    }

    public mutating func integer(_ value: Int64) {
        separate()
        Decimal.append(value, to: &bytes)
    }

    /// `null` when the value is not finite.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        var text = value.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        bytes.append(contentsOf: text.utf8)
    }

    public mutating func string(_ value: String) {
        // Because a native string is one piece of UTF-8 it is read in place; any other is made one.
        let done: Void? = value.utf8.withContiguousStorageIfAvailable { string(utf8: UnsafeRawBufferPointer($0)) }
        if done == nil {
            var copy = value
            copy.withUTF8 { string(utf8: UnsafeRawBufferPointer($0)) }
        }
    }

    /// Text that is already bytes, which must be valid UTF-8.
    public mutating func string(utf8: Span<UInt8>) {
        utf8.withUnsafeBytes { string(utf8: $0) }
    }

    /// Text that is already bytes, which must be valid UTF-8. Raw memory, because a ticket's texts lie packed.
    public mutating func string(utf8: UnsafeRawBufferPointer) {
        separate()
        bytes.append(ASCII.quote)
        escape(utf8)
        bytes.append(ASCII.quote)
    }

    public mutating func time(_ value: Timestamp) {
        separate()
        bytes.append(ASCII.quote)
        TimeText.append(value, to: &bytes)
        bytes.append(ASCII.quote)
    }

    /// Seconds, with up to three decimals.
    public mutating func span(_ value: TimeSpan) {
        separate()
        Decimal.append(thousandths: value.milliseconds, to: &bytes)
    }

    /// JSON made elsewhere: one whole value, without CR and LF.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    // MARK: Pieces

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    @inline(__always)
    private mutating func open(_ byte: UInt8) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
        bytes.append(byte)
    }

    @inline(__always)
    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func literal(_ text: StaticString) {
        separate()
        // Because a literal's bytes are never freed, its pointer stays valid.
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Copies runs that need no escape at once, found eight bytes at a time: raw memory,
    /// because the search loads eight at once.
    private mutating func escape(_ text: UnsafeRawBufferPointer) {
        guard let memory = text.baseAddress else { return }
        var start = 0
        while true {
            let end = ByteScan.jsonEscape(memory, from: start, to: text.count)
            if end > start { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<end])) }
            guard end < text.count else { return }
            appendEscape(text[end])
            start = end + 1
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(ASCII.backslash)
        switch byte {
        case ASCII.quote, ASCII.backslash: bytes.append(byte)
        case ASCII.lineFeed: bytes.append(UInt8(ascii: "n"))
        case ASCII.carriageReturn: bytes.append(UInt8(ascii: "r"))
        case ASCII.tab: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(UInt8(ascii: "u"))
            bytes.append(ASCII.zero)
            bytes.append(ASCII.zero)
            bytes.append(ASCII.hexadecimalDigit(byte >> 4))
            bytes.append(ASCII.hexadecimalDigit(byte))
        }
    }
}
