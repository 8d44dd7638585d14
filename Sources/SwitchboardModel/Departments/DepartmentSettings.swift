/// The settings that each channel of a department may have a value of its own for. `nil` is "not set here".
public struct ChannelSettings: Fielded, Equatable {
    public var strategy: Strategy?
    /// The head start of one priority step; zero is plain first come, first served. See `Ageing`.
    public var ageing: Ageing?
    /// How long a ticket is not given again by itself to who gave it away.
    public var retry: TimeSpan?
    public var absence: AbsencePolicy?
    /// How long an absent or paused owner keeps work before it moves.
    public var grace: TimeSpan?
    /// Whether a customer's message reopens a resolved ticket.
    public var reopen: Bool?
    /// Whether the picked agent is given the ticket or asked first.
    public var assignment: AssignmentMode?
    /// How long an offer rings.
    public var ring: TimeSpan?
    /// How many agents are offered a ticket at once; 1 to 50.
    public var offers: UInt8?
    /// How long nothing is given by itself to an agent who declined or missed an offer.
    public var backoff: TimeSpan?
    /// After how many missed offers in a row an agent is paused; 0: never.
    public var mostMissed: UInt32?
    /// How long a ticket waits for each tier that has anybody there before the next one may have it; zero: only until all of them
    /// are full (FreeSWITCH's `tier-rule-wait-second`).
    public var tierWait: TimeSpan?
    /// How what a ticket needs becomes less while it waits, where the ticket does not say; with a span of zero never.
    public var relax: Relaxation?
    /// For how long a customer's next ticket goes first to the agent who handled the last one; zero: it does not.
    public var lastAgent: TimeSpan?
    /// How long it then waits for that agent, when they are there and have no room; zero: not at all.
    public var lastAgentWait: TimeSpan?
    /// How many may wait; `.some(nil)` is any number.
    public var maxQueue: UInt32??
    /// How long a ticket may wait here; `.some(nil)` is any time.
    public var maxWait: TimeSpan??
    /// Where to then.
    public var overflow: OverflowRule?
    /// What becomes of what waits where nobody is online.
    public var whenEmpty: EmptyPolicy?
    /// How often a call is called back at most.
    public var callbackAttempts: UInt8?
    /// How long after a call back that nobody answered the next one follows.
    public var callbackDelay: TimeSpan?
    /// How long an agent has to finish with a chat or call that ended.
    public var wrapUp: TimeSpan?
    /// How many slots a new ticket takes, where the request does not say.
    public var weight: UInt8?
    /// How long an owner has for the first answer before the ticket goes back to its queue; zero: for ever.
    public var answerWithin: TimeSpan?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.named(1, &strategy)
        var head = ageing?.headStart
        var plain = ageing == Ageing.none
        try fields.flag(2, &plain)
        try fields.optionalSpan(3, &head)
        ageing = plain ? Ageing.none : head.map(Ageing.headStart)
        try fields.optionalSpan(4, &retry)
        try fields.named(5, &absence)
        try fields.optionalSpan(6, &grace)
        var reopens: UInt64 = reopen.map { $0 ? 2 : 1 } ?? 0
        try fields.number(7, &reopens)
        reopen = reopens == 0 ? nil : reopens == 2
        try fields.named(10, &assignment)
        try fields.optionalSpan(11, &ring)
        var atOnce = offers ?? 0
        try fields.number(12, &atOnce)
        offers = atOnce == 0 ? nil : atOnce
        try fields.optionalSpan(13, &backoff)
        var missed = mostMissed.map { UInt64($0) + 1 } ?? 0
        try fields.integer(14, &missed)
        mostMissed = missed == 0 ? nil : UInt32(clamping: missed - 1)
        try fields.optionalSpan(20, &tierWait)
        try fields.optional(21, &relax)
        try fields.optionalSpan(22, &lastAgent)
        try fields.optionalSpan(23, &lastAgentWait)
        try fields.optionalSpan(30, &wrapUp)
        // 0: not set, 1: none.
        var queue = maxQueue.map { $0.map { UInt64($0) + 2 } ?? 1 } ?? 0
        try fields.integer(40, &queue)
        maxQueue = queue == 0 ? nil : .some(queue == 1 ? nil : UInt32(clamping: queue - 2))
        var hasNoWait = maxWait == .some(nil)
        var wait = maxWait ?? nil
        try fields.flag(41, &hasNoWait)
        try fields.optionalSpan(42, &wait)
        maxWait = hasNoWait ? .some(nil) : wait.map { .some($0) }
        var code = overflow?.code ?? 0
        try fields.integer(43, &code)
        overflow = OverflowRule(code: code)
        try fields.named(44, &whenEmpty)
        var attempts = callbackAttempts ?? 0
        try fields.number(45, &attempts)
        callbackAttempts = attempts == 0 ? nil : attempts
        try fields.optionalSpan(46, &callbackDelay)
        var slots = weight ?? 0
        try fields.number(52, &slots)
        weight = slots == 0 ? nil : slots
        try fields.optionalSpan(53, &answerWithin)
    }

    /// These settings with those that `other` sets in place of ours.
    func overridden(by other: ChannelSettings) -> ChannelSettings {
        var result = self
        result.strategy = other.strategy ?? strategy
        result.ageing = other.ageing ?? ageing
        result.retry = other.retry ?? retry
        result.absence = other.absence ?? absence
        result.grace = other.grace ?? grace
        result.reopen = other.reopen ?? reopen
        result.assignment = other.assignment ?? assignment
        result.ring = other.ring ?? ring
        result.offers = other.offers ?? offers
        result.backoff = other.backoff ?? backoff
        result.mostMissed = other.mostMissed ?? mostMissed
        result.tierWait = other.tierWait ?? tierWait
        result.relax = other.relax ?? relax
        result.lastAgent = other.lastAgent ?? lastAgent
        result.lastAgentWait = other.lastAgentWait ?? lastAgentWait
        result.maxQueue = other.maxQueue ?? maxQueue
        result.maxWait = other.maxWait ?? maxWait
        result.overflow = other.overflow ?? overflow
        result.whenEmpty = other.whenEmpty ?? whenEmpty
        result.callbackAttempts = other.callbackAttempts ?? callbackAttempts
        result.callbackDelay = other.callbackDelay ?? callbackDelay
        result.wrapUp = other.wrapUp ?? wrapUp
        result.weight = other.weight ?? weight
        result.answerWithin = other.answerWithin ?? answerWithin
        return result
    }
}

