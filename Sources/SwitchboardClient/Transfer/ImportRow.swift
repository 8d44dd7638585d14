/// A line or row of a file, as it is sent.
struct ImportRow {
    enum Kind {
        case ticket
        /// A department, an agent or a view.
        case record
        /// The rest of a department that an earlier line added.
        case change
    }

    /// Where it begins in the file, from 1.
    var line: Int
    /// As it stands there, for who mends it.
    var raw: [UInt8]
    var kind = Kind.ticket
    /// The request, but for what it follows.
    var words: [[UInt8]]
    /// The ticket's id, where it has one.
    var id: Int?

    var bytes: Int { raw.count + requestBytes }
    var requestBytes: Int { words.reduce(0) { $0 + $1.count } }

    /// A longer request ends the connection, however the server is set; with room for `follows=`.
    static let mostRequestBytes = (16 << 20) - 64
}

/// Why a line cannot be sent, as one line for a person.
struct BadRow: Error {
    var line: Int
    var raw: [UInt8]
    var reason: String
}

/// What a ticket without one is given.
struct ImportDefaults {
    var department: String?
    var channel: String?
}

extension ImportRow {
    /// A value of a request holds at most 1 MiB unless the server is set otherwise; a longer document takes several words.
    private static let wordBytes = 1 << 20

    /// `TICKET IMPORT` and the document, in words that are short enough.
    static func words(_ document: [UInt8]) -> [[UInt8]] {
        var words = [Array("TICKET".utf8), Array("IMPORT".utf8)]
        var start = 0
        repeat {
            var end = min(start + wordBytes, document.count)
            while end < document.count, end > start + 1, mayBeOption(document[end...]) { end -= 1 }
            words.append(Array(document[start..<end]))
            start = end
        } while start < document.count
        return words
    }

    /// A word that begins with letters could be taken for an option, but for one of more letters than any option's name.
    private static func mayBeOption(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first, isLetter(first) else { return false }
        let name = word.prefix(longestName)
        return name.count < longestName || !name.allSatisfy(isLetter)
    }

    private static let longestName = 32

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// A reference for what has none, so that it is not imported twice: its place and its content.
    static func reference(line: Int, _ content: [UInt8]) -> String {
        // FNV-1a.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in content { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "line-\(line)-\(String(hash, radix: 16))"
    }
}
