extension JSON {
    /// How deep a stored value may be; a document is 3 deep.
    private static let deepest = 16

    /// The value in bytes, each part a tag and what it needs. Tags are for ever.
    var stored: [UInt8] { ByteWriter.bytes { store(into: &$0) } }

    private func store(into output: inout ByteWriter) {
        switch self {
        case .null: output.byte(0)
        case .bool(false): output.byte(1)
        case .bool(true): output.byte(2)
        case .integer(let value):
            output.byte(3)
            output.signedVarint(value)
        case .number(let value):
            output.byte(4)
            output.fixed64(value.bitPattern)
        case .string(let value):
            output.byte(5)
            output.string(value)
        case .time(let value):
            output.byte(6)
            output.signedVarint(value.milliseconds)
        case .span(let value):
            output.byte(7)
            output.signedVarint(value.milliseconds)
        case .array(let elements):
            output.byte(8)
            output.varint(UInt64(elements.count))
            for element in elements { element.store(into: &output) }
        case .object(let members):
            output.byte(9)
            output.varint(UInt64(members.count))
            for member in members {
                output.string(member.key)
                member.value.store(into: &output)
            }
        }
    }

    /// Reads one value that takes up all of `bytes`.
    init(stored bytes: [UInt8]) throws(ByteReader.Malformed) {
        var input = ByteReader(bytes)
        self = try JSON(&input, depth: 0)
        guard input.isAtEnd else { throw ByteReader.Malformed(what: "a document goes on", offset: input.offset) }
    }

    private init(_ input: inout ByteReader, depth: Int) throws(ByteReader.Malformed) {
        guard depth < Self.deepest else {
            throw ByteReader.Malformed(what: "a document is too deep", offset: input.offset)
        }
        let tag = try input.byte()
        switch tag {
        case 0: self = .null
        case 1: self = .bool(false)
        case 2: self = .bool(true)
        case 3: self = .integer(try input.signedVarint())
        case 4: self = .number(Double(bitPattern: try input.fixed64()))
        case 5: self = .string(try input.string())
        case 6: self = .time(Timestamp(milliseconds: try input.signedVarint()))
        case 7: self = .span(TimeSpan(milliseconds: try input.signedVarint()))
        case 8:
            var elements: [JSON] = []
            for _ in 0..<(try Self.count(&input)) { elements.append(try JSON(&input, depth: depth + 1)) }
            self = .array(elements)
        case 9:
            var members: [Member] = []
            for _ in 0..<(try Self.count(&input)) {
                let key = try input.string()
                members.append(Member(key, try JSON(&input, depth: depth + 1)))
            }
            self = .object(members)
        default:
            throw ByteReader.Malformed(what: "a document holds the unknown tag \(tag)", offset: input.offset)
        }
    }

    private static func count(_ input: inout ByteReader) throws(ByteReader.Malformed) -> UInt64 {
        let count = try input.varint()
        guard count <= UInt64(input.remaining) else {
            throw ByteReader.Malformed(what: "a document counts more than it holds", offset: input.offset)
        }
        return count
    }
}
