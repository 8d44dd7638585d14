/// A ticket that the balancer gave or offered an agent: its place in the queue it came from, and the record of it.
struct Grant: Sendable {
    var entry: QueueEntry
    var record: LogSequenceNumber
}

/// What the balancer gave one agent from one queue, as far as a ticket that waits there could still tell by it that it was
/// passed over.
///
/// A grant speaks for those who stood before its place then. So of two grants the later one says all that the earlier one says,
/// unless the earlier one was of a later place: those are kept beside the last.
struct QueueGrants: Sendable {
    /// How many are kept beside the last. Without `ageing` places go back by priority, of which there are nine.
    static let mostEarlier = 8

    let queue: QueueIndex
    private(set) var last: Grant
    /// Each of a later place than those given after it: the latest place first.
    private(set) var earlier: [Grant] = []

    init(_ queue: QueueIndex, _ grant: Grant) {
        self.queue = queue
        last = grant
    }

    @inline(__always)
    mutating func note(_ grant: Grant) {
        if grant.entry < last.entry {
            if earlier.count == Self.mostEarlier { earlier.removeFirst() }
            earlier.append(last)
        } else if !earlier.isEmpty {
            while let before = earlier.last, !(grant.entry < before.entry) { earlier.removeLast() }
        }
        last = grant
    }
}

/// What the balancer gave one agent, by queue.
struct AgentGrants: Sendable {
    private(set) var queues: [QueueGrants] = []

    mutating func note(_ grant: Grant, of queue: QueueIndex) {
        for place in queues.indices where queues[place].queue == queue { return queues[place].note(grant) }
        queues.append(QueueGrants(queue, grant))
    }
}

/// What `VERIFY` has to know beside the tickets to tell whether one was passed over. Not state and not stored: a start begins with
/// none of it but for the records that it replays, and then less is compared. Nothing decides by it.
struct Grants: Sendable {
    /// Of each agent, in no order; shorter than the table of agents until each was given something.
    private var sorted = PagedArray<AgentGrants>()
    /// What was noted last, in order. What each of many agents was given lies far from the rest: looked for one by one it is waited
    /// for, and looked for together it is not (with 10,000 agents 150 ns of 2.2 µs for an assignment and its end).
    private var unsorted: [(grant: Grant, queue: QueueIndex, agent: AgentIndex)] = []
    private static let mostUnsorted = 256
    /// Since which record tickets stand as they do, where not their own last record tells: what they ask for became less, or they
    /// rang at somebody.
    private(set) var settled = SplitDictionary<TicketID, LogSequenceNumber>()

    /// The balancer gave or offered the agent a ticket of that place.
    @inline(__always)
    mutating func note(_ entry: QueueEntry, of queue: QueueIndex, to agent: AgentIndex, record: LogSequenceNumber) {
        if unsorted.count == Self.mostUnsorted { sortIn() }
        unsorted.append((Grant(entry: entry, record: record), queue, agent))
    }

    private mutating func sortIn() {
        for (grant, queue, agent) in unsorted {
            while sorted.count <= agent.position { sorted.append(AgentGrants()) }
            sorted[agent.position].note(grant, of: queue)
        }
        unsorted.removeAll(keepingCapacity: true)
    }

    /// What each agent was given.
    var byAgent: PagedArray<AgentGrants> {
        var all = self
        all.sortIn()
        return all.sorted
    }

    /// The agent can do other things than before: what was given until now tells nothing of who waits now.
    mutating func forget(_ agent: AgentIndex) {
        sortIn()
        if agent.position < sorted.count { sorted[agent.position] = AgentGrants() }
    }

    /// The ticket waits in its present place, or under its present conditions, since that record.
    mutating func settle(_ ticket: TicketID, in record: LogSequenceNumber) { settled[ticket] = record }

    @inline(__always)
    mutating func unsettle(_ ticket: TicketID) {
        if !settled.isEmpty { settled.removeValue(forKey: ticket) }
    }
}

extension Routing {
    /// Notes that the balancer gave or offered the agent the ticket from its queue.
    ///
    /// - Parameter placement: the ticket's, before or after: its place in the queue is the same.
    @inline(__always)
    mutating func noteGrant(
        of ticket: TicketID, _ placement: Placement, to agent: AgentIndex, record: LogSequenceNumber
    ) {
        let queue = QueueIndex(placement.department, placement.channel)
        let ageing = departments[placement.department.position].effective[placement.channel].ageing
        let entry = QueueEntry(ticket, placement, wants: nil, ageing: ageing)
        grants.note(entry, of: queue, to: agent, record: record)
    }
}
