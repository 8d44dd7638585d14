/// What an agent is doing, as departments count it: the first of these that holds.
public enum AgentState: UInt8, CaseIterable, Sendable {
    case offline = 0
    case recovering = 1
    /// On any channel.
    case paused = 2
    case wrapUp = 3
    /// Online and none of these: given work where there is room.
    case ready = 4

    public var name: String {
        switch self {
        case .offline: "offline"
        case .recovering: "recovering"
        case .paused: "paused"
        case .wrapUp: "wrapup"
        case .ready: "ready"
        }
    }
}

extension Agent {
    var state: AgentState {
        switch presence {
        case .offline: .offline
        case .recovering: .recovering
        case .online: pause != nil ? .paused : wrapUp != nil ? .wrapUp : .ready
        }
    }
}
