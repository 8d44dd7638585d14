/// Who handled each customer's last ticket, in the departments that ask for it (`last_agent=`). Of a customer only a hash is kept,
/// so that nothing of a purged ticket stays here.
struct LastAgents: Sendable {
    /// How many customers are kept; beyond that whoever was handled longest ago is forgotten.
    static let most = 1_000_000

    private var entries = SplitDictionary<CustomerKey, LastAgent>()
    private var order = SortedBlocks<Place>()
    private var lastNumber: UInt64 = 0

    /// An entry's place in the order in which they were last written.
    private struct Place: Comparable {
        var number: UInt64
        var key: CustomerKey

        static func < (left: Self, right: Self) -> Bool { left.number < right.number }
        static func == (left: Self, right: Self) -> Bool { left.number == right.number }
    }

    subscript(key: CustomerKey) -> LastAgent? { entries[key] }

    var count: Int { entries.count }
    /// Those that were written longest ago first.
    var all: [LastAgent] { order.compactMap { entries[$0.key] } }

    mutating func note(_ key: CustomerKey, _ agent: AgentIndex, at time: Timestamp, most: Int = Self.most) {
        var entry = LastAgent()
        entry.key = key
        entry.agent = agent
        entry.at = time
        entry.number = lastNumber + 1
        insert(entry)
        while entries.count > most, let oldest = order.first {
            order.remove(oldest)
            entries.removeValue(forKey: oldest.key)
        }
    }

    /// Puts in an entry, also one that was read from a snapshot.
    mutating func insert(_ entry: LastAgent) {
        if let old = entries[entry.key] { order.remove(Place(number: old.number, key: entry.key)) }
        entries[entry.key] = entry
        order.insert(Place(number: entry.number, key: entry.key))
        lastNumber = max(lastNumber, entry.number)
    }

    /// Whether each entry has a place of its own, as only a damaged file could make it otherwise.
    var isSound: Bool { entries.count == order.count }
}

/// A customer of one department: a hash of both, the same on every machine. Two customers share one with a probability of 2⁻¹²⁸.
struct CustomerKey: Hashable, Sendable {
    var high: UInt64 = 0
    var low: UInt64 = 0

    init() {}

    init(_ department: DepartmentIndex, _ from: String) {
        high = 0x9E37_79B9_7F4A_7C15 ^ UInt64(department.rawValue)
        low = 0xD1B5_4A32_D192_ED03 &+ UInt64(department.rawValue)
        for byte in from.utf8 {
            high = Routing.mixed(high ^ UInt64(byte))
            low = Routing.mixed(low &+ UInt64(byte) &+ 1)
        }
    }
}

/// What is kept of one customer.
struct LastAgent: Fielded, Equatable {
    var key = CustomerKey()
    var agent = AgentIndex(0)
    var at = Timestamp(milliseconds: 0)
    /// Rises with each that is written.
    var number: UInt64 = 0

    init() {}

    mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.integer(1, &key.high)
        try fields.integer(2, &key.low)
        try fields.agent(3, &agent)
        try fields.time(4, &at)
        try fields.integer(5, &number)
    }
}

extension Routing {
    /// Remembers that the ticket's owner handled it, where the department asks for it: called when it becomes theirs, when it is
    /// answered and when it is resolved.
    @inline(__always)
    mutating func noteHandled(_ ticket: TicketID, _ placement: Placement, _ shards: Shards, at time: Timestamp) {
        guard departments[placement.department.position].effective[placement.channel].lastAgent > .zero else { return }
        guard let kept = shards.ticket(ticket), let owner = kept.agent else { return }
        let from = shards.text(kept.from, of: ticket)
        guard !from.isEmpty else { return }
        lastAgents.note(CustomerKey(placement.department, from), owner, at: time)
    }

    /// Who is to be asked first for a new ticket of this customer, and until when nobody else is.
    func preference(
        _ department: DepartmentIndex, _ channel: Channel, from: String, at now: Timestamp
    ) -> (agent: AgentIndex, until: Timestamp?)? {
        let settings = settings(department, channel)
        guard settings.lastAgent > .zero, !from.isEmpty else { return nil }
        guard let last = lastAgents[CustomerKey(department, from)], last.at + settings.lastAgent > now else {
            return nil
        }
        let agent = agents[last.agent.position]
        guard !agent.isRemoved, agent.isMember(of: department) else { return nil }
        let waits = settings.lastAgentWait > .zero && agent.isAvailable(channel)
        return (last.agent, waits ? now + settings.lastAgentWait : nil)
    }
}
