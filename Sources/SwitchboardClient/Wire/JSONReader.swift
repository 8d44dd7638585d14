/// Reads JSON (RFC 8259) from bytes. Every method returns `nil` at the first byte that does not fit.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Deeper than any reply; a bound so that hostile input cannot exhaust the stack.
    private static let depthLimit = 64

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// One value with nothing but white space around it.
    mutating func readText() -> JSONValue? {
        guard let value = readValue() else { return nil }
        skipSpace()
        return position == bytes.count ? value : nil
    }

    private mutating func readValue() -> JSONValue? {
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return nested { reader in reader.readObject() }
        case UInt8(ascii: "["): return nested { reader in reader.readArray() }
        case UInt8(ascii: "\""): return readString().map(JSONValue.string)
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return readNumber()
        }
    }

    private mutating func nested(_ read: (inout JSONReader) -> JSONValue?) -> JSONValue? {
        guard depth < JSONReader.depthLimit else { return nil }
        depth += 1
        defer { depth -= 1 }
        position += 1
        return read(&self)
    }

    private mutating func readObject() -> JSONValue? {
        var members: [String: JSONValue] = [:]
        if takeByte(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard let name = readString(), takeByte(UInt8(ascii: ":")), let value = readValue() else { return nil }
            members[name] = value
        } while takeByte(UInt8(ascii: ","))
        return takeByte(UInt8(ascii: "}")) ? .object(members) : nil
    }

    private mutating func readArray() -> JSONValue? {
        var elements: [JSONValue] = []
        if takeByte(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            guard let value = readValue() else { return nil }
            elements.append(value)
        } while takeByte(UInt8(ascii: ","))
        return takeByte(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private mutating func readNumber() -> JSONValue? {
        let start = position
        while position < bytes.count, JSONReader.isNumberByte(bytes[position]) { position += 1 }
        let first = position > start ? bytes[start] : 0
        // `Double` also reads `+1`, `.5` and `nan`, which JSON has not.
        guard first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return Double(String(decoding: bytes[start..<position], as: UTF8.self)).map(JSONValue.number)
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            return true
        default:
            return false
        }
    }

    // MARK: Strings

    private mutating func readString() -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        position += 1
        let start = position
        // Nearly every string holds no escape and can be taken as it stands.
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            guard bytes[position] >= 0x20 else { return nil }
            position += 1
        }
        guard position < bytes.count else { return nil }
        if bytes[position] == UInt8(ascii: "\"") {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        return readEscaped(from: start)
    }

    private mutating func readEscaped(from start: Int) -> String? {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): guard readEscape(into: &text) else { return nil }
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func readEscape(into text: inout [UInt8]) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            guard let scalar = readScalar() else { return false }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: return false
        }
        return true
    }

    /// The four hexadecimal digits after `\u`, and a second `\u` where they are the first half of a pair.
    private mutating func readScalar() -> Unicode.Scalar? {
        guard let unit = readUnit() else { return nil }
        guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
        guard take("\\u"), let low = readUnit(), (0xDC00..<0xE000).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    }

    private mutating func readUnit() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 + UInt32(digit)
        }
        position += 4
        return unit
    }

    // MARK: Single bytes

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 32 || (9...13).contains(bytes[position]) { position += 1 }
    }

    /// Takes `byte` if it comes next after white space.
    private mutating func takeByte(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes `word` if it comes next.
    private mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        let matches = word.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + count]) }
        if matches { position += count }
        return matches
    }
}
