/// A check of the whole state, as `VERIFY` does it, found what disagrees. Tells; changes nothing.
public struct SelfCheckFailed: Fielded {
    /// How many of the problems are told here at most.
    public static let mostLines = 10

    /// The last record of the state that was looked at.
    public var record = LogSequenceNumber.none
    /// How many facts were compared.
    public var checked: UInt64 = 0
    /// How many of them were wrong.
    public var problems: UInt64 = 0
    /// The first of them, in words.
    public var lines: [FieldedText] = []
    /// By `VERIFY`, and not by the server itself.
    public var wasAsked = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.integer(1, &record.rawValue)
        try coder.integer(2, &checked)
        try coder.integer(3, &problems)
        try coder.list(4, &lines)
        try coder.flag(5, &wasAsked)
    }
}

extension SelfCheckFailed {
    /// - Parameter record: the last one of the state that was looked at.
    public init(_ verification: Verification, of record: LogSequenceNumber, wasAsked: Bool) {
        self.record = record
        checked = UInt64(verification.checked)
        problems = UInt64(verification.problemCount)
        lines = verification.problems.prefix(Self.mostLines).map { FieldedText($0) }
        self.wasAsked = wasAsked
    }
}
