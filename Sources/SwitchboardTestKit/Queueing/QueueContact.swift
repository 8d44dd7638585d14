/// One contact of a run. Times are whole milliseconds from the start of the run.
public struct QueueContact: Equatable, Sendable {
    public enum Fate: Sendable {
        case waiting
        /// Somebody has or had it.
        case served
        /// Gave up, or was sent away after its wait.
        case gone
        /// Not let in.
        case refused
    }

    public var arrival: Int64
    /// Drawn before it comes: how long it will take, and how long it would wait.
    public var service: Int64
    public var patience: Int64
    public var fate = Fate.waiting
    /// When it stopped to wait.
    public var left: Int64 = 0

    public init(arrival: Int64, service: Int64, patience: Int64) {
        self.arrival = arrival
        self.service = service
        self.patience = patience
    }

    public var wait: Int64 { left - arrival }
}

/// What becomes of contacts where whoever came first is served first by whichever server is free first: the recursion of J. Kiefer
/// and J. Wolfowitz, "On the theory of queues with many servers" (1955), extended by who is refused and who gives up. It is
/// exact for each contact, has no queue and no agent, and knows nothing of Switchboard.
public struct ContactRecursion {
    /// When each server is free.
    private var free: [Int64]
    /// When each of those who waited stopped to.
    private var leaving: [Int64] = []
    private let places: Int?

    public init(_ system: QueueSystem) {
        free = [Int64](repeating: .min, count: system.servers)
        if case .places(let places) = system.rule { self.places = places } else { places = nil }
    }

    /// Contacts in the order in which they come.
    public mutating func foretell(_ contact: QueueContact) -> QueueContact {
        var contact = contact
        var next = 0
        for server in free.indices where free[server] < free[next] { next = server }
        let begin = max(contact.arrival, free[next])
        leaving.removeAll { $0 <= contact.arrival }
        if begin > contact.arrival, let places, leaving.count >= places {
            contact.fate = .refused
            contact.left = contact.arrival
        } else if begin - contact.arrival > contact.patience {
            contact.fate = .gone
            contact.left = contact.arrival + contact.patience
        } else {
            contact.fate = .served
            contact.left = begin
            free[next] = begin + contact.service
        }
        if contact.wait > 0 { leaving.append(contact.left) }
        return contact
    }
}
