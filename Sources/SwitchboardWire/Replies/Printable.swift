/// Bytes of a client, shown back in a message.
enum Printable {
    /// How many bytes of the client's text a message repeats.
    static let limit = 64

    /// The bytes as text without control characters: those, and what is not UTF-8, appear as `\xHH`. What is longer
    /// than `limit` bytes is cut, at a character, and ends in `…`.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        var result = ""
        var rest = bytes.prefix(limit)[...]
        while let first = rest.first {
            let length = characterLength(first)
            let candidate = rest.prefix(length)
            if let piece = String(validating: candidate, as: UTF8.self), candidate.count == length,
                let scalar = piece.unicodeScalars.first, !isControl(scalar)
            {
                result.unicodeScalars.append(scalar)
                rest = rest.dropFirst(length)
                continue
            }
            // A character that the limit cut in two is not the client's mistake.
            let isCut = candidate.count < length && bytes.count > limit
            if isCut { break }
            result += "\\x"
            result.unicodeScalars.append(Unicode.Scalar(ASCII.hexadecimalDigit(first >> 4)))
            result.unicodeScalars.append(Unicode.Scalar(ASCII.hexadecimalDigit(first)))
            rest = rest.dropFirst(1)
        }
        return bytes.count > limit ? result + "…" : result
    }

    /// C0, DEL and C1, and the two line separators that some terminals break a line at.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
    }

    private static func characterLength(_ first: UInt8) -> Int {
        switch first {
        case ..<0xc0: 1
        case ..<0xe0: 2
        case ..<0xf0: 3
        default: 4
        }
    }
}
