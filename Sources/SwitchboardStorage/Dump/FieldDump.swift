import SwitchboardModel

/// Makes JSON of fields, by the schema: every field of the type by its name, those that were not written too.
struct FieldDump {
    private let schema = FormatSchema.current

    /// A field as it was read: an integer, or what its length encloses.
    private enum Raw {
        case integer(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    /// The members of a value of `type` that takes up all of `bytes`. Fields that the schema does not know come last,
    /// as `field_<number>`.
    func members(_ type: String, _ bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) -> [JSON.Member] {
        var raw: [UInt64: Raw] = [:]
        var unknown: [UInt64] = []
        let fields = schema.types[type] ?? []
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let key = try reader.varint()
            let number = key >> 1
            if key & 1 == 1 {
                raw[number] = .bytes(try reader.blob())
            } else {
                raw[number] = .integer(try reader.varint())
            }
            if !fields.contains(where: { $0.number == number }) { unknown.append(number) }
        }
        var members: [JSON.Member] = []
        for field in fields { members.append(JSON.Member(field.name, try json(field, raw[field.number]))) }
        for number in unknown { members.append(JSON.Member("field_\(number)", plain(raw[number]))) }
        return members
    }

    private func json(_ field: FormatSchema.Field, _ raw: Raw?) throws(ByteReader.Malformed) -> JSON {
        let (integer, bytes) = try parts(field, raw)
        switch field.kind {
        case .integer: return .integer(Int64(clamping: integer))
        case .flag: return .bool(integer != 0)
        case .time: return .time(Timestamp(milliseconds: signed(integer)))
        case .span: return .span(TimeSpan(milliseconds: signed(integer)))
        case .optionalTime: return integer == 0 ? .null : .time(Timestamp(milliseconds: signed(integer) &- 1))
        case .optionalSpan: return integer == 0 ? .null : .span(TimeSpan(milliseconds: signed(integer) &- 1))
        case .optionalIndex: return integer == 0 ? .null : .integer(Int64(clamping: integer - 1))
        case .actor: return Self.actor(integer)
        case .word(let set): return Self.word(set, integer)
        case .optionalWord(let set): return integer == 0 ? .null : Self.word(set, integer - 1)
        case .text: return .string(String(decoding: bytes, as: UTF8.self))
        case .optionalText: return bytes.isEmpty ? .null : .string(String(decoding: bytes.dropFirst(), as: UTF8.self))
        case .bytes: return .string(Self.hexadecimal(bytes))
        case .thread: return .array(try ThreadDump.entries(bytes))
        case .document: return bytes.isEmpty ? .null : try DocumentDump.value(bytes)
        case .hash: return .string(String(integer, radix: 16))
        case .value(let type): return .object(try members(type, bytes))
        case .list(let type): return .array(try list(type, bytes))
        }
    }

    /// An absent field is zero or empty.
    private func parts(
        _ field: FormatSchema.Field, _ raw: Raw?
    ) throws(ByteReader.Malformed) -> (integer: UInt64, bytes: ArraySlice<UInt8>) {
        let hasLength: Bool =
            switch field.kind {
            case .text, .optionalText, .bytes, .thread, .document, .value, .list: true
            default: false
            }
        switch raw {
        case nil: return (0, [])
        case .integer(let value) where !hasLength: return (value, [])
        case .bytes(let bytes) where hasLength: return (0, bytes)
        case .integer, .bytes:
            throw ByteReader.Malformed(what: "field \(field.number), \(field.name), is of the wrong kind", offset: 0)
        }
    }

    private func list(_ type: String, _ bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) -> [JSON] {
        guard !bytes.isEmpty else { return [] }
        var reader = ByteReader(bytes)
        let count = try reader.varint()
        var elements: [JSON] = []
        for _ in 0..<count { elements.append(.object(try members(type, try reader.blob()))) }
        return elements
    }

    private func plain(_ raw: Raw?) -> JSON {
        switch raw {
        case nil: .null
        case .integer(let value): .integer(Int64(clamping: value))
        case .bytes(let bytes): .string(Self.hexadecimal(bytes))
        }
    }

    private func signed(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }

    /// A number that no word of the set has is shown as it is.
    static func word(_ set: String, _ number: UInt64) -> JSON {
        FormatSchema.word(set, number).map { .string($0) } ?? .integer(Int64(clamping: number))
    }

    /// `null`, `customer`, `itself`, or an agent's index.
    static func actor(_ code: UInt64) -> JSON {
        switch code {
        case 0: .null
        case 1: "customer"
        case 2: "itself"
        default: .integer(Int64(clamping: code) - 8)
        }
    }

    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
