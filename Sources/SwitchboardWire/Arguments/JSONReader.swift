import SwitchboardModel

/// Reads one JSON text (RFC 8259), as a document of an import is. Whole numbers that fit become integers, all others
/// floating-point numbers; the order of an object's members is kept, and a key may come twice.
struct JSONReader {
    /// Deeper than any document of ours; a bound so that hostile input cannot exhaust the stack.
    static let depthLimit = 16

    /// Of a usual document.
    private static let expectedMembers = 24

    /// Not owned, because it is only read during the call.
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var depth = 0

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// What is wrong, and before which byte, from 0.
    struct Fault: Error {
        var what: String
        var offset: Int
    }

    static func read(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> JSON {
        var reader = JSONReader(bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.fault("something follows the document") }
        return value
    }

    private func fault(_ what: String) -> Fault { Fault(what: what, offset: position) }

    private mutating func value() throws(Fault) -> JSON {
        skipSpace()
        guard position < bytes.count else { throw fault("the document ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func enter() throws(Fault) {
        guard depth < Self.depthLimit else { throw fault("the document is deeper than \(Self.depthLimit)") }
        depth += 1
        position += 1
    }

    private mutating func object() throws(Fault) -> JSON {
        try enter()
        defer { depth -= 1 }
        var members: [JSON.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        members.reserveCapacity(depth == 1 ? Self.expectedMembers : Self.expectedMembers / 4)
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw fault("a key in double quotes is expected")
            }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("a ':' is expected") }
            members.append(JSON.Member(key, try value()))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("a ',' or '}' is expected") }
        return .object(members)
    }

    private mutating func array() throws(Fault) -> JSON {
        try enter()
        defer { depth -= 1 }
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("a ',' or ']' is expected") }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Fault) -> JSON {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ $0.elementsEqual(bytes[position..<end]) }) else {
            throw fault("no value begins so")
        }
        position = end
        return value
    }

    private mutating func number() throws(Fault) -> JSON {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let first = position
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position += 1 }
        guard position > first else {
            position = start
            throw fault("no value begins so")
        }
        guard position == first + 1 || bytes[first] != ASCII.zero else { throw fault("a number begins with 0") }
        let isWhole = !isNext(".") && !isNext("e") && !isNext("E")
        if !isWhole {
            if take(UInt8(ascii: ".")) { try digits() }
            if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
                if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
                try digits()
            }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw fault("a number is too large") }
        return .number(value)
    }

    private mutating func digits() throws(Fault) {
        let first = position
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position += 1 }
        guard position > first else { throw fault("a digit is expected") }
    }

    private func isNext(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 32, 9, 10, 13: position += 1
            default: return
            }
        }
    }

    // MARK: Strings

    private mutating func string() throws(Fault) -> String {
        position += 1
        let start = position
        guard let base = bytes.baseAddress else { throw fault("a text does not end") }
        // Up to the first quote, backslash or control character; most texts have none but the quote at their end.
        position = ByteScan.jsonEscape(base, from: start, to: bytes.count)
        guard position < bytes.count else { throw fault("a text does not end") }
        if bytes[position] == UInt8(ascii: "\"") {
            let text = try checked(bytes[start..<position])
            position += 1
            return text
        }
        return try escaped(from: start, base)
    }

    private mutating func escaped(from start: Int, _ base: UnsafeRawPointer) throws(Fault) -> String {
        var text = [UInt8](bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = text.withUnsafeBytes({ Word($0).text }) else { throw fault("a text is no UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20: throw fault("a control character in a text must be escaped")
            default: break
            }
            let run = position
            position = ByteScan.jsonEscape(base, from: run, to: bytes.count)
            text.append(contentsOf: bytes[run..<position])
        }
        throw fault("a text does not end")
    }

    private func checked(_ text: Slice<UnsafeRawBufferPointer>) throws(Fault) -> String {
        guard let text = Word(UnsafeRawBufferPointer(rebasing: text)).text else { throw fault("a text is no UTF-8") }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        guard position < bytes.count else { throw fault("a text does not end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try scalar())).utf8)
        default: throw fault("no such escape")
        }
    }

    /// The four hexadecimal digits after `\u`, and a second `\u` where they are the first half of a pair.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let unit = try unit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("half a character") }
        let low = try self.unit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        else { throw fault("half a character") }
        return scalar
    }

    private mutating func unit() throws(Fault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault("a text does not end") }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault("no such escape") }
            unit = unit << 4 + UInt32(digit)
        }
        position += 4
        return unit
    }
}

/// JSON as text, for tests.
package enum JSONText {
    package struct Unreadable: Error {}

    package static func read(_ text: String) throws -> JSON {
        var text = text
        let read: JSON? = text.withUTF8 { try? JSONReader.read(UnsafeRawBufferPointer($0)) }
        guard let read else { throw Unreadable() }
        return read
    }
}
