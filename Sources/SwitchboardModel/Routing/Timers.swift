/// What becomes due.
public enum TimerPurpose: Hashable, Sendable {
    case pauseEnds(AgentIndex)
    case ticketWakes(TicketID)
    /// The earliest of the ticket's skips runs out.
    case skipExpires(TicketID)
    /// The grace period of an absent agent's work of one department and channel ends.
    case absenceEnds(AgentIndex, DepartmentIndex, Channel)
    /// A ticket that woke with a paused owner goes back to its queue.
    case ownerGraceEnds(TicketID)
    /// The earliest of the details of a ticket's deliveries is to be forgotten.
    case deliveryDetailsExpire(TicketID)
    /// Who has not answered the offers of a ticket has missed them.
    case offersEnd(TicketID)
    /// An agent who declined or missed an offer may be given something again.
    case backoffEnds(AgentIndex)
    /// A waiting ticket may be given to more agents: a tier more, a skill less, anybody instead of the customer's last agent.
    case ticketWidens(TicketID)
    /// The owner of a ticket has not answered in time.
    case answerEnds(TicketID)
    /// A ticket has waited in its queue for as long as it may.
    case waitEnds(TicketID)
    /// Nobody is in the department any more, and what waits there leaves.
    case queueEmpties(DepartmentIndex, Channel)
    case wrapUpEnds(AgentIndex)
    /// The agent's planned pause of that number is due.
    case scheduleBegins(AgentIndex, UInt32)
    /// No heartbeat came.
    case leaseEnds(AgentIndex)
    /// Who is recovering is offline.
    case recoveryEnds(AgentIndex)
    /// The next ones of the roster of that number have duty.
    case rosterTurns(UInt32)
}

/// A timer: fires once, in the order (due, number).
public struct ServiceTimer: Fielded, Comparable {
    public var due = Timestamp(milliseconds: 0)
    /// Given in the order of creation.
    public var number: UInt64 = 0
    public var purpose = TimerPurpose.pauseEnds(AgentIndex(0))

    public init() {}

    public static func < (left: Self, right: Self) -> Bool {
        left.due != right.due ? left.due < right.due : left.number < right.number
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.time(1, &due)
        try fields.integer(2, &number)
        var kind: UInt64 = 0
        var subject: UInt64 = 0
        var department: UInt64 = 0
        var channel = Channel.ticket
        switch purpose {
        case .pauseEnds(let agent): (kind, subject) = (1, UInt64(agent.rawValue))
        case .ticketWakes(let ticket): (kind, subject) = (2, ticket.rawValue)
        case .skipExpires(let ticket): (kind, subject) = (3, ticket.rawValue)
        case .absenceEnds(let agent, let index, let ofChannel):
            (kind, subject, department, channel) = (4, UInt64(agent.rawValue), UInt64(index.rawValue), ofChannel)
        case .ownerGraceEnds(let ticket): (kind, subject) = (5, ticket.rawValue)
        case .deliveryDetailsExpire(let ticket): (kind, subject) = (6, ticket.rawValue)
        case .offersEnd(let ticket): (kind, subject) = (10, ticket.rawValue)
        case .backoffEnds(let agent): (kind, subject) = (11, UInt64(agent.rawValue))
        case .ticketWidens(let ticket): (kind, subject) = (20, ticket.rawValue)
        case .answerEnds(let ticket): (kind, subject) = (45, ticket.rawValue)
        case .waitEnds(let ticket): (kind, subject) = (35, ticket.rawValue)
        case .queueEmpties(let index, let ofChannel):
            (kind, department, channel) = (36, UInt64(index.rawValue), ofChannel)
        case .wrapUpEnds(let agent): (kind, subject) = (25, UInt64(agent.rawValue))
        case .leaseEnds(let agent): (kind, subject) = (27, UInt64(agent.rawValue))
        case .rosterTurns(let number): (kind, subject) = (29, UInt64(number))
        case .recoveryEnds(let agent): (kind, subject) = (28, UInt64(agent.rawValue))
        case .scheduleBegins(let agent, let number):
            (kind, subject, department) = (26, UInt64(agent.rawValue), UInt64(number))
        }
        try fields.integer(3, &kind)
        try fields.integer(4, &subject)
        try fields.integer(5, &department)
        try fields.named(6, &channel)
        let agent = AgentIndex(UInt32(truncatingIfNeeded: subject))
        switch kind {
        case 1: purpose = .pauseEnds(agent)
        case 2: purpose = .ticketWakes(TicketID(subject))
        case 3: purpose = .skipExpires(TicketID(subject))
        case 4: purpose = .absenceEnds(agent, DepartmentIndex(UInt32(truncatingIfNeeded: department)), channel)
        case 5: purpose = .ownerGraceEnds(TicketID(subject))
        case 6: purpose = .deliveryDetailsExpire(TicketID(subject))
        case 10: purpose = .offersEnd(TicketID(subject))
        case 11: purpose = .backoffEnds(agent)
        case 20: purpose = .ticketWidens(TicketID(subject))
        case 45: purpose = .answerEnds(TicketID(subject))
        case 35: purpose = .waitEnds(TicketID(subject))
        case 36: purpose = .queueEmpties(DepartmentIndex(UInt32(truncatingIfNeeded: department)), channel)
        case 25: purpose = .wrapUpEnds(agent)
        case 27: purpose = .leaseEnds(agent)
        case 28: purpose = .recoveryEnds(agent)
        case 29: purpose = .rosterTurns(UInt32(truncatingIfNeeded: subject))
        case 26: purpose = .scheduleBegins(agent, UInt32(truncatingIfNeeded: department))
        default: throw ByteReader.Malformed(what: "a timer has the unknown kind \(kind)", offset: 0)
        }
    }
}

