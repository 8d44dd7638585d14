extension Routing {
    /// The answer to a request whose id is remembered, and the newest record it shows: what it was answered the first
    /// time, or `CONFLICT` when it was another request. `nil`: carry it out.
    public func answer(
        to request: RequestName, at now: Timestamp
    ) -> (reply: Outcome, shows: LogSequenceNumber)? {
        guard let known = requests.find(request.id, at: now) else { return nil }
        guard known.request.words == request.words else {
            let text = "rid '\(request.id)' was used for another request"
            return (.rejected(Rejection(.conflict, text)), known.record)
        }
        return (outcome(of: known.request.reply), known.record)
    }

    /// Throws `BUSY` when no more requests can be remembered: none is forgotten before its time.
    public func requireRoomToRemember(most limit: Int, at now: Timestamp) throws(Rejection) {
        guard requests.isFull(most: limit, at: now) else { return }
        throw Rejection(
            .busy, "the \(limit) request ids of the last 24 hours are all that can be remembered (max-rids)")
    }
}
