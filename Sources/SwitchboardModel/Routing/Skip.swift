/// A ticket is not given to this agent by itself: the agent released or transferred it.
public struct Skip: Fielded, Equatable {
    public var agent = AgentIndex(0)
    public var until = Timestamp(milliseconds: 0)
    /// The record that added it: void once the agent comes online or is resumed in a later one.
    public var record = LogSequenceNumber.none
    public var cause = SkipCause.gaveBack

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.agent(1, &agent)
        try fields.time(2, &until)
        try fields.integer(3, &record.rawValue)
        try fields.named(4, &cause)
    }
}

/// Why a ticket does not go straight back to an agent.
public enum SkipCause: UInt8, Named {
    /// Released or transferred it.
    case gaveBack = 0
    case declined = 1
    /// Did not answer an offer.
    case missed = 2
    /// Had it and did not answer the customer in time.
    case unanswered = 3

    public var name: String {
        switch self {
        case .gaveBack: "gave_back"
        case .declined: "declined"
        case .missed: "missed"
        case .unanswered: "unanswered"
        }
    }

    /// For people.
    var text: String {
        switch self {
        case .gaveBack: "gave it back"
        case .declined: "declined it"
        case .missed: "did not answer it"
        case .unanswered: "had it and did not answer the customer"
        }
    }
}

/// A ticket's skip list, as stored.
public struct SkipList: Fielded, Equatable {
    public var ticket = TicketID(0)
    public var skips: [Skip] = []

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.ticket(1, &ticket)
        try fields.list(2, &skips)
    }
}
