import SwitchboardModel

extension QueueCase {
    /// The cases that are compared with theory: every rule of waiting, every strategy that picks by itself, both ways of
    /// assigning, agents with one slot and with several.
    ///
    /// Times are minutes, so that a clock of whole milliseconds changes them by less than a hundred-thousandth.
    public static let all: [QueueCase] = [
        QueueCase(10, 8, .places(0), .longestIdle),
        QueueCase(12, 10, .places(0), .maxUtilisation, channel: .chat, slots: 3),
        QueueCase(5, 3.5, .everyone, .leastLoaded),
        QueueCase(4, 2.8, .everyone, .topDown, .offer),
        QueueCase(6, 4.2, .everyone, .leastLoaded, .offer, channel: .chat, slots: 3),
        QueueCase(5, 5, .places(5), .random),
        QueueCase(3, 2.5, .places(4), .fewestContacts, .offer),
        QueueCase(10, 11, .patience(200), .roundRobin),
        QueueCase(5, 4.5, .patience(300), .ringAll, .offer),
        QueueCase(5, 4.5, .limit(60), .weighted),
    ]

    private init(
        _ servers: Int, _ offered: Double, _ rule: WaitingRule, _ strategy: Strategy,
        _ assignment: AssignmentMode = .direct, channel: Channel = .call, slots: Int = 1
    ) {
        self.init(QueueSystem(servers: servers, service: 300, offered: offered, rule: rule))
        self.strategy = strategy
        self.assignment = assignment
        self.channel = channel
        self.slots = slots
    }
}
