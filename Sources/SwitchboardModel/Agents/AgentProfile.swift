/// What an agent may do. (Which commands each role may give is one table, elsewhere.)
public enum Role: UInt8, Named {
    case agent = 0
    case supervisor = 1
    case admin = 2
    case owner = 3
    case gateway = 4

    public var name: String {
        switch self {
        case .agent: "agent"
        case .supervisor: "supervisor"
        case .admin: "admin"
        case .owner: "owner"
        case .gateway: "gateway"
        }
    }
}

/// What does not bear on routing: who the agent is, and what the agent has done.
public struct AgentProfile: Fielded, Equatable {
    public internal(set) var index = AgentIndex(0)
    public internal(set) var displayName = ""
    public internal(set) var role = Role.agent
    public internal(set) var createdAt = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &index)
        try fields.text(2, &displayName)
        try fields.named(3, &role)
        try fields.time(4, &createdAt)
    }
}

/// The profiles of one agent shard: agents whose index leaves `shard` when divided by `shards`.
public struct AgentTable: Sendable {
    public let shard: Int
    private let division: ShardDivision
    private var profiles = PagedArray<AgentProfile>()

    public init(shard: Int, of shards: Int) {
        self.shard = shard
        division = ShardDivision(among: shards)
    }

    private func position(_ index: AgentIndex) -> Int { division.position(UInt64(index.position)) }

    public func profile(_ index: AgentIndex) -> AgentProfile? {
        let position = self.position(index)
        return position < profiles.count ? profiles[position] : nil
    }

    /// Puts a profile read from a snapshot in its place. Profiles come in rising order of their index.
    public mutating func restore(_ profile: AgentProfile) { profiles.append(profile) }

    /// Applies an event that concerns a profile of this shard. Never fails.
    public mutating func apply(_ event: Event, at time: Timestamp) {
        switch event {
        case .agentAdded(let event):
            var profile = AgentProfile()
            profile.index = event.index
            profile.displayName = event.displayName
            profile.role = event.role
            profile.createdAt = time
            profiles.append(profile)
        case .formerNameAdded(let event):
            var profile = AgentProfile()
            profile.index = AgentIndex(event.index)
            profile.displayName = event.title
            profile.createdAt = time
            profiles.append(profile)
        case .agentChanged(let event):
            let position = position(event.index)
            if let name = event.displayName { profiles[position].displayName = name }
            if let role = event.role { profiles[position].role = role }
        default:
            preconditionFailure("\(event) concerns no profile")
        }
    }
}

extension AgentTable: Sequence {
    /// The profiles in rising order of index.
    public func makeIterator() -> IndexingIterator<PagedArray<AgentProfile>> { profiles.makeIterator() }
}
