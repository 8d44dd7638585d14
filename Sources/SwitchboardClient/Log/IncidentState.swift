/// The states of an incident, named as the log names them.
package enum IncidentState: String, Hashable, CaseIterable, Sendable {
    case new = "New"
    case active = "Active"
    case awaitingUserInfo = "Awaiting User Info"
    case awaitingVendor = "Awaiting Vendor"
    case awaitingProblem = "Awaiting Problem"
    case awaitingEvidence = "Awaiting Evidence"
    case resolved = "Resolved"
    case closed = "Closed"
    /// The log's own name for a state that its source could not tell.
    case unknown = "-100"

    /// Whether the work is done: what Switchboard calls `resolved`. The log's Closed adds nothing to it but time.
    package var isFinished: Bool {
        switch self {
        case .resolved, .closed: true
        case .new, .active, .awaitingUserInfo, .awaitingVendor, .awaitingProblem, .awaitingEvidence, .unknown: false
        }
    }
}

/// A change of state from one row of an incident to the next.
package struct StateChange: Hashable, Sendable, CustomStringConvertible {
    package let from: IncidentState
    package let to: IncidentState

    package init(from: IncidentState, to: IncidentState) {
        self.from = from
        self.to = to
    }

    /// The ticket's change that stands for this one.
    package var counterpart: Counterpart {
        switch (from.isFinished, to.isFinished) {
        case (false, true): .resolve
        case (true, false): .reopen
        case (true, true): .none
        case (false, false): from == .awaitingUserInfo && to == .active ? .customerMessage : .none
        }
    }

    package enum Counterpart: Sendable {
        case resolve, reopen, customerMessage
        /// The server has nothing of the kind.
        case none
    }

    package var description: String { "\(from.rawValue) -> \(to.rawValue)" }
}
