/// The names of agents, departments, tags, fields, sources and views.
enum Identifier {
    static let mostBytes = 64
    static let expectation =
        "must be an identifier (1 to \(mostBytes) letters, digits or _ - . @ +, beginning with a letter or digit)"

    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= mostBytes, isAlphanumeric(first) else { return false }
        return bytes.allSatisfy { byte in
            if isAlphanumeric(byte) { return true }
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "+"):
                return true
            default: return false
            }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }
}
