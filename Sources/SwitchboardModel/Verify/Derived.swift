/// What the balancer derives from tickets and agents, for a checker outside the model to compare with its own
/// reckoning. Only tests read it.
package struct Derived: Equatable, Sendable {
    /// The waiting tickets of each queue (department × 3 + channel), in order.
    package var waiting: [[TicketID]] = []
    /// The candidates of each queue, in order.
    package var candidates: [[AgentIndex]] = []
    /// The ringing tickets of each queue, in order.
    package var ringing: [[TicketID]] = []
    /// What rings at each agent, in order of id.
    package var offered: [[TicketID]] = []
    /// The tickets that each agent (index × 3 + channel) holds, in order of id.
    package var holds: [[TicketID]] = []
    /// The tickets that wait for each agent by name, in order of id.
    package var wanted: [[TicketID]] = []

    /// The agents of each department, in order of index.
    package var members: [[AgentIndex]] = []
    /// How many of them could be given something if they had room, by channel; and how many are paused.
    package var available: [PerChannel<Int>] = []
    package var paused: [Int] = []
    /// How many of them are in each state, in the order of `AgentState`.
    package var states: [[Int]] = []
    /// Who waits for a place among the paused, in order.
    package var pauseWaits: [AgentIndex] = []
    /// The queues (department × 3 + channel) for which an absence of each agent is timed, in order.
    package var absences: [[Int]] = []

    /// When the time for an owner's first answer ends, in order of time.
    package var answers: [AnswerTime] = []

    fileprivate init(
        _ queues: PagedArray<Queue>, _ agents: PagedArray<Agent>, _ staff: PagedArray<Staff>, _ timers: Timers,
        _ pauseWaits: SortedBlocks<PauseWait>
    ) {
        self.pauseWaits = pauseWaits.map(\.agent)
        for timer in timers.all {
            if case .answerEnds(let ticket) = timer.purpose {
                answers.append(AnswerTime(ticket: ticket, due: timer.due))
            }
        }
        for queue in queues {
            waiting.append(queue.waiting.map(\.ticket))
            candidates.append(queue.candidates.map(\.agent))
            ringing.append(queue.ringing.map(\.ticket))
        }
        for agent in agents {
            for channel in Channel.allCases { holds.append(Array(agent.holds[channel])) }
            wanted.append(Array(agent.wanted))
            offered.append(Array(agent.holds.offered))
            absences.append(timers.absences(of: agent.index).map(\.rawValue))
        }
        for department in staff {
            members.append(Array(department.members))
            available.append(department.available)
            paused.append(department.paused)
            states.append(department.states)
        }
    }
}

extension Routing {
    package var derived: Derived { Derived(queues, agents, staff, timers, pauseWaits) }
}

extension RoutingImage {
    package var derived: Derived { Derived(queues, agents, staff, timers, pauseWaits) }
}

/// Until when a ticket's owner may answer.
package struct AnswerTime: Equatable, Sendable {
    package var ticket: TicketID
    package var due: Timestamp
}
