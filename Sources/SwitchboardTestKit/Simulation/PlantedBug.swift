import SwitchboardModel

/// Bugs planted on purpose, one for each promise, so that a test can assert that the simulation finds them.
///
/// They live here and not in the server: each leaves, through the model's own `apply`, the records and the state that a
/// balancer with such a bug would leave. Nothing in the server can reach them, and nothing there pays for them.
public enum PlantedBug: String, CaseIterable, Sendable {
    /// The balancer gives a waiting ticket to an agent who is full.
    case overCapacity
    /// Who comes online is not considered.
    case forgottenPull
    /// A ticket's new owner is noted with the ticket, and the old one's slot is not given back.
    case twoOwners
    /// Of those who wait, the last is served before the head.
    case wrongOrder
    /// Now and then the second of those who wait is served, and the head stays.
    case secondServed
    /// What keeps a ticket from going back to who gave it away is not journaled.
    case lostOnRestart
    /// A request that comes again is carried out again.
    case forgottenRequest
    /// A message that is split off stays where it was, too.
    case doubledMessage
    /// `least_loaded` picks the highest load of the best tier.
    case wrongShare
    /// A later tier is given a ticket though an earlier one has room.
    case wrongTier

    /// The rule by which it should be found.
    public var rule: SimulationRule {
        switch self {
        case .overCapacity: .capacity
        case .forgottenPull: .waiting
        case .twoOwners: .owners
        case .wrongOrder, .secondServed: .order
        case .lostOnRestart: .restart
        case .forgottenRequest: .once
        case .doubledMessage: .threads
        case .wrongShare, .wrongTier: .strategy
        }
    }

    /// What is journaled of a record's events.
    func journaled(_ events: [Event]) -> [Event] {
        guard self == .lostOnRestart else { return events }
        return events.filter { event in
            if case .ticketSkipped = event { false } else { true }
        }
    }
}
