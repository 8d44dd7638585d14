/// What must hold after every step.
public enum SimulationRule: String, CaseIterable, Sendable {
    /// No agent is above capacity but by force, by an idle ticket that woke, or by a lowered limit.
    case capacity
    /// No ticket waits while an agent who may be given it has room.
    case waiting
    /// No ticket has two owners, and the holds are those that the tickets say.
    case owners
    /// What is served is the head of its queue, and queues are in their order.
    case order
    /// Of those who may be given a ticket, the strategy's choice gets it.
    case strategy
    /// Nothing is given to who may not have it.
    case eligibility
    /// No removed agent holds a ticket and none waits for one.
    case orphan
    /// A version rises by one for each record that changes the ticket.
    case version
    /// `queued_at` is the last of: opened, reopened, woken.
    case queueTime
    /// A status follows from what happened.
    case status
    /// Ticket ids rise and are never given again.
    case identifiers
    /// Records have no gap, time does not go back, nothing that is due stays undone.
    case time
    /// A refused command changes nothing; the state is what the records say.
    case records
    /// A request that is sent again under its id does nothing and gets the first answer.
    case once
    /// Wrap-ups, pauses and leases begin and end when they should.
    case attendance
    /// Every message is in the thread of one ticket, once, whatever was merged and split.
    case threads
    /// What a restart recovers is what was there.
    case restart
    /// The server's own verification finds nothing.
    case verify
}

/// A rule that was broken.
public struct Violation: Error, Sendable, CustomStringConvertible {
    public var rule: SimulationRule
    public var what: String

    init(_ rule: SimulationRule, _ what: String) {
        self.rule = rule
        self.what = what
    }

    public var description: String { "\(rule.rawValue): \(what)" }
}

@inline(__always)
func require(
    _ holds: Bool, _ rule: SimulationRule, _ what: @autoclosure () -> String
) throws(Violation) {
    if !holds { throw Violation(rule, what()) }
}
