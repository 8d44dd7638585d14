import SwitchboardModel

extension Shadow {
    /// Follows an event on rosters.
    mutating func applyToRosters(_ event: Event) {
        switch event {
        case .rosterChanged(let event):
            rosters.removeAll { $0.number == event.roster.number }
            rosters.append(event.roster)
        case .rosterRemoved(let event):
            rosters.removeAll { $0.number == event.number }
        case .rosterTurned(let event):
            for place in rosters.indices where rosters[place].number == event.number {
                if rosters[place].isRunning {
                    for _ in 0..<rosters[place].onDuty {
                        rosters[place].position += 1
                        if rosters[place].position == rosters[place].agents.count { rosters[place].position = 0 }
                    }
                }
                rosters[place].isRunning = true
                rosters[place].substitutes = []
            }
        default: break
        }
    }

    /// Whether others have duty on the channel of the department, and the agent has none.
    func isOffDuty(_ agent: Int, _ department: Int, _ channel: Channel) -> Bool {
        var isCovered = false
        for roster in rosters where roster.isRunning && roster.channels.contains(channel) {
            guard Int(roster.department.rawValue) == department else { continue }
            isCovered = true
            var duty = roster.substitutes.map { Int($0.index.rawValue) }
            if duty.isEmpty {
                let twice = roster.agents + roster.agents
                duty = twice.dropFirst(Int(roster.position)).prefix(min(Int(roster.onDuty), roster.agents.count))
                    .map { Int($0.index.rawValue) }
            }
            if duty.contains(agent) { return false }
        }
        return isCovered
    }
}
