/// Whether an agent is at work.
public enum Presence: UInt8, Named {
    /// Given nothing. Can transition to: online.
    case offline = 0
    /// Given work unless paused. Can transition to: offline, recovering.
    case online = 1
    /// No heartbeat came within the lease: given nothing, and the work stays theirs for a time. Can transition to: online,
    /// offline.
    case recovering = 2

    public var name: String {
        switch self {
        case .offline: "offline"
        case .online: "online"
        case .recovering: "recovering"
        }
    }
}

/// An agent's place in one department.
public struct Membership: Fielded, Equatable {
    public var department = DepartmentIndex(0)
    /// Lower tiers are picked first.
    public var tier: UInt16 = 0
    /// Derived from the rosters: the channels on which others have duty.
    var offDuty = ChannelSet()
    // Every assignment looks at these and counts here, so they lie together: of many agents each is waited for.
    /// How many contacts of the department the agent was given, by channel, by whatever rule. Never begun anew: who comes back from
    /// a break would be given everything. A new member begins at the fewest that a member has, so as not to be flooded either.
    public var taken = PerChannel<UInt32>(0)
    /// The turn `round_robin` gave last, by channel.
    public var turn = PerChannel<UInt64>(0)
    /// The agent's next moment on the clock of `random` and `weighted`, by channel: see `Routing.draw`. 0: not drawn.
    var tick = PerChannel<UInt64>(0)

    public init() {}

    public init(department: DepartmentIndex, tier: UInt16) {
        self.department = department
        self.tier = tier
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.department(1, &department)
        try fields.number(2, &tier)
        try fields.integer(3, &turn.ticket)
        try fields.integer(4, &turn.chat)
        try fields.integer(5, &turn.call)
        try fields.number(6, &taken.ticket)
        try fields.number(7, &taken.chat)
        try fields.number(8, &taken.call)
        try fields.integer(9, &tick.ticket)
        try fields.integer(10, &tick.chat)
        try fields.integer(11, &tick.call)
    }
}

/// What the balancer knows of an agent. The ledger of holds is derived from the tickets and not stored.
public struct Agent: Fielded {
    // First what `isFree` and `Candidate` look at, so that it lies together: with a thousand agents `Routing.withdraw` spent
    // most of its time waiting for memory, a third of it for the length of a list of holds.
    public internal(set) var index = AgentIndex(0)
    public internal(set) var presence = Presence.offline
    /// A removed agent keeps its place: old tickets name it.
    public internal(set) var isRemoved = false
    /// Derived: the channels on which nothing new is given, because of a pause, one that comes next, or a wrap-up.
    private(set) var closed = ChannelSet()
    /// Derived from `missed`: declined or missed an offer, and is left alone for a while.
    private(set) var isBackingOff = false
    /// Channels on which nothing is given because of what the agent holds on another. Derived from `holds` and `traits`.
    var blocked = ChannelSet()
    public internal(set) var capacity = Agent.defaultCapacity
    /// How many tickets of all channels together the agent may hold.
    var openLimit = UInt32.max
    /// The ledger.
    var holds = Holds()
    /// When the load on the channel last changed, or when the agent last came online or back from a pause.
    public internal(set) var idleSince = PerChannel(Timestamp(milliseconds: 0))
    /// What the strategies and skills look at.
    public internal(set) var traits = AgentTraits()
    /// Derived from `id`: its first eight bytes, the first the most significant.
    private(set) var idPrefix: UInt64 = 0
    public internal(set) var memberships: [Membership] = []

