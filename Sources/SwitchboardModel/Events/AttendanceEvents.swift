/// A chat or call ended for an agent, whose wrap-up time lasts until then.
public struct AgentWrapUpBegun: Fielded {
    public var index = AgentIndex(0)
    public var ticket = TicketID(0)
    public var until = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.ticket(2, &ticket)
        try coder.time(3, &until)
    }
}

/// The wrap-up time is over, by itself or because the agent said so.
public struct AgentReady: Fielded {
    public var index = AgentIndex(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
    }
}

/// A pause was asked for that does not begin at once, in place of what was asked for before; or, without a request, that
/// was withdrawn.
public struct AgentPauseAsked: Fielded {
    public var index = AgentIndex(0)
    public var request: PauseRequest?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.optional(2, &request)
    }
}

public struct ScheduleAdded: Fielded {
    public var index = AgentIndex(0)
    public var schedule = Schedule()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.value(2, &schedule)
    }
}

public struct ScheduleRemoved: Fielded {
    public var index = AgentIndex(0)
    public var number: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.number(2, &number)
    }
}

/// A planned pause was due, and is from now on at its next time. Whether a pause begins stands in events of its own.
public struct ScheduleCame: Fielded {
    public var index = AgentIndex(0)
    public var number: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.number(2, &number)
    }
}

/// A heartbeat: the lease runs until then. Not every heartbeat is one; see `AgentTimes.leaseTerm`.
public struct LeaseRenewed: Fielded {
    public var index = AgentIndex(0)
    public var until = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
        try coder.time(2, &until)
    }
}

/// The server started: all leases run anew from that moment. The record itself is of the time before.
public struct LeasesRenewed: Fielded {
    public var at = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.time(1, &at)
    }
}
