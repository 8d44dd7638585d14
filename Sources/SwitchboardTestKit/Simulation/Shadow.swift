import SwitchboardModel

/// The server's state kept a second time, as naively as the specification (sections 1 to 4 of the product pages) can
/// be written down: flat lists, everything counted anew whenever it is asked for. It follows the records and holds
/// each of them against the rules.
struct Shadow {
    struct Ticket {
        var id: UInt64
        var version: UInt32 = 1
        var status = TicketStatus.new
        var channel: Channel
        var priority: UInt8
        /// How many slots it takes.
        var weight = 1
        var department: Int
        var owner: Int?
        var wants: Int?
        var queuedAt: Timestamp
        var postponedUntil: Timestamp?
        /// Postponed while new.
        var wasNew = false
        /// An answer gave the slot back.
        var slotFreed = false
        /// The last record that changed it, and whether it had an owner before that.
        var record: UInt64
        var wasOwned = false
        /// Gone for good.
        var isPurged = false
        /// The owner has answered since it is theirs; and until when it is to be answered.
        var isAnswered = false
        var answerDue: Timestamp?
        /// The departments it left because it could not stay.
        var overflowedFrom: [Int] = []
        var isCalledBack = false
        var beforeMerge: BeforeMerge?
        /// What was merged into it.
        var merges: [Merge] = []
        var needs: [Skill] = []
        var relax: Relaxation?
        /// The customer, and who handled the customer's last ticket until somebody has this one.
        var from = ""
        var prefers: Int?
        var reservedUntil: Timestamp?
        /// Up to when its steps are behind it: the last time that it entered a queue or a step of it was carried out.
        var widenedAt = Timestamp(milliseconds: 0)

        var isUnfinished: Bool {
            switch status {
            case .new, .chatting, .calling, .answered, .open: !isPurged
            case .postponed, .resolved, .spam, .deleted, .merged: false
            }
        }
        /// Whose slot it holds.
        var holder: Int? { isUnfinished && !slotFreed ? owner : nil }
        var waits: Bool { isUnfinished && owner == nil }
        var isConversation: Bool { status == .chatting || status == .calling }
        /// What a new ticket becomes when an agent has it.
        var statusWithOwner: TicketStatus {
            guard status == .new else { return status }
            switch channel {
            case .ticket: return .new
            case .chat: return .chatting
            case .call: return .calling
            }
        }
    }

    struct Place {
        var department: Int
        var tier: UInt16
        /// By channel: the pick of `round_robin` that was this agent's last, counted within the department.
        var picked: [UInt64] = [0, 0, 0]
        /// By channel: the contacts that the agent was given.
        var taken: [UInt32] = [0, 0, 0]
    }

    struct Agent {
        var id: String
        var places: [Place]
        var capacity: PerChannel<UInt32>
        /// 0: none.
        var maxOpen: UInt32
        var isOnline = false
        var isRecovering = false
        /// When the lease or the recovery ends.
        var leaseUntil: Timestamp?
        var isRemoved = false
        var pause: Pause?
        var wrapUp: WrapUp?
        var asked: PauseRequest?
        var times = AgentTimes()
        /// Pauses that are over, planned ones apart.
        var rests: [(from: Timestamp, to: Timestamp)] = []
        /// Used of the day that began at that midnight, by a clock that was set anew since.
        var carried: (midnight: Int64, used: Int64) = (0, 0)
        /// Planned pauses, and when each was last due or was made.
        var schedules: [(schedule: Schedule, last: Timestamp)] = []
        var idleSince: [Timestamp]
        /// Left alone after an offer that it did not take.
        var backsOffUntil: Timestamp?
        var position: UInt16 = 0
        var skills: [Skill] = []
        var exclusive = ChannelSet()

        var mostOpen: Int { maxOpen == 0 ? .max : Int(maxOpen) }
        func isPaused(_ channel: Channel) -> Bool { pause?.channels.contains(channel) ?? false }
        func place(_ department: Int) -> Place? { places.first { $0.department == department } }
    }

    struct Department {
        var id: String
        var settings: DepartmentSettings
        var isRemoved = false
        /// By channel: how many picks `round_robin` made.
        var picks: [UInt64] = [0, 0, 0]

