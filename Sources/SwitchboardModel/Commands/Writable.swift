extension Shards {
    /// The ticket, which must exist, be of the version that the request named if it did, and be neither merged nor put away.
    func writable(_ id: TicketID, version: UInt32?) throws(Rejection) -> Ticket {
        let ticket = try existing(id, version: version)
        try ticket.requireKept()
        return ticket
    }
}
