/// What an entry of a ticket's thread is.
public enum EntryKind: UInt8, Named {
    case message = 0
    case reply = 1
    case note = 2
    case opened = 3
    case assigned = 4
    case released = 5
    case transferred = 6
    case resolved = 7
    case reopened = 8
    case postponed = 9
    case woken = 10
    case changed = 11
    case requeued = 12
    case spammed = 13
    case deleted = 14
    case merged = 15
    case unmerged = 16
    case split = 17
    /// In place of a message that was split off: says to which ticket.
    case moved = 18
    case taskAdded = 20
    case taskChanged = 21
    case taskDone = 22
    case taskReopened = 23
    case taskRemoved = 24
    case conversationAdded = 25
    case participantAdded = 26
    case participantRemoved = 27
    case hungUp = 30
    /// Went to another department by `overflow=`.
    case overflowed = 45
    case callbackRequested = 46
    case callbackFailed = 47
    /// A chat or call became a ticket.
    case messageTaken = 48
    case rejected = 49

    public var name: String {
        switch self {
        case .message: "message"
        case .reply: "reply"
        case .note: "note"
        case .opened: "opened"
        case .assigned: "assigned"
        case .released: "released"
        case .transferred: "transferred"
        case .resolved: "resolved"
        case .reopened: "reopened"
        case .postponed: "postponed"
        case .woken: "woken"
        case .changed: "changed"
        case .requeued: "requeued"
        case .spammed: "spam"
        case .deleted: "deleted"
        case .merged: "merged"
        case .unmerged: "unmerged"
        case .split: "split"
        case .moved: "moved"
        case .taskAdded: "task_added"
        case .taskChanged: "task_changed"
        case .taskDone: "task_done"
        case .taskReopened: "task_reopened"
        case .taskRemoved: "task_removed"
        case .conversationAdded: "conversation_added"
        case .participantAdded: "participant_added"
        case .participantRemoved: "participant_removed"
        case .hungUp: "hangup"
        case .overflowed: "overflowed"
        case .callbackRequested: "callback_requested"
        case .callbackFailed: "callback_failed"
        case .messageTaken: "message_taken"
        case .rejected: "rejected"
        }
    }

    /// A ticket could not wait where it was: its rule says why.
    var tellsOfWaiting: Bool {
        switch self {
        case .overflowed, .callbackRequested, .messageTaken, .rejected: true
        default: false
        }
    }

    /// Written by a person, not by the system.
    var isWritten: Bool { self == .message || self == .reply || self == .note }
}

/// Who did it.
public enum Actor: Equatable, Sendable {
    /// A request that named nobody.
    case unnamed
    case customer
    /// The load balancer or a timer.
    case automatic
    case agent(AgentIndex)

    var code: UInt64 {
        switch self {
        case .unnamed: 0
        case .customer: 1
        case .automatic: 2
        case .agent(let index): UInt64(index.rawValue) + 8
        }
    }

    init?(code: UInt64) {
        switch code {
        case 0: self = .unnamed
        case 1: self = .customer
        case 2: self = .automatic
        default:
            guard code >= 8, let index = UInt32(exactly: code - 8) else { return nil }
            self = .agent(AgentIndex(index))
        }
    }
}

/// By which rule an owner changed.
public enum AssignmentRule: UInt8, Named {
    /// By hand: ASSIGN, or `agent=` of OPEN or TRANSFER.
    case hand = 0
    /// By hand, over the limit or outside the department.
    case forced = 1
    case taken = 2
    /// An unowned ticket became that of who answered it.
    case answered = 3
    /// TICKET NEXT.
    case next = 4
    /// The ticket waited for this agent by name.
    case wanted = 5
    case leastLoaded = 6
    case maxUtilisation = 7
    case roundRobin = 8
    case longestIdle = 9
    case released = 10
    case transferred = 11
    /// The owner was away or not to be found when the ticket woke.
    case ownerAway = 12
    case ownerPaused = 13
    case ownerRemoved = 14
    case pauseReturned = 15
    case absent = 16
    case ringAll = 30
    case fewestContacts = 35
    case random = 36
    case weighted = 37
    case topDown = 38
    /// To the agent who handled the same customer's last ticket.
    case lastAgent = 39
    case queueFull = 45
    case waitedTooLong = 46
    case nobodyThere = 47
    case callbackFailed = 48
    /// The owner did not answer in time (`answer_within=`).
    case unanswered = 52

