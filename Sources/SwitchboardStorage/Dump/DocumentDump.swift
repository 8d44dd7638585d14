import SwitchboardModel

/// Reads the document of a remembered reply, as docs/format.md describes it.
enum DocumentDump {
    /// A bound, so that a damaged file cannot exhaust the stack.
    private static let depthLimit = 64

    static func value(_ bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) -> JSON {
        var reader = ByteReader(bytes)
        return try value(&reader, depth: 0)
    }

    private static func value(_ reader: inout ByteReader, depth: Int) throws(ByteReader.Malformed) -> JSON {
        guard depth < depthLimit else {
            throw ByteReader.Malformed(what: "a document is too deep", offset: reader.offset)
        }
        switch try reader.byte() {
        case 0: return .null
        case 1: return .bool(false)
        case 2: return .bool(true)
        case 3: return .integer(try reader.signedVarint())
        case 4: return .number(Double(bitPattern: try reader.fixed64()))
        case 5: return .string(try reader.string())
        case 6: return .time(Timestamp(milliseconds: try reader.signedVarint()))
        case 7: return .span(TimeSpan(milliseconds: try reader.signedVarint()))
        case 8:
            var elements: [JSON] = []
            for _ in 0..<(try count(&reader)) { elements.append(try value(&reader, depth: depth + 1)) }
            return .array(elements)
        case 9:
            var members: [JSON.Member] = []
            for _ in 0..<(try count(&reader)) {
                members.append(JSON.Member(try reader.string(), try value(&reader, depth: depth + 1)))
            }
            return .object(members)
        case let kind:
            throw ByteReader.Malformed(what: "a document holds the unknown kind \(kind)", offset: reader.offset)
        }
    }

    /// At most as many as there are bytes.
    private static func count(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> Int {
        let count = try reader.varint()
        guard count <= UInt64(reader.remaining) else {
            throw ByteReader.Malformed(what: "a document counts more than it holds", offset: reader.offset)
        }
        return Int(count)
    }
}
