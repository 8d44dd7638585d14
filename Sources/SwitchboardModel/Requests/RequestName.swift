/// What a client calls one request (`rid=`), so that sending it again does nothing the second time.
public struct RequestName: Sendable, Equatable {
    /// Bytes of the id at most.
    public static let mostBytes = 64

    public var id: String
    /// Tells the request from any other that was given the same id.
    public var words: WordsHash

    public init(_ id: String, words: WordsHash) {
        self.id = id
        self.words = words
    }
}

/// 128 bits that stand for a request's words. Equal words give equal bits, in every version; others give others but for
/// a chance nobody meets. Not cryptographic: who forges a collision only deceives themselves.
public struct WordsHash: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64 = 0, low: UInt64 = 0) {
        self.high = high
        self.low = low
    }
}
