/// `AGENT READY`: ends the agent's wrap-up. Of an agent who is in none: nothing changes.
public struct ReadyAgent: Decidable {
    public var id: AgentID

    public init(id: AgentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(id)
        guard routing.agents[index.position].wrapUp != nil else { return .agent(index) }
        events += routing.ready(index, shards, at: now)
        return .agent(index)
    }
}

extension Routing {
    /// The events with which a wrap-up ends: a pause that waited for it begins.
    func ready(_ agent: AgentIndex, _ shards: Shards, at now: Timestamp) -> [Event] {
        var event = AgentReady()
        event.index = agent
        let pause = pauseAfterWork(of: agent, at: now)
        return [.agentReady(event)] + (pause.map { beginning($0, of: agent, shards) } ?? [])
    }
}
