/// One department and channel: who waits, and who could be given what waits. Both are derived: from the tickets'
/// placements and from the agents.
struct Queue: Sendable {
    var waiting = SortedBlocks<QueueEntry>()
    var candidates = SortedBlocks<Candidate>()
    /// How many of the waiting wait for an agent by name.
    var wanting = 0
}

/// A queue's place: department × 3 + channel.
struct QueueIndex: Hashable, Comparable, Sendable {
    var rawValue: Int

    init(_ department: DepartmentIndex, _ channel: Channel) {
        rawValue = department.position * Channel.allCases.count + Int(channel.rawValue)
    }

    var department: DepartmentIndex { DepartmentIndex(UInt32(rawValue / Channel.allCases.count)) }
    var channel: Channel { Channel.allCases[rawValue % Channel.allCases.count] }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
