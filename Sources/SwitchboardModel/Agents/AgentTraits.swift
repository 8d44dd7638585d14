/// What the strategies look at beside load and time, as it is set for an agent.
public struct AgentTraits: Fielded, Equatable {
    /// The agent's share of what `weighted` gives, against the others' weights.
    public var weight = AgentTraits.defaultWeight
    /// The agent's place in `top_down`'s order.
    public var position: UInt16 = 0
    public var skills: [Skill] = []
    /// While the agent holds anything of one of these channels, nothing of the other channels is given.
    public var exclusive = ChannelSet()

    public static let defaultWeight: UInt16 = 10
    public static let weights = 1...1000

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        // Absent is the default.
        var stored = weight == Self.defaultWeight ? 0 : weight
        try fields.number(1, &stored)
        weight = stored == 0 ? Self.defaultWeight : stored
        try fields.number(2, &position)
        try fields.list(3, &skills)
        try fields.number(4, &exclusive.rawValue)
    }
}

extension Agent {
    /// With another weight the agent draws anew; see `Routing.draw`.
    mutating func take(_ traits: AgentTraits) {
        if traits.weight != self.traits.weight {
            for place in memberships.indices { memberships[place].tick = PerChannel(0) }
        }
        self.traits = traits
        block()
    }

    /// Changes what is held on one channel, or rings there, and what follows from it: in one place, since each way to an
    /// agent asks whether the tables are shared.
    ///
    /// - Parameter time: since when the agent is idle; `nil`: as before.
    @inline(__always)
    mutating func changeLoad(
        _ channel: Channel, isExclusive: Bool, at time: Timestamp?, record: LogSequenceNumber,
        _ body: (inout Holds) -> Void
    ) {
        body(&holds)
        if isExclusive { block() }
        if let time { idleSince[channel] = time }
        lastRecord = record
    }

    /// Sets which channels are blocked by what the agent holds.
    mutating func block() {
        blocked = ChannelSet()
        for channel in Channel.allCases where traits.exclusive.contains(channel) && holds.load[channel] > 0 {
            blocked.formUnion(ChannelSet.all.subtracting(ChannelSet(channel)))
        }
    }

    /// What an agent has who is blocked, for people.
    var exclusiveWork: String {
        let held = Channel.allCases.filter { traits.exclusive.contains($0) && holds.load[$0] > 0 }
        return "work of channel " + held.map(\.name).joined(", ")
    }
}
