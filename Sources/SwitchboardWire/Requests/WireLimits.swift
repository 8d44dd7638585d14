/// How much one request may hold. Each limit is reached by the last value that is still accepted.
public struct WireLimits: Sendable, Equatable {
    /// Bytes of an inline line without its LF or CRLF, telnet negotiation included.
    public var lineBytes = 64 * 1024
    /// Bytes of one word.
    public var valueBytes = 1024 * 1024
    /// Bytes of all words of one request together.
    public var requestBytes = 2 * 1024 * 1024
    /// Words of one request, noun and verb included.
    public var words = 1024
    /// Bytes of a RESP request (its words together) that is still read past; a longer one ends the connection.
    public var skippedBytes = 16 * 1024 * 1024
    /// Words of a RESP request that is still read past; more end the connection.
    public var skippedWords = 16_384

    public init() {}

    /// Whether a parser can keep to these limits: each is at least 1, a word's number fits 16 bits, and a length read
    /// from a header fits 15 digits.
    public var areSound: Bool {
        let all = [lineBytes, valueBytes, requestBytes, words, skippedBytes, skippedWords]
        return all.allSatisfy { $0 >= 1 && $0 < 1_000_000_000_000 } && words <= Int(UInt16.max)
            && valueBytes <= requestBytes && requestBytes <= skippedBytes && words <= skippedWords
    }

    /// The most bytes that can be waiting for the rest of their request: a session's buffer need not be larger than
    /// this and one read.
    public var bufferedBytes: Int {
        // `*1024\r\n`, then for each word `$1048576\r\n` and a CRLF: never more than 32 bytes of framing a word.
        max(lineBytes + 2, requestBytes + 32 * (words + 1))
    }
}
