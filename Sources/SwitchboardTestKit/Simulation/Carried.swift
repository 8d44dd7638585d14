import SwitchboardModel

/// What a command did that was carried out without a lane.
public struct Carried {
    public var outcome: Outcome
    /// Empty: nothing changed.
    public var events: [Event]
}

extension Routing {
    /// As `commit`, with the events in an array of their own.
    public mutating func carryOut(
        _ command: Command, _ shards: inout Shards, at now: Timestamp, record: LogSequenceNumber,
        remembering request: RequestName? = nil
    ) -> Carried {
        var events: [Event] = []
        let committed = commit(command, &shards, at: now, record: record, remembering: request, into: &events)
        return Carried(outcome: committed.outcome, events: events)
    }
}
