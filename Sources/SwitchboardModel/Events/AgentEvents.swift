public struct AgentAdded: Fielded {
    public var index = AgentIndex(0)
    public var id = AgentID("")
    public var displayName = ""
    public var role = Role.agent
    public var capacity = Agent.defaultCapacity
    public var memberships: [Membership] = []
    /// 0: none.
    public var maxOpen: UInt32 = 0
    public var traits = AgentTraits()
    public var times = AgentTimes()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.text(2, &id.rawValue)
        try coder.text(3, &displayName)
        try coder.named(4, &role)
        try coder.number(5, &capacity.ticket)
        try coder.number(6, &capacity.chat)
        try coder.number(7, &capacity.call)
        try coder.list(8, &memberships)
        try coder.number(9, &maxOpen)
        try coder.value(20, &traits)
        try coder.value(30, &times)
    }
}

/// Settings changed by hand. `nil`: as before.
public struct AgentChanged: Fielded {
    public var index = AgentIndex(0)
    public var displayName: String?
    public var role: Role?
    public var changesCapacity = false
    public var capacity = Agent.defaultCapacity
    public var changesMemberships = false
    public var memberships: [Membership] = []
    public var changesMaxOpen = false
    /// 0: none.
    public var maxOpen: UInt32 = 0
    /// After the change, all of them.
    public var traits: AgentTraits?
    public var times: AgentTimes?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.optionalText(2, &displayName)
        try coder.named(3, &role)
        try coder.flag(4, &changesCapacity)
        try coder.number(5, &capacity.ticket)
        try coder.number(6, &capacity.chat)
        try coder.number(7, &capacity.call)
        try coder.flag(8, &changesMemberships)
        try coder.list(9, &memberships)
        try coder.flag(10, &changesMaxOpen)
        try coder.number(11, &maxOpen)
        try coder.optional(20, &traits)
        try coder.optional(30, &times)
    }
}

public struct AgentRemoved: Fielded {
    public var index = AgentIndex(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
    }
}

public struct AgentPresenceChanged: Fielded {
    public var index = AgentIndex(0)
    public var presence = Presence.online
    /// Until when somebody who is recovering is so at most.
    public var until: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.named(2, &presence)
        try coder.time(30, &until)
    }
}

public struct AgentPaused: Fielded {
    public var index = AgentIndex(0)
    public var pause = Pause()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.value(2, &pause)
    }
}

public struct AgentResumed: Fielded {
    public var index = AgentIndex(0)
    /// A pause that was asked for stays so: the pause ended by itself.
    public var keepsRequest = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.flag(2, &keepsRequest)
    }
}

/// The grace period of an absent agent ended in one department. What becomes of the work stands in events of its own.
public struct AbsenceEnded: Fielded {
    public var index = AgentIndex(0)
    public var department = DepartmentIndex(0)
    public var channel = Channel.ticket

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.department(2, &department)
        try coder.named(3, &channel)
    }
}
