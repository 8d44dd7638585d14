/// An agent who may be given a ticket of one department and channel now, as the strategy ranks it: tier, then the
/// strategy's key, then longest idle, then agent id.
public struct Candidate: Equatable, Sendable {
    public var tier: UInt16
    /// Lower is picked first: what the strategy goes by.
    public var key: UInt64
    public var idleSince: Timestamp
    /// The first eight bytes of the id. Not all of it: texts would count references wherever candidates are moved.
    private var idPrefix: UInt64
    public var agent: AgentIndex

    /// The agent must be free for the channel. Looks the agent up by field, because a copy of all of it would count a
    /// reference for each list it holds.
    @inline(__always)
    init(
        _ agents: PagedArray<Agent>, _ agent: AgentIndex, _ membership: Membership, channel: Channel, strategy: Strategy
    ) {
        let place = agent.position
        tier = membership.tier
        idleSince = agents[place].idleSince[channel]
        switch strategy {
        case .manual, .leastLoaded: key = Self.share(agents, place, channel)
        case .maxUtilisation: key = UInt64.max - Self.share(agents, place, channel)
        case .roundRobin: key = membership.turn[channel]
        case .longestIdle, .ringAll: key = 0
        case .fewestContacts: key = UInt64(membership.taken[channel])
        case .random, .weighted: key = membership.tick[channel]
        case .topDown:
            key = UInt64(agents[place].traits.position)
            // The order is fixed: whoever was idle for longer is not before another.
            idleSince = Timestamp(milliseconds: 0)
        }
        idPrefix = agents[place].idPrefix
        self.agent = agent
    }

    /// The load as a share of the capacity in 32-bit fixed point: equal shares give equal keys, and different ones differ while
    /// capacities stay below 65,536.
    @inline(__always)
    private static func share(_ agents: PagedArray<Agent>, _ place: Int, _ channel: Channel) -> UInt64 {
        (UInt64(agents[place].load(channel)) << 32) / UInt64(max(agents[place].capacity[channel], 1))
    }

    /// Whether it is picked before `other`. `agents` tells the ids where their beginnings are the same.
    @inline(__always)
    func precedes(_ other: Self, among agents: PagedArray<Agent>) -> Bool {
        if tier != other.tier { return tier < other.tier }
        if key != other.key { return key < other.key }
        if idleSince != other.idleSince { return idleSince < other.idleSince }
        if idPrefix != other.idPrefix { return idPrefix < other.idPrefix }
        return agent != other.agent
            && agents[agent.position].id.rawValue < agents[other.agent.position].id.rawValue
    }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool {
        left.agent == right.agent && left.tier == right.tier && left.key == right.key
            && left.idleSince == right.idleSince
    }
}
