/// How a department's queue picks an agent.
public enum Strategy: UInt8, Named {
    /// Nobody is picked; someone takes the ticket. While the server has exactly one agent, as `leastLoaded`.
    case manual = 0
    /// Lowest load ÷ capacity first.
    case leastLoaded = 1
    /// Highest load ÷ capacity that still has room first, so that others stay free.
    case maxUtilisation = 2
    /// Whoever was picked longest ago first.
    case roundRobin = 3
    /// Whoever's load on the channel has been unchanged for longest first.
    case longestIdle = 4
    /// Whoever was given the fewest contacts of the department and channel so far (Asterisk's `fewestcalls`). By whatever
    /// rule they were given; see `Membership.taken`.
    case fewestContacts = 5
    /// Anyone, each with the same probability (Asterisk's `random`). See `Routing.draw`.
    case random = 6
    /// Anyone, each with a probability in proportion to the agent's `weight=` (weighted random, as of Asterisk's `wrandom`, whose
    /// weights are penalties). See `Routing.draw`.
    case weighted = 7
    /// Always the first in one fixed order: the agent's `position=`, then id (FreeSWITCH's `top-down`). Not by idle time.
    case topDown = 8
    /// Everyone free of the best tier is offered the ticket at once, at most 50; the first who accepts has it (Asterisk's
    /// `ringall`). Ties, where 50 are not enough: longest idle first.
    case ringAll = 9

    public var name: String {
        switch self {
        case .manual: "manual"
        case .leastLoaded: "least_loaded"
        case .maxUtilisation: "max_utilisation"
        case .roundRobin: "round_robin"
        case .longestIdle: "longest_idle"
        case .ringAll: "ring_all"
        case .fewestContacts: "fewest_contacts"
        case .random: "random"
        case .weighted: "weighted"
        case .topDown: "top_down"
        }
    }

    /// Picks by lot: each agent has a drawn number.
    @inline(__always)
    var drawsLots: Bool { self == .random || self == .weighted }
}

/// What becomes of an absent agent's work after the grace period.
public enum AbsencePolicy: UInt8, Named {
    case keep = 0
    case release = 1
    case requeue = 2

    public var name: String {
        switch self {
        case .keep: "keep"
        case .release: "release"
        case .requeue: "requeue"
        }
    }
}

/// How a ticket comes to the agent who was picked.
public enum AssignmentMode: UInt8, Named {
    /// It is the agent's at once.
    case direct = 0
    /// It rings, and is the agent's when the agent accepts.
    case offer = 1

    public var name: String {
        switch self {
        case .direct: "direct"
        case .offer: "offer"
        }
    }
}

/// What becomes of what waits in a department where nobody is online.
public enum EmptyPolicy: UInt8, Named {
    case wait = 0
    /// Goes where `overflow` says.
    case overflow = 1

    public var name: String {
        switch self {
        case .wait: "wait"
        case .overflow: "overflow"
        }
    }
}

/// When an answered ticket gives its slot back.
public enum SlotPolicy: UInt8, Named {
    case untilResolved = 0
    case untilAnswered = 1

    public var name: String {
        switch self {
        case .untilResolved: "until_resolved"
        case .untilAnswered: "until_answered"
        }
    }
}
