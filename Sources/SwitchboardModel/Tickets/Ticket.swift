/// One contact and all that followed from it. Its texts lie in its shard's arena: see `TicketView`.
public struct Ticket: Sendable {
    public internal(set) var id = TicketID(0)
    /// Rises by one for each record that changes the ticket.
    public internal(set) var version: UInt32 = 0
    public internal(set) var status = TicketStatus.new
    public internal(set) var channel = Channel.ticket
    /// 1 (most urgent) to 9.
    public internal(set) var priority: UInt8 = 5
    /// Postponed while `new`: comes back as `new`.
    var wakesAsNew = false
    /// An answer gave the slot back (`slot=until_answered`).
    var slotIsFreed = false
    /// How many of an agent's slots it takes.
    public internal(set) var weight = TicketWeight.usual
    /// The owner has answered the customer since the ticket is theirs.
    var isAnsweredByOwner = false
    public internal(set) var department = DepartmentIndex(0)
    /// The owner. A resolved or postponed ticket keeps it without holding a slot.
    public internal(set) var agent: AgentIndex?
    /// While it waits: the agent it waits for.
    public internal(set) var wants: AgentIndex?
    public internal(set) var createdAt = Timestamp(milliseconds: 0)
    public internal(set) var updatedAt = Timestamp(milliseconds: 0)
    /// The last of: opened, reopened, woken. A ticket's age in every queue.
    public internal(set) var queuedAt = Timestamp(milliseconds: 0)
    /// The newest record that changed it.
    public internal(set) var lastRecord = LogSequenceNumber.none
    var subject = TextPlace.none
    /// The customer's address.
    var from = TextPlace.none
    public internal(set) var thread = TicketThread()
    /// Asks for something that the balancer has to look at. Derived from `box`; beside the status, because each event asks for it.
    private(set) var hasWish = false
    /// At most one element. Boxed, because most tickets have none of it.
    var box: [TicketExtras] = [] {
        didSet { hasWish = !box.isEmpty && box[0].hasWish }
    }

    public internal(set) var extras: TicketExtras {
        get { box.first ?? TicketExtras() }
        set { box = newValue.isEmpty ? [] : [newValue] }
    }

    public init() {}
}

/// What few tickets have.
public struct TicketExtras: Fielded {
    public var source = ""
    public var tags: [FieldedText] = []
    public var fields: [CustomField] = []
    /// `source NUL ref` of the ticket and of its messages: what makes a second delivery a duplicate.
    public var references: [FieldedText] = []
    public var postponedUntil: Timestamp?
    /// What it was merged into.
    public var merged: MergedInto?
    /// What was merged into it, oldest first.
    public var absorbed: [Absorbed] = []
    public var splitFrom: TicketID?
    public var splitInto: [TicketLink] = []
    /// The skills it needs, each with the least level.
    public var needs: [Skill] = []
    /// How that becomes less while it waits; `nil`: as the department says.
    public var relax: Relaxation?
    /// Who handled the customer's last ticket, until somebody has this one; and until when it is for nobody else.
    public var prefers: AgentIndex?
    public var reservedUntil: Timestamp?
    /// At most one element. Boxed again, because few tickets could not wait where they were, or are called back.
    var waits: [WaitState] = []
    /// At most one element. Boxed again, because fewer tickets have any of it.
    var details: [TicketDetails] = []
    /// At most one element.
    var importMark: [ImportMark] = []

    public init() {}

    var isEmpty: Bool {
        source.isEmpty && tags.isEmpty && fields.isEmpty && references.isEmpty && postponedUntil == nil
            && merged == nil && absorbed.isEmpty && splitFrom == nil && splitInto.isEmpty
            && details.isEmpty && needs.isEmpty && relax == nil && prefers == nil && waits.isEmpty
            && importMark.isEmpty
    }

    var hasWish: Bool { !needs.isEmpty || prefers != nil }

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.text(1, &source)
        try coder.list(2, &tags)
        try coder.list(3, &fields)
        try coder.list(4, &references)
        try coder.time(5, &postponedUntil)
        try coder.list(6, &details)
        try coder.list(7, &importMark)
        try coder.optional(20, &merged)
        try coder.list(21, &absorbed)
        try coder.optionalTicket(22, &splitFrom)
        try coder.list(23, &splitInto)
        try coder.list(35, &needs)
        try coder.optional(36, &relax)
        try coder.agent(37, &prefers)
        try coder.time(38, &reservedUntil)
        try coder.list(40, &waits)
    }
}

/// A field that a department made up.
public struct CustomField: Fielded, Equatable {
    public var name = ""
    public var value = ""

    public init() {}

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &name)
        try fields.text(2, &value)
    }
}

/// Where a ticket stands as far as routing goes. Derived from the ticket alone: the ledger of holds and the queues
/// are nothing but the placements of all tickets.
public struct Placement: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// Neither holds a slot nor waits.
        case idle
        /// Waits in its queue, for anyone or for one agent.
        case waiting(wants: AgentIndex?)
        /// Holds one of the agent's slots.
        case held(AgentIndex)
    }

    public var kind: Kind
    public var department: DepartmentIndex
    public var channel: Channel
    public var priority: UInt8
    public var queuedAt: Timestamp
    /// A department with such tickets cannot be removed.
    public var isUnfinished: Bool
    /// A chat or call in progress.
    public var isConversation = false
    /// How many slots it takes.
    public var weight = TicketWeight.usual
    /// The owner has still to answer; see `Ticket.owesAnswer`.
    var owesAnswer = false
}

/// How many of an agent's slots a ticket takes.
public enum TicketWeight {
    public static let usual: UInt8 = 1
    public static let range = 1...100

    /// As it is stored: absent is the usual one.
    static func stored(_ weight: UInt8) -> UInt8 { weight == usual ? 0 : weight }
    static func read(_ stored: UInt8) -> UInt8 { stored == 0 ? usual : stored }
}

extension Ticket {
    /// What it asks the balancer for.
    var wish: TicketWish {
        var wish = TicketWish()
        guard !box.isEmpty else { return wish }
        wish.needs = box[0].needs
        wish.relax = box[0].relax
        wish.prefers = box[0].prefers
        wish.reservedUntil = box[0].reservedUntil
        return wish
    }

    @inline(__always)
    var summary: TicketSummary {
        TicketSummary(
            version: version, status: status, department: department, agent: agent, wants: wants,
            lastRecord: lastRecord)
    }

    public var placement: Placement {
        let kind: Placement.Kind
        if !status.needsAgent {
            kind = .idle
        } else if let agent {
            kind = slotIsFreed ? .idle : .held(agent)
        } else {
            kind = .waiting(wants: wants)
        }
        return Placement(
            kind: kind, department: department, channel: channel, priority: priority, queuedAt: queuedAt,
            isUnfinished: status.isUnfinished, isConversation: status.isConversation, weight: weight,
            owesAnswer: owesAnswer)
    }
}
