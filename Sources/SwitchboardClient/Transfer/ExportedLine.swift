/// A document as the server lists it. What stands at its end, the cursor and whether more of the ticket follows, is read there
/// without reading the document: neither can be a part of a text, in which quotes are escaped.
struct ExportedLine {
    /// The document, without the cursor.
    private(set) var bytes: [UInt8]
    private(set) var cursor = ""
    /// The first entry of the ticket's next part; `nil`: there is none.
    private(set) var next: Int?

    /// - Parameter line: as a reply holds it, without `+`.
    init(_ line: [UInt8]) {
        bytes = line
        if let start = Self.tail(",\"cursor\":\"", of: line) {
            cursor = String(decoding: line[start.value..<(line.count - 2)], as: UTF8.self)
            bytes.removeSubrange(start.key..<(line.count - 1))
        }
        if let start = Self.tail(",\"more\":", of: bytes) {
            next = Int(String(decoding: bytes[start.value..<(bytes.count - 1)], as: UTF8.self))
        }
    }

    /// The ticket's id, which stands first; `nil`: it is no ticket.
    var id: Int? { Self.id(of: bytes) }

    static func id(of line: [UInt8]) -> Int? {
        let mark = Array("{\"id\":".utf8)
        guard line.starts(with: mark) else { return nil }
        let digits = line[mark.count...].prefix(while: { (0x30...0x39).contains($0) })
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Where the last member of this key begins, and its value; `nil`: the last member is another one.
    private static func tail(_ mark: StaticString, of line: [UInt8]) -> (key: Int, value: Int)? {
        let length = mark.utf8CodeUnitCount
        // An identifier or a number, and what closes it.
        let lowest = max(0, line.count - 80 - length)
        guard line.count > length else { return nil }
        for start in stride(from: line.count - length - 1, through: lowest, by: -1)
        where line[start] == UInt8(ascii: ",") {
            guard mark.withUTF8Buffer({ $0.elementsEqual(line[start..<start + length]) }) else { return nil }
            return (start, start + length)
        }
        return nil
    }
}
