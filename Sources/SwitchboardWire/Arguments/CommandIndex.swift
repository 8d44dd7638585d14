/// From noun and verb to the number of a row: open addressing over packed keys, filled once.
struct CommandIndex: Sendable {
    private struct Entry: Sendable {
        var noun = PackedKey.none
        var verb = PackedKey.none
        /// -1 in an empty entry.
        var row: Int32 = -1
    }

    private var entries: [Entry]

    /// Traps when two rows have the same name.
    init(_ shapes: [CommandShape]) {
        var size = 16
        // At most a quarter full, so that most look-ups end at the first entry.
        while size < shapes.count * 4 { size *= 2 }
        entries = Array(repeating: Entry(), count: size)
        for (row, shape) in shapes.enumerated() {
            let noun = PackedKey(shape.noun)
            let verb = shape.verb.map { PackedKey($0) } ?? .none
            precondition(find(noun, verb) == nil, "\(shape.name) is in the table twice")
            var place = Self.hash(noun, verb) & (size - 1)
            while entries[place].row >= 0 { place = (place + 1) & (size - 1) }
            entries[place] = Entry(noun: noun, verb: verb, row: Int32(row))
        }
    }

    @inline(__always)
    func find(_ noun: PackedKey, _ verb: PackedKey) -> Int? {
        let mask = entries.count - 1
        var place = Self.hash(noun, verb) & mask
        while entries[place].row >= 0 {
            if entries[place].noun == noun, entries[place].verb == verb { return Int(entries[place].row) }
            place = (place + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private static func hash(_ noun: PackedKey, _ verb: PackedKey) -> Int {
        // Four odd multipliers, so that no two of the eight-byte parts can be exchanged unnoticed.
        var mixed = noun.low &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ noun.high) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ verb.low) &* 0x94d0_49bb_1331_11eb
        mixed = (mixed ^ verb.high) &* 0xd6e8_feb8_6659_fd93
        return Int(truncatingIfNeeded: mixed &>> 40)
    }
}
