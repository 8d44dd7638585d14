/// An agent who may be given a ticket of one department and channel now, as the strategy ranks it: tier, then the
/// strategy's key, then longest idle, then agent id.
public struct Candidate: Comparable, Sendable {
    public var tier: UInt16
    /// Lower is picked first; see `key(for:…)`.
    public var key: UInt64
    public var idleSince: Timestamp
    /// The first eight bytes of the id, so that most ties are broken without comparing texts.
    private var idPrefix: UInt64
    private var id: String
    public var agent: AgentIndex

    /// The agent must be free for the channel. Looks the agent up by field, because a copy of all of it would count a
    /// reference for each list it holds.
    @inline(__always)
    init(
        _ agents: PagedArray<Agent>, _ agent: AgentIndex, _ membership: Membership, channel: Channel, strategy: Strategy
    ) {
        let place = agent.position
        tier = membership.tier
        key = Self.key(
            for: strategy, load: agents[place].load(channel), capacity: agents[place].capacity[channel],
            turn: membership.turn[channel])
        idleSince = agents[place].idleSince[channel]
        id = agents[place].id.rawValue
        idPrefix = agents[place].idPrefix
        self.agent = agent
    }

    /// The strategy's own key. Loads are compared as a share of the capacity in 32-bit fixed point: equal shares give
    /// equal keys, and different ones differ while capacities stay below 65,536.
    static func key(for strategy: Strategy, load: Int, capacity: UInt32, turn: UInt64) -> UInt64 {
        let share = (UInt64(load) << 32) / UInt64(max(capacity, 1))
        return switch strategy {
        case .manual, .leastLoaded: share
        case .maxUtilisation: UInt64.max - share
        case .roundRobin: turn
        case .longestIdle: 0
        }
    }

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool {
        if left.tier != right.tier { return left.tier < right.tier }
        if left.key != right.key { return left.key < right.key }
        if left.idleSince != right.idleSince { return left.idleSince < right.idleSince }
        if left.idPrefix != right.idPrefix { return left.idPrefix < right.idPrefix }
        return left.agent != right.agent && left.id < right.id
    }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool {
        left.agent == right.agent && left.tier == right.tier && left.key == right.key
            && left.idleSince == right.idleSince
    }
}