        // The defaults are those of the table of settings in the protocol's description.
        func strategy(_ channel: Channel) -> Strategy {
            settings.own[channel].strategy ?? settings.base.strategy ?? .leastLoaded
        }
        func ageing(_ channel: Channel) -> Ageing { settings.own[channel].ageing ?? settings.base.ageing ?? .none }
        /// Nothing comes back to a department that is gone.
        func reopens(_ channel: Channel) -> Bool {
            !isRemoved && (settings.own[channel].reopen ?? settings.base.reopen ?? true)
        }
        func retry(_ channel: Channel) -> TimeSpan {
            settings.own[channel].retry ?? settings.base.retry ?? .seconds(60)
        }
        func grace(_ channel: Channel) -> TimeSpan {
            settings.own[channel].grace ?? settings.base.grace ?? .seconds(60)
        }
        func wrapUp(_ channel: Channel) -> TimeSpan {
            settings.own[channel].wrapUp ?? settings.base.wrapUp ?? .zero
        }
    }

    struct Skip {
        var ticket: UInt64
        var agent: Int
        var until: Timestamp
    }

    /// By id − 1.
    var tickets: [Ticket] = []
    var agents: [Agent] = []
    var departments: [Department] = []
    var skips: [Skip] = []
    var rosters: [Roster] = []
    var rings: [Ring] = []
    var lastToken: UInt64 = 0
    /// What stopped ringing in this record: the slot was held until then.
    var stopped: [Ring] = []
    var handled: [Handled] = []
    var messages: [Message] = []
    var record: UInt64 = 0
    var time: Timestamp?

    /// Agents that were not removed.
    var staff: Int { agents.count { !$0.isRemoved } }

    /// The slots that are taken.
    func load(_ agent: Int, _ channel: Channel) -> Int {
        let held = tickets.filter { $0.channel == channel && $0.holder == agent }
        let ringing = rings.filter { self.channel($0.ticket) == channel && $0.agent == agent }
        return held.reduce(0) { $0 + $1.weight } + ringing.reduce(0) { $0 + tickets[Int($1.ticket) - 1].weight }
    }

    /// Whether there is room for a ticket of this weight.
    func hasRoom(_ agent: Int, _ channel: Channel, weight: Int) -> Bool {
        let open = tickets.count { $0.holder == agent } + rings.count { $0.agent == agent }
        return load(agent, channel) + weight <= Int(agents[agent].capacity[channel]) && open < agents[agent].mostOpen
    }

    /// Whether the agent holds something of a channel that excludes this one.
    func isExcluded(_ agent: Int, _ channel: Channel) -> Bool {
        Channel.allCases.contains { other in
            other != channel && agents[agent].exclusive.contains(other) && load(agent, other) > 0
        }
    }

    /// Whether the agent may be given anything of the channel at present, room apart.
    func isAvailable(_ agent: Int, _ channel: Channel) -> Bool {
        let agent = agents[agent]
        return agent.isOnline && !agent.isRemoved && !agent.isPaused(channel) && agent.wrapUp == nil
            && !(agent.asked?.stage == .work && agent.asked?.channels.contains(channel) == true)
    }

    /// Until the skip's timer has fired; that it fires in time is looked at elsewhere.
    func isSkipped(_ ticket: UInt64, _ agent: Int) -> Bool {
        skips.contains { $0.ticket == ticket && $0.agent == agent }
    }

    /// Whether `left` is served before `right`, both waiting in one queue.
    func precedes(_ left: Ticket, _ right: Ticket, _ ageing: Ageing) -> Bool {
        switch ageing {
        case .none:
            return (Int64(left.priority), left.queuedAt.milliseconds, left.id)
                < (Int64(right.priority), right.queuedAt.milliseconds, right.id)
        case .headStart(let step):
            let first = left.queuedAt.milliseconds + Int64(left.priority) * step.milliseconds
            let second = right.queuedAt.milliseconds + Int64(right.priority) * step.milliseconds
            return (first, left.id) < (second, right.id)
        }
    }
}
