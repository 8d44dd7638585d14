/// A waiting ticket's place in its queue. The key is fixed while the ticket waits.
public struct QueueEntry: Comparable, Sendable {
    /// (priority, queue time) or, with ageing, (queue time + head start, 0).
    private var first: Int64
    private var second: Int64
    public var ticket: TicketID
    /// The one agent it waits for. Not part of the order.
    public var wants: AgentIndex?
    /// Not part of the order by itself.
    public var priority: UInt8
    public var queuedAt: Timestamp

    init(_ ticket: TicketID, _ placement: Placement, wants: AgentIndex?, ageing: Ageing) {
        self.ticket = ticket
        self.wants = wants
        priority = placement.priority
        queuedAt = placement.queuedAt
        switch ageing {
        case .none:
            first = Int64(placement.priority)
            second = placement.queuedAt.milliseconds
        case .headStart(let step):
            // Wrapping, because a damaged file may hold any number.
            first = placement.queuedAt.milliseconds &+ (Int64(placement.priority) - 1) &* step.milliseconds
            second = 0
        }
    }

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool {
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        return left.ticket < right.ticket
    }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool {
        left.ticket == right.ticket && left.first == right.first && left.second == right.second
    }
}
