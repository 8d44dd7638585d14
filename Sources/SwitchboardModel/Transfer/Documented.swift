/// A value that stands in documents of import and export. One function serves writing and reading, so the two cannot
/// disagree on a key.
protocol Documented {
    init()
    mutating func code(_ document: inout DocumentCoder) throws(Rejection)
}

/// How much an imported document may hold, and where its ids may lie.
public enum ImportLimit {
    /// How far an id may lie beyond the last one given: each id between takes about three bits of memory, though there is no
    /// ticket of it.
    public static let gap: UInt64 = 100_000_000
    /// The highest id; FIND's sets hold ids in four bytes.
    public static let id: UInt64 = 4_000_000_000
    public static let version: UInt64 = 1 << 31
    /// How many entries of its own a ticket's thread may have: together with those of merged ones they are numbered in four
    /// bytes.
    public static let entries: UInt64 = 1_000_000_000
    public static let references = 10_000
    /// How many may take part in a ticket or follow it, those removed since counted in.
    public static let people = 1000
}
