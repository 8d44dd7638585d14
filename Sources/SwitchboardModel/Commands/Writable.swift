extension Shards {
    /// The ticket, which must exist, be of the version that the request named if it did, and allow to be written to.
    func writable(_ id: TicketID, version: UInt32?) throws(Rejection) -> Ticket {
        let ticket = try existing(id, version: version)
        try requireWritable(ticket)
        return ticket
    }
}

/// Throws where nothing can be added to a ticket of this status. The one place that knows.
func requireWritable(_ ticket: Ticket) throws(Rejection) {
    switch ticket.status {
    case .new, .chatting, .calling, .answered, .open, .postponed, .resolved: break
    case .spam, .deleted: throw ticket.refusal
    case .merged: throw ticket.isMerged
    }
}
