/// A dictionary in many small parts. Growing rehashes one part at a time, and a copy shares every part until that part
/// is written to: a million entries neither stop the lane while one dictionary of them grows (250 ms) nor while it is
/// copied at the first write after an image (50 ms and more).
///
/// Half a million entries are some hundred in each part. Without entries it costs nothing.
struct SplitDictionary<Key: Hashable, Value> {
    /// A power of two.
    private static var partCount: Int { 4096 }

    /// None as long as nothing was ever put in.
    private var parts: [[Key: Value]] = []
    private(set) var count = 0

    init() {}

    var isEmpty: Bool { count == 0 }

    /// Where the key belongs. By hash values, whose seed differs from process to process: no order follows from it.
    @inline(__always)
    private static func part(_ key: Key) -> Int { key.hashValue & (partCount - 1) }

    subscript(key: Key) -> Value? {
        @inline(__always) get { count == 0 ? nil : parts[Self.part(key)][key] }
        set {
            if parts.isEmpty {
                guard newValue != nil else { return }
                parts = Array(repeating: [:], count: Self.partCount)
            }
            let part = Self.part(key)
            count -= parts[part].count
            parts[part][key] = newValue
            count += parts[part].count
        }
    }

    @discardableResult
    mutating func removeValue(forKey key: Key) -> Value? {
        guard count > 0, let removed = parts[Self.part(key)].removeValue(forKey: key) else { return nil }
        count -= 1
        return removed
    }
}

extension SplitDictionary: Sequence {
    /// The entries in no order.
    func makeIterator() -> FlattenSequence<[[Key: Value]]>.Iterator { parts.joined().makeIterator() }

    var underestimatedCount: Int { count }
}

extension SplitDictionary: Sendable where Key: Sendable, Value: Sendable {}
