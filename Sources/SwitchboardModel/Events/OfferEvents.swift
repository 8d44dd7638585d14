/// A ticket rings at these agents. Raises no version.
public struct OffersMade: Fielded {
    public var round = OfferRound()
    /// The turn that `round_robin` gave; 0 when another rule picked.
    public var turn: UInt64 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.value(1, &round)
        try coder.integer(2, &turn)
    }
}

/// One offer of a ticket ended. Raises no version.
public struct OfferEnded: Fielded {
    public var ticket = TicketID(0)
    public var agent = AgentIndex(0)
    public var outcome = OfferOutcome.accepted
    /// What who declined it said.
    public var reason: String?
    /// Nothing is given to the agent by itself until then.
    public var backsOffUntil: Timestamp?

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.agent(2, &agent)
        try coder.named(3, &outcome)
        try coder.optionalText(4, &reason)
        try coder.time(5, &backsOffUntil)
    }
}

/// An agent who declined or missed an offer may be given something again.
public struct BackoffEnded: Fielded {
    public var index = AgentIndex(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.agent(1, &index)
    }
}
