/// Writes requests as RESP arrays, which need no quoting whatever a value holds.
package enum RequestEncoder {
    package static func append(_ words: [String], to bytes: inout [UInt8]) {
        appendLength(UInt8(ascii: "*"), words.count, to: &bytes)
        for word in words {
            var word = word
            word.withUTF8 { text in
                appendLength(UInt8(ascii: "$"), text.count, to: &bytes)
                bytes.append(contentsOf: text)
            }
            appendLineEnd(to: &bytes)
        }
    }

    /// The same of words that may be any bytes.
    package static func append(_ words: [[UInt8]], to bytes: inout [UInt8]) {
        appendLength(UInt8(ascii: "*"), words.count, to: &bytes)
        for word in words {
            appendLength(UInt8(ascii: "$"), word.count, to: &bytes)
            bytes.append(contentsOf: word)
            appendLineEnd(to: &bytes)
        }
    }

    private static func appendLength(_ type: UInt8, _ count: Int, to bytes: inout [UInt8]) {
        bytes.append(type)
        if count < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(count))
        } else {
            bytes.append(contentsOf: String(count).utf8)
        }
        appendLineEnd(to: &bytes)
    }

    private static func appendLineEnd(to bytes: inout [UInt8]) {
        bytes.append(13)
        bytes.append(10)
    }
}
