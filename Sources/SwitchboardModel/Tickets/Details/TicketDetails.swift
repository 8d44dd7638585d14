/// What hangs on a ticket beside its status, its owner and its thread. Few tickets have any of it.
public struct TicketDetails: Fielded {
    /// The timers that run, at most one for each agent.
    var timers: [WorkTimer] = []
    /// Entry n stands at n − 1; none is ever taken away.
    var work: [WorkEntry] = []
    /// In order of number.
    var tasks: [Subtask] = []
    /// The last number given to a task; none is given twice.
    var lastTask: UInt32 = 0
    /// Conversation n stands at n − 1; none is ever taken away.
    var conversations: [Conversation] = []
    var description = ""
    /// Agents assigned beside the owner: they hold no slot.
    var participants: [FieldedAgent] = []
    var followers: [Follower] = []
    /// At most one for each reply.
    var ratings: [Rating] = []
    /// At most one for each reply.
    var deliveries: [Delivery] = []
    var attachments: [Attachment] = []

    public init() {}

    var isEmpty: Bool {
        timers.isEmpty && work.isEmpty && lastTask == 0 && conversations.isEmpty && description.isEmpty
            && participants.isEmpty && followers.isEmpty && ratings.isEmpty && deliveries.isEmpty
            && attachments.isEmpty && tasks.isEmpty
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.list(1, &timers)
        try fields.list(2, &work)
        try fields.list(3, &tasks)
        try fields.number(4, &lastTask)
        try fields.list(5, &conversations)
        try fields.text(6, &description)
        try fields.list(7, &participants)
        try fields.list(8, &followers)
        try fields.list(9, &ratings)
        try fields.list(10, &deliveries)
        try fields.list(11, &attachments)
    }

    /// Every agent named here, perhaps more than once.
    private var agents: [AgentIndex] {
        timers.map(\.agent) + work.map(\.agent) + tasks.compactMap(\.agent) + participants.map(\.index)
            + followers.compactMap(\.agent) + ratings.map(\.agent) + conversations.compactMap(\.by.agent)
            + attachments.compactMap(\.by.agent)
    }

    /// What is wrong with details read from a file; `nil` when nothing is.
    func problem(agents count: Int) -> String? {
        guard agents.allSatisfy({ $0.position < count }) else { return "names an agent that is not there" }
        guard Set(timers.map(\.agent)).count == timers.count else { return "has two timers of one agent" }
        let numbers = tasks.map(\.number)
        guard numbers == Set(numbers).sorted(), numbers.last ?? 0 <= lastTask else { return "misnumbers its tasks" }
        guard Set(ratings.map(\.entry)).count == ratings.count else { return "has two ratings of one reply" }
        return nil
    }
}

extension Ticket {
    /// A copy; empty for most tickets.
    var details: TicketDetails { box.first?.details.first ?? TicketDetails() }

    var hasDetails: Bool { box.first.map { !$0.details.isEmpty } ?? false }

    /// Changes the details where they are, as a copy of a long time sheet would be a long copy.
    mutating func changeDetails(_ change: (inout TicketDetails) -> Void) {
        if box.isEmpty { box = [TicketExtras()] }
        if box[0].details.isEmpty { box[0].details = [TicketDetails()] }
        change(&box[0].details[0])
        if box[0].details[0].isEmpty { box[0].details = [] }
        if box[0].isEmpty { box = [] }
    }
}
