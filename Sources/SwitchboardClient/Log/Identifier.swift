/// Names of the log as identifiers of the protocol: 1 to 64 letters, digits, `_ - . @ +`, a letter or digit first.
package enum Identifier {
    /// The department of tickets whose group the log does not know and writes as `?`.
    package static let unknownGroup = "unknown"

    /// `Group 56` becomes `group-56`. Returns `nil` for a name without a letter or digit, such as `?`.
    package static func make(_ name: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte + 32)
            default:
                // One dash for any run of other characters, and none at either end.
                if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
            }
        }
        if bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
