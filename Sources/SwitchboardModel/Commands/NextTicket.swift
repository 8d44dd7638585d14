/// `TICKET NEXT`: the best waiting ticket for this agent, assigned. Without a channel: call, chat, ticket, the first on
/// which the agent has room and something waits.
public struct NextTicket: Decidable {
    public var by: AgentID
    public var channel: Channel?

    public init(by: AgentID) { self.by = by }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let by = try routing.agent(self.by)
        let agent = routing.agents[by.position]
        guard agent.presence == .online else {
            throw Rejection(.state, "agent '\(self.by.rawValue)' is \(agent.presence.name)")
        }
        if let wrapUp = agent.wrapUp {
            let until = wrapUp.until.clockText(seenAt: now)
            throw Rejection(.state, "agent '\(self.by.rawValue)' is in wrap-up until \(until): AGENT READY ends it")
        }
        let channels = channel.map { [$0] } ?? Channel.mostUrgentFirst
        let open = channels.filter { !agent.isPaused($0) && !agent.isAboutToPause($0) }
        guard !open.isEmpty else {
            throw Rejection(
                .state,
                "agent '\(self.by.rawValue)' is \(channels.contains { agent.isPaused($0) } ? "paused" : "about to be paused")"
            )
        }
        let unblocked = open.filter { !agent.blocked.contains($0) }
        let free = unblocked.filter { agent.hasRoom($0) }
        guard let some = free.first else {
            if unblocked.isEmpty {
                throw Rejection(
                    .state, "agent '\(self.by.rawValue)' holds \(agent.exclusiveWork), which excludes the rest")
            }
            let loads = unblocked.map { "\(agent.fullness($0)) on channel \($0.name)" }
            throw Rejection(.capacity, "agent '\(self.by.rawValue)' is full: \(loads.joined(", "))")
        }
        var best = routing.bestWaiting(for: by, some, fitting: true)
        for channel in free.dropFirst() where best == nil {
            best = routing.bestWaiting(for: by, channel, fitting: true)
        }
        guard let best else {
            // Something does wait, on a channel on which the agent has no room for it or is paused: that is no "none waits".
            for channel in channels {
                guard let head = routing.bestWaiting(for: by, channel, fitting: false) else { continue }
                guard open.contains(channel) else {
                    let how = agent.isPaused(channel) ? "paused" : "about to be paused"
                    throw Rejection(.state, "agent '\(self.by.rawValue)' is \(how) on channel \(channel.name)")
                }
                guard unblocked.contains(channel) else {
                    throw Rejection(
                        .state, "agent '\(self.by.rawValue)' holds \(agent.exclusiveWork), which excludes the rest")
                }
                throw routing.full(by, channel, shards.ticket(head.ticket)?.weight ?? TicketWeight.usual)
            }
            return .nothing
        }
        let ticket = try shards.existing(best.ticket, version: nil)
        events.append(.ticketOwnerChanged(ticket.given(to: by, .next, by: .agent(by))))
        return .ticket(ticket.id)
    }
}

extension [String] {
    /// The texts with `separator` between them.
    func joined(_ separator: String) -> String {
        var result = ""
        for (position, text) in enumerated() { result += position == 0 ? text : separator + text }
        return result
    }
}
