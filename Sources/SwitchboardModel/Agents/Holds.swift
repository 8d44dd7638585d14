/// The ledger of one agent: every ticket that holds one of the agent's slots, by channel, because it is the agent's or
/// rings at the agent. Derived from the tickets and the offers and not stored.
struct Holds: Sendable {
    /// How many slots they take: the sum of their weights. Beside the lists, because whether an agent has room is asked far more
    /// often than what the agent holds, and each list is a place in memory of its own.
    private(set) var load = PerChannel<UInt32>(0)
    /// How many there are, over all channels.
    private(set) var total: UInt32 = 0
    /// How many of them are chats and calls in progress.
    private(set) var conversations: UInt32 = 0
    private var tickets = PerChannel(SortedBlocks<TicketID>())
    /// What rings at the agent, of all channels, in order of id.
    private(set) var offered = SortedBlocks<TicketID>()

    /// What is the agent's, in order of id.
    subscript(channel: Channel) -> SortedBlocks<TicketID> { tickets[channel] }

    // Wrapping, because no number of heavy tickets may end the server.

    mutating func add(_ ticket: TicketID, _ channel: Channel, weight: UInt8, isConversation: Bool = false) {
        if isConversation { conversations += 1 }
        tickets[channel].insert(ticket)
        load[channel] &+= UInt32(weight)
        total += 1
    }

    /// Traps when it is not there.
    mutating func remove(_ ticket: TicketID, _ channel: Channel, weight: UInt8, isConversation: Bool = false) {
        if isConversation { conversations -= 1 }
        let found = tickets[channel].remove(ticket)
        precondition(found, "ticket \(ticket.rawValue) leaves an agent who does not hold it")
        load[channel] &-= UInt32(weight)
        total -= 1
    }

    mutating func addOffer(_ ticket: TicketID, _ channel: Channel, weight: UInt8) {
        offered.insert(ticket)
        load[channel] &+= UInt32(weight)
        total += 1
    }

    /// Traps when it is not there.
    mutating func removeOffer(_ ticket: TicketID, _ channel: Channel, weight: UInt8) {
        let found = offered.remove(ticket)
        precondition(found, "ticket \(ticket.rawValue) stops ringing at an agent it does not ring at")
        load[channel] &-= UInt32(weight)
        total -= 1
    }

    /// A ticket that stays, or rings, takes more or fewer slots from now on.
    mutating func reweigh(_ channel: Channel, from old: UInt8, to new: UInt8) {
        load[channel] = load[channel] &- UInt32(old) &+ UInt32(new)
    }

    /// A ticket that stays began to be a chat or call in progress, or is so no more.
    mutating func turn(isConversation: Bool) {
        if isConversation { conversations += 1 } else { conversations -= 1 }
    }
}
