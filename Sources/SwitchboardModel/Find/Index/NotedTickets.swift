/// Tickets that changed since they were last indexed: a bit each, and a bit for each 64 of these, so that noting one costs a few
/// nanoseconds and what is noted never takes more than a bit for each id.
struct NotedTickets: Sendable {
    private var words: [UInt64] = []
    private var summary: [UInt64] = []
    /// No bit of `summary` is set before this place.
    private var first = 0
    private(set) var count = 0

    @inline(__always)
    mutating func insert(_ id: UInt32) {
        let word = Int(id >> 6)
        if word >= words.count { grow(to: word) }
        let bit: UInt64 = 1 << UInt64(id & 63)
        guard words[word] & bit == 0 else { return }
        words[word] |= bit
        summary[word >> 6] |= 1 << UInt64(word & 63)
        first = min(first, word >> 6)
        count += 1
    }

    func contains(_ id: UInt32) -> Bool {
        let word = Int(id >> 6)
        return word < words.count && words[word] & (1 << UInt64(id & 63)) != 0
    }

    @inline(never)
    private mutating func grow(to word: Int) {
        let size = (word / 64 + 1) * 64
        words.append(contentsOf: repeatElement(0, count: size - words.count))
        summary.append(contentsOf: repeatElement(0, count: size / 64 - summary.count))
    }

    /// Takes out the one with the smallest id.
    mutating func removeFirst() -> UInt32? {
        guard count > 0 else { return nil }
        while summary[first] == 0 { first += 1 }
        let word = first * 64 + summary[first].trailingZeroBitCount
        let bit = words[word].trailingZeroBitCount
        words[word] &= words[word] - 1
        if words[word] == 0 { summary[first] &= summary[first] - 1 }
        count -= 1
        return UInt32(word * 64 + bit)
    }
}
