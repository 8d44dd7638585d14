/// What the balancer derives from tickets and agents, for a checker outside the model to compare with its own
/// reckoning. Only tests read it.
package struct Derived: Equatable, Sendable {
    /// The waiting tickets of each queue (department × 3 + channel), in order.
    package var waiting: [[TicketID]] = []
    /// The candidates of each queue, in order.
    package var candidates: [[AgentIndex]] = []
    /// The tickets that each agent (index × 3 + channel) holds, in order of id.
    package var holds: [[TicketID]] = []
    /// The tickets that wait for each agent by name, in order of id.
    package var wanted: [[TicketID]] = []

    fileprivate init(_ queues: PagedArray<Queue>, _ agents: PagedArray<Agent>) {
        for queue in queues {
            waiting.append(queue.waiting.map(\.ticket))
            candidates.append(queue.candidates.map(\.agent))
        }
        for agent in agents {
            for channel in Channel.allCases { holds.append(agent.holds[channel].sorted()) }
            wanted.append(agent.wanted.sorted())
        }
    }
}

extension Routing {
    package var derived: Derived { Derived(queues, agents) }
}

extension RoutingImage {
    package var derived: Derived { Derived(queues, agents) }
}
