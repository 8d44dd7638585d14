/// One department and channel: who waits, and who could be given what waits. All of it is derived: from the tickets'
/// placements, the offers and the agents.
struct Queue: Sendable {
    var waiting = WaitingTickets()
    /// Waits too, but rings at somebody: nobody else is given it meanwhile.
    var ringing = SortedBlocks<QueueEntry>()
    var candidates = SortedBlocks<Candidate>()
    /// The record in which its settings or tiers were last changed, since the start: for `VERIFY` alone.
    var settledIn = LogSequenceNumber.none

    /// How many tickets of the queue nobody has, ringing or not.
    var waitingCount: Int { waiting.count + ringing.count }

    /// The first tickets that nobody has, ringing or not, in order.
    func allWaiting(atMost count: Int) -> [QueueEntry] {
        guard !ringing.isEmpty else { return Array(waiting.prefix(count)) }
        var result: [QueueEntry] = []
        var (left, right) = (waiting.makeIterator(), ringing.makeIterator())
        var (nextLeft, nextRight) = (left.next(), right.next())
        while result.count < count {
            if let entry = nextLeft, nextRight.map({ entry < $0 }) ?? true {
                result.append(entry)
                nextLeft = left.next()
            } else if let entry = nextRight {
                result.append(entry)
                nextRight = right.next()
            } else {
                break
            }
        }
        return result
    }
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
