/// Whom a waiting ticket may be given to, beside an agent with a free slot. Tickets of one queue that ask for the same wait in one list,
/// so that of all those which nobody free may have, one is looked at.
struct Demand: Hashable, Sendable {
    /// The agent it waits for by name: nobody else, whatever the rest says.
    var only: AgentIndex?
    /// As long as this agent is there, nobody else.
    var reserved: AgentIndex?
    /// What the agent must be able to do, as far as it is still asked for.
    var needs: [Skill] = []
    /// Who gave the ticket away a moment ago, in order of index.
    var skips: [SkipMark] = []
    /// How many earlier tiers it has waited for; the greatest number: for all.
    var reach = UInt16.max
    /// How many slots of an agent it takes.
    var weight = TicketWeight.usual

    /// Whoever has room may have it.
    var isPlain: Bool {
        only == nil && reserved == nil && needs.isEmpty && skips.isEmpty && reach == .max
            && weight == TicketWeight.usual
    }
}

extension Demand {
    /// The ticket asks for no agent, no skill and no more than the usual slots. Unlike `isPlain` it does not tell of skips and
    /// tiers, which the same ticket may have or not by when it was filed last.
    var isOrdinary: Bool { only == nil && needs.isEmpty && weight == TicketWeight.usual }
}

/// An agent on a skip list, for as long as they have not come back since.
struct SkipMark: Hashable, Sendable {
    var agent: AgentIndex
    /// Where the agent's last return stood then.
    var returnedIn: LogSequenceNumber
}

/// What a ticket itself asks for.
struct TicketWish: Equatable, Sendable {
    var needs: [Skill] = []
    /// `nil`: as the department says.
    var relax: Relaxation?
    /// Who handled the customer's last ticket.
    var prefers: AgentIndex?
    /// Until when nobody else is given it while that agent is there.
    var reservedUntil: Timestamp?
}

/// What is kept of a waiting ticket that is not like most.
struct Filed: Sendable {
    var demand: Demand
    var wish: TicketWish?
}