    public internal(set) var id = AgentID("") {
        didSet {
            // Writing an agent visits its fields as reading does, and a name is never given back.
            guard id != oldValue else { return }
            name = KeptName(keeping: id.rawValue)
            idPrefix = id.rawValue.utf8.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.1) << UInt64(56 - 8 * $1.0) }
        }
    }
    /// Derived from `id`, for replies.
    private(set) var name = KeptName()
    public internal(set) var presenceSince = Timestamp(milliseconds: 0)
    public internal(set) var pause: Pause? {
        didSet { refreshClosed() }
    }
    public internal(set) var wrapUp: WrapUp? {
        didSet { refreshClosed() }
    }
    /// A pause that was asked for and has not begun.
    public internal(set) var asked: PauseRequest? {
        didSet { refreshClosed() }
    }
    var account = PauseAccount()
    public internal(set) var times = AgentTimes()
    /// Planned pauses, in order of number.
    public internal(set) var schedules: [Schedule] = []
    /// The last number given to one.
    var lastSchedule: UInt32 = 0
    /// The record in which the agent last came online or was resumed: older skips no longer hold.
    public internal(set) var returnedIn = LogSequenceNumber.none
    /// The newest record that changed the agent or its load.
    public internal(set) var lastRecord = LogSequenceNumber.none
    /// What became of the offers to the agent.
    public internal(set) var missed = MissedOffers() {
        didSet { isBackingOff = missed.backsOffUntil != nil }
    }
    /// The tickets that wait for this agent by name.
    var wanted = SortedBlocks<TicketID>()

    public static let defaultCapacity = PerChannel<UInt32>(ticket: 10, chat: 3, call: 1)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &index)
        try fields.text(2, &id.rawValue)
        try fields.list(3, &memberships)
        try fields.number(4, &capacity.ticket)
        try fields.number(5, &capacity.chat)
        try fields.number(6, &capacity.call)
        try fields.named(7, &presence)
        try fields.time(8, &presenceSince)
        var pauses = pause.map { [$0] } ?? []
        try fields.list(9, &pauses)
        pause = pauses.first
        try fields.time(10, &idleSince.ticket)
        try fields.time(11, &idleSince.chat)
        try fields.time(12, &idleSince.call)
        try fields.integer(13, &returnedIn.rawValue)
        try fields.flag(14, &isRemoved)
        try fields.integer(15, &lastRecord.rawValue)
        try fields.number(16, &maxOpen)
        try fields.value(20, &traits)
        try fields.optional(30, &wrapUp)
        try fields.optional(31, &asked)
        try fields.value(32, &account)
        try fields.value(33, &times)
        try fields.list(34, &schedules)
        try fields.number(35, &lastSchedule)
        try fields.value(50, &missed)
    }

    private mutating func refreshClosed() {
        closed = pause?.channels ?? ChannelSet()
        if let asked, asked.stage == .work { closed.formUnion(asked.channels) }
        if wrapUp != nil { closed = .all }
    }

    /// The limit over all channels as it is set and stored; 0: none.
    public internal(set) var maxOpen: UInt32 {
        get { openLimit == .max ? 0 : openLimit }
        set { openLimit = newValue == 0 ? .max : newValue }
    }

    /// How many slots of the channel are taken.
    @inline(__always)
    public func load(_ channel: Channel) -> Int { Int(holds.load[channel]) }

    /// Whether one more ticket of the channel fits.
    @inline(__always)
    public func hasRoom(_ channel: Channel) -> Bool {
        holds.load[channel] < capacity[channel] && holds.total < openLimit
    }

    /// Whether one more ticket of the channel and of this weight fits.
    func hasRoom(_ channel: Channel, weight: UInt8) -> Bool { hasRoom(channel) && free(channel) >= Int(weight) }

    /// How many slots of the channel are free; below 0 where more are taken than there are.
    func free(_ channel: Channel) -> Int { Int(capacity[channel]) - load(channel) }

    /// Why a ticket that takes more than one slot does not fit, for people; `nil` where it does.
    func lack(_ channel: Channel, weight: UInt8) -> String? {
        guard weight > 1, free(channel) < Int(weight) else { return nil }
        return capacity[channel] < UInt32(weight)
            ? "needs \(weight) slots, agent has \(capacity[channel]) in all"
            : "needs \(weight) slots, agent has \(max(free(channel), 0)) free"
    }

    /// How full an agent is who has no room on the channel, for people.
    func fullness(_ channel: Channel) -> String {
        holds.load[channel] < capacity[channel]
            ? "\(holds.total) of \(openLimit) open" : "\(load(channel)) of \(capacity[channel])"
    }

    public func isPaused(_ channel: Channel) -> Bool { pause?.channels.contains(channel) ?? false }

    /// Whether the agent asked for nothing more of the channel: a pause begins when the present work ends.
    func isAboutToPause(_ channel: Channel) -> Bool {
        asked.map { $0.stage == .work && $0.channels.contains(channel) } ?? false
    }

    /// Whether the balancer may give anything on the channel, room apart.
    @inline(__always)
    public func isAvailable(_ channel: Channel) -> Bool {
        presence == .online && !closed.contains(channel) && !isRemoved
    }

    /// Whether the balancer may give one more ticket of the channel now.
    @inline(__always)
    func isFree(_ channel: Channel) -> Bool {
        isAvailable(channel) && hasRoom(channel) && !isBackingOff && !blocked.contains(channel)
    }

    /// Whether others have duty on the channel there.
    func isOffDuty(_ department: DepartmentIndex, _ channel: Channel) -> Bool {
        membership(in: department)?.offDuty.contains(channel) ?? false
    }

    public func isMember(of department: DepartmentIndex) -> Bool {
        memberships.contains { $0.department == department }
    }

    func membership(in department: DepartmentIndex) -> Membership? {
        memberships.first { $0.department == department }
    }
}