/// All timers that are set. At most one for each purpose.
public struct Timers: Sendable {
    private var ordered = SortedBlocks<ServiceTimer>()
    private var byPurpose = SplitDictionary<TimerPurpose, ServiceTimer>()
    /// The queues for which an absence of the agent is timed, in no order. Derived, so that an agent who comes back need not
    /// look at every department: they may have left one meanwhile.
    var absences = SplitDictionary<AgentIndex, [QueueIndex]>()
    /// How many wait for an owner's answer. Derived, so that an answer need not look for one where there are none.
    private(set) var answers = 0
    /// The number of the last timer created.
    private(set) var lastNumber: UInt64 = 0

    public init() {}

    public var count: Int { ordered.count }
    public var first: ServiceTimer? { ordered.first }
    public var all: [ServiceTimer] { Array(ordered) }

    /// Whether no purpose has two, as only a damaged file could make it.
    var isOneForEach: Bool { byPurpose.count == ordered.count }

    public func due(_ purpose: TimerPurpose) -> Timestamp? { byPurpose[purpose]?.due }

    mutating func set(_ purpose: TimerPurpose, due: Timestamp) {
        cancel(purpose)
        lastNumber += 1
        var timer = ServiceTimer()
        timer.due = due
        timer.number = lastNumber
        timer.purpose = purpose
        insert(timer)
    }

    @inline(__always)
    mutating func cancel(_ purpose: TimerPurpose) {
        if !byPurpose.isEmpty { remove(purpose) }
    }

    private mutating func remove(_ purpose: TimerPurpose) {
        guard let timer = byPurpose.removeValue(forKey: purpose) else { return }
        ordered.remove(timer)
        if case .answerEnds = purpose { answers -= 1 }
        guard case .absenceEnds(let agent, let department, let channel) = purpose else { return }
        let queue = QueueIndex(department, channel)
        var queues = absences.removeValue(forKey: agent) ?? []
        if let place = queues.firstIndex(of: queue) {
            queues.swapAt(place, queues.count - 1)
            queues.removeLast()
        }
        if !queues.isEmpty { absences[agent] = queues }
    }

    /// The agent is back, or gone for good: nothing of theirs moves.
    mutating func cancelAbsences(of agent: AgentIndex) {
        for queue in absences.removeValue(forKey: agent) ?? [] {
            let purpose = TimerPurpose.absenceEnds(agent, queue.department, queue.channel)
            if let timer = byPurpose.removeValue(forKey: purpose) { ordered.remove(timer) }
        }
    }

    /// The queues for which an absence of the agent is timed, in order.
    func absences(of agent: AgentIndex) -> [QueueIndex] { (absences[agent] ?? []).sorted() }

    /// Puts back a timer read from a snapshot.
    mutating func restore(_ timer: ServiceTimer, lastNumber: UInt64) {
        insert(timer)
        self.lastNumber = max(self.lastNumber, lastNumber)
    }

    mutating func restore(lastNumber: UInt64) { self.lastNumber = lastNumber }

    private mutating func insert(_ timer: ServiceTimer) {
        ordered.insert(timer)
        byPurpose[timer.purpose] = timer
        if case .answerEnds = timer.purpose { answers += 1 }
        guard case .absenceEnds(let agent, let department, let channel) = timer.purpose else { return }
        var queues = absences.removeValue(forKey: agent) ?? []
        queues.append(QueueIndex(department, channel))
        absences[agent] = queues
    }
}
