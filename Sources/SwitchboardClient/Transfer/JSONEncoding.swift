/// Writes JSON texts, as documents made from rows need them.
enum JSONEncoding {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes += Array("\\u00".utf8)
                for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `{` and the members, each with its value as JSON, without the last `}`.
    static func members(_ members: [(String, [UInt8])]) -> [UInt8] {
        var bytes = [UInt8(ascii: "{")]
        for (place, member) in members.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            append(member.0, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes += member.1
        }
        return bytes
    }

    static func text(_ value: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }
}
