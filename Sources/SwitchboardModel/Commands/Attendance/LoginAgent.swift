/// `AGENT LOGIN`: online, and paused in the same step where that is asked for, so that nothing is given in between.
public struct LoginAgent: Decidable {
    public var id: AgentID
    public var pause: PauseAgent?
    /// `.some(nil)`: none. Not said: as before.
    public var lease: TimeSpan??

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        if let pause { events += try pause.asked(of: index, routing, shards, at: now) }
        var times = routing.agents[index.position].times
        times.lease = lease ?? times.lease
        if times != routing.agents[index.position].times {
            var event = AgentChanged()
            event.index = index
            event.times = times
            events.append(.agentChanged(event))
        }
        events += routing.sign(of: index, lease: times.lease, at: now)
        return .agent(index)
    }
}

/// `AGENT HEARTBEAT`: the agent is there. Renews the lease, and brings back who is recovering.
public struct BeatAgent: Decidable {
    public var id: AgentID

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        let agent = routing.agents[index.position]
        guard agent.presence != .offline else {
            throw Rejection(.state, "agent '\(id.rawValue)' is offline: AGENT LOGIN comes first")
        }
        events += routing.sign(of: index, lease: agent.times.lease, at: now)
        return .ok
    }
}

/// A start of the server: it was not there to hear heartbeats, so all leases run anew from `now`.
struct RenewLeases: Decidable {
    var now: Timestamp

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at time: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        var event = LeasesRenewed()
        event.at = now
        events.append(.leasesRenewed(event))
        return .ok
    }
}
