/// A roster's name in requests and replies: 1 to 64 letters, digits, `_ - . @ +`.
public struct RosterID: Hashable, Sendable {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Who has duty on some channels of a department, one group of agents after the other. Who has none is not given work
/// of these channels by itself.
public struct Roster: Fielded, Equatable {
    /// Names it to its timer; given once.
    public var number: UInt32 = 0
    public var id = RosterID("")
    public var department = DepartmentIndex(0)
    public var channels = ChannelSet(.call)
    /// In the order in which they have duty; never empty.
    public var agents: [FieldedAgent] = []
    /// How long a turn is.
    public var span = TimeSpan.zero
    /// When the first turn begins.
    public var start = Timestamp(milliseconds: 0)
    /// How many have duty at once.
    public var onDuty: UInt32 = 1
    /// The place in `agents` of the first who has duty.
    public var position: UInt32 = 0
    /// Has begun. Before, everyone is given work as without a roster.
    public var isRunning = false
    /// Who has duty in place of whose turn it is, until the next one.
    public var substitutes: [FieldedAgent] = []

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &number)
        try fields.text(2, &id.rawValue)
        try fields.department(3, &department)
        try fields.number(4, &channels.rawValue)
        try fields.list(5, &agents)
        try fields.span(6, &span)
        try fields.time(7, &start)
        try fields.number(8, &onDuty)
        try fields.number(9, &position)
        try fields.flag(10, &isRunning)
        try fields.list(11, &substitutes)
    }

    /// Who has duty now; `nil`: it has not begun.
    var duty: [AgentIndex]? {
        guard isRunning else { return nil }
        return substitutes.isEmpty ? turn(from: position) : substitutes.map(\.index)
    }

    /// Who has duty after the present turn.
    var nextDuty: [AgentIndex] { turn(from: isRunning ? nextPosition : position) }

    private func turn(from place: UInt32) -> [AgentIndex] {
        (0..<min(Int(onDuty), agents.count)).map { agents[(Int(place) + $0) % agents.count].index }
    }

    private var nextPosition: UInt32 {
        UInt32((UInt64(position) + UInt64(onDuty)) % UInt64(max(agents.count, 1)))
    }

    /// When the turn after the one at `now` begins.
    func next(after now: Timestamp) -> Timestamp {
        guard start <= now else { return start }
        let turns = (now.milliseconds &- start.milliseconds) / max(span.milliseconds, 1)
        return Timestamp(milliseconds: start.milliseconds &+ (turns &+ 1) &* span.milliseconds)
    }

    /// The next ones have duty.
    mutating func turn() {
        if isRunning { position = nextPosition }
        isRunning = true
        substitutes = []
    }

    /// The roster as it is when `agent` leaves it; `nil`: nobody is left.
    func without(_ agent: AgentIndex) -> Roster? {
        var result = self
        result.substitutes.removeAll { $0.index == agent }
        guard let place = agents.firstIndex(where: { $0.index == agent }) else { return result }
        result.agents.remove(at: place)
        guard !result.agents.isEmpty else { return nil }
        if place < Int(position) { result.position -= 1 }
        if Int(result.position) >= result.agents.count { result.position = 0 }
        return result
    }
}

/// What limits rosters.
public enum RosterLimit {
    public static let rosters = 1000
    /// The shortest turn.
    public static let turn = TimeSpan.seconds(60)
}