/// How the order of a queue weighs priority against age.
public enum Ageing: Equatable, Sendable {
    /// Order: priority, queue time, id.
    case none
    /// Order: queue time + (priority − 1) × this, id. The key never changes while a ticket waits, so nothing is
    /// re-sorted as time passes (the scheme of Genesys' conversation score, one step = a constant head start).
    case headStart(TimeSpan)

    /// From the least urgent priority, 9, to the most urgent, 1.
    private static let prioritySteps: Int64 = 8

    var headStart: TimeSpan? {
        switch self {
        case .none: nil
        case .headStart(let span): span
        }
    }

    /// How much later than another a ticket may have come at most and still be served before it by its priority alone; `nil`:
    /// any time.
    var overtakingLimit: TimeSpan? {
        headStart.map { TimeSpan(milliseconds: $0.milliseconds * Self.prioritySteps) }
    }
}

/// All settings of a department.
public struct DepartmentSettings: Fielded, Equatable {
    public var base = ChannelSettings()
    public var own = PerChannel(ChannelSettings())
    /// Concerns the channel `ticket` only.
    public var slot: SlotPolicy = .untilResolved
    /// How many of the department's agents may be paused at once; `nil`: any number.
    public var maxPaused: UInt32?
    /// How long the details of deliveries are kept; `nil`: 30 days.
    public var deliveryDetails: TimeSpan?

    public init() {}

    var keptDeliveryDetails: TimeSpan { deliveryDetails ?? .seconds(30 * 86_400) }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.value(1, &base)
        try fields.value(2, &own.ticket)
        try fields.value(3, &own.chat)
        try fields.value(4, &own.call)
        try fields.named(5, &slot)
        var limit = maxPaused.map { UInt64($0) + 1 } ?? 0
        try fields.integer(6, &limit)
        maxPaused = limit == 0 ? nil : UInt32(clamping: limit - 1)
        try fields.optionalSpan(7, &deliveryDetails)
    }

    /// What holds on `channel`: its own value, else the department's, else the default.
    func effective(_ channel: Channel) -> EffectiveSettings {
        let set = base.overridden(by: own[channel])
        return EffectiveSettings(
            strategy: set.strategy ?? .leastLoaded,
            ageing: set.ageing ?? .none,
            retry: set.retry ?? .seconds(60),
            absence: set.absence ?? (channel == .ticket ? .keep : .requeue),
            grace: set.grace ?? .seconds(60),
            reopen: set.reopen ?? true,
            assignment: set.assignment ?? .direct,
            ring: set.ring ?? .seconds(30),
            offers: set.offers ?? 1,
            backoff: set.backoff ?? .zero,
            mostMissed: set.mostMissed ?? 0,
            tierWait: set.tierWait ?? .zero,
            relax: set.relax ?? Relaxation(),
            lastAgent: set.lastAgent ?? .zero,
            lastAgentWait: set.lastAgentWait ?? .zero,
            maxQueue: set.maxQueue ?? nil,
            maxWait: set.maxWait ?? nil,
            overflow: set.overflow ?? .none,
            whenEmpty: set.whenEmpty ?? .wait,
            callbackAttempts: set.callbackAttempts ?? 3,
            callbackDelay: set.callbackDelay ?? .seconds(15 * 60),
            wrapUp: channel == .ticket ? .zero : set.wrapUp ?? .zero,
            weight: set.weight ?? TicketWeight.usual,
            // Who picks up a call has answered.
            answerWithin: channel == .call ? .zero : set.answerWithin ?? .zero
        )
    }
}

/// The settings in force on one channel of a department.
public struct EffectiveSettings: Equatable, Sendable {
    public var strategy: Strategy
    public var ageing: Ageing
    public var retry: TimeSpan
    public var absence: AbsencePolicy
    public var grace: TimeSpan
    public var reopen: Bool
    public var assignment: AssignmentMode
    public var ring: TimeSpan
    public var offers: UInt8
    public var backoff: TimeSpan
    public var mostMissed: UInt32
    public var tierWait: TimeSpan
    public var relax: Relaxation
    public var lastAgent: TimeSpan
    public var lastAgentWait: TimeSpan
    public var maxQueue: UInt32?
    public var maxWait: TimeSpan?
    public var overflow: OverflowRule
    public var whenEmpty: EmptyPolicy
    public var callbackAttempts: UInt8
    public var callbackDelay: TimeSpan
    /// For chats and calls.
    public var wrapUp: TimeSpan
    /// Of new tickets.
    public var weight: UInt8
    /// For tickets and chats.
    public var answerWithin: TimeSpan
}