    public var name: String {
        switch self {
        case .hand: "hand"
        case .forced: "forced"
        case .taken: "taken"
        case .answered: "answered"
        case .next: "next"
        case .wanted: "wanted"
        case .leastLoaded: "least_loaded"
        case .maxUtilisation: "max_utilisation"
        case .roundRobin: "round_robin"
        case .longestIdle: "longest_idle"
        case .released: "released"
        case .transferred: "transferred"
        case .ownerAway: "owner_away"
        case .ownerPaused: "owner_paused"
        case .ownerRemoved: "owner_removed"
        case .pauseReturned: "pause_return"
        case .absent: "absent"
        case .ringAll: "ring_all"
        case .fewestContacts: "fewest_contacts"
        case .random: "random"
        case .weighted: "weighted"
        case .topDown: "top_down"
        case .lastAgent: "last_agent"
        case .queueFull: "queue_full"
        case .waitedTooLong: "waited_too_long"
        case .nobodyThere: "nobody_there"
        case .callbackFailed: "callback_failed"
        case .unanswered: "unanswered"
        }
    }

    init(_ strategy: Strategy) {
        switch strategy {
        case .manual, .leastLoaded: self = .leastLoaded
        case .maxUtilisation: self = .maxUtilisation
        case .roundRobin: self = .roundRobin
        case .longestIdle: self = .longestIdle
        case .ringAll: self = .ringAll
        case .fewestContacts: self = .fewestContacts
        case .random: self = .random
        case .weighted: self = .weighted
        case .topDown: self = .topDown
        }
    }

    /// Decided by the server, not by a person.
    var isAutomatic: Bool {
        switch self {
        case .hand, .forced, .taken, .answered, .next, .released, .transferred: false
        case .wanted, .leastLoaded, .maxUtilisation, .roundRobin, .longestIdle, .ownerAway, .ownerPaused,
            .ownerRemoved, .pauseReturned, .absent, .ringAll, .fewestContacts, .random, .weighted, .topDown, .lastAgent,
            .queueFull, .waitedTooLong, .nobodyThere, .callbackFailed, .unanswered:
            true
        }
    }
}

/// An entry of a thread but its texts. Nothing here is counted by references, so a ticket makes one without cost and
/// hands the texts to its thread from where they are.
public struct EntryHead: Sendable {
    public var at = Timestamp(milliseconds: 0)
    public var kind = EntryKind.message
    public var by = Actor.unnamed
    /// The status it led to.
    public var status: TicketStatus?
    /// The owner it led to: `.some(nil)` is "nobody".
    public var owner: AgentIndex??
    public var rule: AssignmentRule?
    public var department: DepartmentIndex?
    public var priority: UInt8?
    /// When a postponed ticket comes back.
    public var until: Timestamp?
    /// The other ticket of a merge or a split.
    public var ticket: TicketID?
    /// The conversation it belongs to; 0 is the main one.
    public var conversation: UInt32 = 0
    /// The task it is about; 0: none.
    public var task: UInt32 = 0
    /// The agent it is about, beside the owner: who is to do a task, who takes part. `.some(nil)` is "nobody".
    public var assignee: AgentIndex??
    /// Of an automatic assignment: how many agents of the queue had room; 0: not known.
    public var free: UInt32 = 0
    /// What the strategy went by, of who was picked and as it was then: the load, the turn, the milliseconds idle, the contacts
    /// taken, the weight or the position.
    public var term: UInt64 = 0

    @inline(__always)
    public init(_ kind: EntryKind, at: Timestamp, by: Actor) {
        self.kind = kind
        self.at = at
        self.by = by
    }
}

/// One entry of a thread. What it changed stands with it, so that the history is the thread read another way.
@dynamicMemberLookup
public struct ThreadEntry: Sendable {
    /// Given once, never changed.
    public var number: UInt32 = 0
    var head: EntryHead
    public var body: String?
    /// The customer's address, where a message came from another one than the ticket's.
    public var from: String?

    public init(_ kind: EntryKind, at: Timestamp, by: Actor) { head = EntryHead(kind, at: at, by: by) }

    public subscript<Value>(dynamicMember field: WritableKeyPath<EntryHead, Value>) -> Value {
        @inline(__always) get { head[keyPath: field] }
        @inline(__always) set { head[keyPath: field] = newValue }
    }
}
