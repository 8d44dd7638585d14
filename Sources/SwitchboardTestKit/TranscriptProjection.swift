/// Some members of a JSON object, as they were written: keeps a transcript's lines to what they are about.
struct TranscriptProjection {
    private var members: [(key: String, value: String)] = []

    /// Reads the members of one object. What is no object has none.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        var position = 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
            let keyEnd = Self.end(bytes, position)
            let valueEnd = Self.end(bytes, keyEnd + 1)
            guard valueEnd <= bytes.count, keyEnd > position + 1 else { return }
            members.append(
                (
                    String(decoding: bytes[position + 1..<keyEnd - 1], as: UTF8.self),
                    String(decoding: bytes[keyEnd + 1..<valueEnd], as: UTF8.self)
                ))
            position = valueEnd + 1
        }
    }

    /// An object of those of `keys` that are there, in the order asked for.
    func of(_ keys: [String]) -> String {
        let found = keys.compactMap { key in
            members.first { $0.key == key }.map { "\"\($0.key)\":\($0.value)" }
        }
        return "{" + found.joined(separator: ",") + "}"
    }

    /// The position behind the value that begins at `start`.
    private static func end(_ bytes: [UInt8], _ start: Int) -> Int {
        var depth = 0
        var inText = false
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if inText {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == UInt8(ascii: "\"") { inText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): inText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: ","), UInt8(ascii: ":"): if depth == 0 { return position }
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return position }
                    depth -= 1
                default: break
                }
            }
            position += 1
        }
        return position
    }
}
