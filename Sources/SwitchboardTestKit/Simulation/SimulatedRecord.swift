import SwitchboardModel

/// A journal record as a checker sees it.
struct SimulatedRecord: Sendable {
    var number: UInt64
    var time: Timestamp
    var events: [Event]
    /// The client's command that caused it; `nil`: a timer, the clock, or the rest of what one record could not hold.
    var command: Command?
}

/// What one or several commands led to.
struct SimulatedTurn: Sendable {
    var records: [SimulatedRecord] = []
    /// One for each command.
    var outcomes: [Outcome] = []
}
