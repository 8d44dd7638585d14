import SwitchboardModel

extension PlantedBug {
    /// Gives a ticket that is opened to somebody who may have it and whose turn it is not; `nil` where there is nobody else or
    /// something else decides.
    func misplace(
        _ command: Command, _ routing: inout Routing, _ tables: inout Shards, at now: Timestamp,
        record: LogSequenceNumber
    ) -> Carried? {
        var events: [Event] = []
        guard case .open = command, (try? command.decide(routing, tables, at: now, into: &events)) != nil else {
            return nil
        }
        guard let wrong = wrongOwner(events, routing) else { return nil }
        events.append(wrong)
        for event in events { routing.apply(event, &tables, at: now, record: record) }
        routing.forgetChangedQueues()
        routing.finish(at: now, record: record)
        return Carried(outcome: .ok, events: events)
    }

    private func wrongOwner(_ events: [Event], _ routing: borrowing Routing) -> Event? {
        guard case .ticketOpened(let opened)? = events.first, events.count == 1 else { return nil }
        let settings = routing.departments[Int(opened.department.rawValue)].effective[opened.channel]
        guard settings.strategy == .leastLoaded, settings.assignment == .direct, settings.tierWait == .zero else {
            return nil
        }
        let queue = Int(opened.department.rawValue) * Channel.allCases.count + Int(opened.channel.rawValue)
        let derived = routing.derived
        guard derived.waiting[queue].isEmpty, let first = derived.candidates[queue].first else { return nil }
        // How an agent stands in the queue: the tier, and the load as a share of the limit.
        func standing(_ index: AgentIndex) -> (tier: UInt16, share: Double)? {
            let agent = routing.agents[Int(index.rawValue)]
            guard let membership = agent.memberships.first(where: { $0.department == opened.department }) else {
                return nil
            }
            return (membership.tier, Double(agent.load(opened.channel)) / Double(agent.capacity[opened.channel]))
        }
        guard let best = standing(first) else { return nil }
        let others = derived.candidates[queue]
        let wrong: AgentIndex? =
            switch self {
            case .wrongShare:
                others.last { other in
                    standing(other).map { $0.tier == best.tier && $0.share > best.share } ?? false
                }
            case .wrongTier:
                others.last { other in standing(other).map { $0.tier > best.tier } ?? false }
            case .overCapacity, .forgottenPull, .twoOwners, .wrongOrder, .secondServed, .lostOnRestart,
                .forgottenRequest,
                .doubledMessage:
                nil
            }
        return wrong.map { Self.given(opened.ticket, opened.channel, .new, to: $0, .leastLoaded) }
    }
}
