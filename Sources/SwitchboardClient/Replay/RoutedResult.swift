/// What came out of a routed pass.
package struct RoutedResult: Equatable, Sendable {
    package var arrived = 0
    package var assignedAtOnce = 0
    package var resolved = 0
    /// Tickets that a RESOLVE gave to the agent whose slot it freed.
    package var pulled = 0
    package var seconds = 0.0

    /// Had to wait, and then an agent had room.
    package private(set) var assignedLater = 0
    /// The log's work was done while the ticket still waited: nobody had room, or the group has no agent.
    package private(set) var neverAssigned = 0
    package private(set) var longestWaitSeconds: Int64 = 0
    private var waitSeconds: Int64 = 0

    /// Looks at agents and queues, and the most that one of them found.
    package private(set) var checks = 0
    package private(set) var overCapacity: Set<String> = []
    package private(set) var waitingBesideFree: Set<String> = []
    package private(set) var mostWaiting = 0
    package private(set) var mostHeld = 0

    package init() {}

    /// The mean of those that waited, in seconds; those assigned at once are not in it.
    package var meanWaitSeconds: Int64 {
        let count = Int64(assignedLater + neverAssigned)
        return count == 0 ? 0 : waitSeconds / count
    }

    package mutating func add(_ check: RoutingCheck) {
        checks += 1
        overCapacity.formUnion(check.overCapacity)
        waitingBesideFree.formUnion(check.waitingBesideFree)
        mostWaiting = max(mostWaiting, check.waiting)
        mostHeld = max(mostHeld, check.held)
    }

    /// Adds the wait of one ticket that was not assigned at once: to its assignment, or to its end without one.
    package mutating func addWait(from opened: ServiceTime, to assigned: ServiceTime?, end: ServiceTime) {
        if assigned == nil { neverAssigned += 1 } else { assignedLater += 1 }
        let seconds = ((assigned ?? end).milliseconds - opened.milliseconds) / 1000
        waitSeconds += seconds
        longestWaitSeconds = max(longestWaitSeconds, seconds)
    }

    /// Whether the pass shows what routing promises.
    package var isGood: Bool {
        overCapacity.isEmpty && waitingBesideFree.isEmpty && resolved == arrived
            && assignedAtOnce + assignedLater + neverAssigned == arrived
    }
}
