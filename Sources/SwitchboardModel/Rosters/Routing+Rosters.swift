extension Routing {
    /// Applies an event on rosters. Never fails.
    mutating func applyToRosters(_ event: Event, at time: Timestamp) {
        switch event {
        case .rosterChanged(let event):
            let number = event.roster.number
            if rosters[number] == nil { timers.set(.rosterTurns(number), due: event.roster.next(after: time)) }
            rosters[number] = event.roster
            refreshDuty(event.roster.department)
        case .rosterRemoved(let event):
            timers.cancel(.rosterTurns(event.number))
            if let old = rosters.removeValue(forKey: event.number) { refreshDuty(old.department) }
        case .rosterTurned(let event):
            timers.cancel(.rosterTurns(event.number))
            guard var roster = rosters[event.number] else { return }
            roster.turn()
            rosters[event.number] = roster
            timers.set(.rosterTurns(event.number), due: roster.next(after: time))
            refreshDuty(roster.department)
        default:
            preconditionFailure("\(event) does not concern a roster")
        }
    }

    func roster(_ id: RosterID) throws(Rejection) -> Roster {
        for roster in rosters.values where roster.id == id { return roster }
        throw Rejection(.notFound, "no roster '\(id.rawValue)'")
    }

    /// The channels of the department on which the agent has no duty, and others have.
    private func offDuty(_ agent: AgentIndex, _ department: DepartmentIndex) -> ChannelSet {
        var covered = ChannelSet()
        var own = ChannelSet()
        for roster in rosters.values where roster.department == department {
            guard let duty = roster.duty else { continue }
            covered.formUnion(roster.channels)
            if duty.contains(agent) { own.formUnion(roster.channels) }
        }
        return covered.subtracting(own)
    }

    /// The memberships with the duty that goes with them.
    func withDuty(_ memberships: [Membership], of agent: AgentIndex) -> [Membership] {
        guard !rosters.isEmpty else { return memberships }
        return memberships.map { membership in
            var membership = membership
            membership.offDuty = offDuty(agent, membership.department)
            return membership
        }
    }

    /// Follows a change of who has duty in a department.
    private mutating func refreshDuty(_ department: DepartmentIndex) {
        for agent in Array(staff[department.position].members) {
            let place = agents[agent.position].memberships.firstIndex { $0.department == department }
            guard let place else { continue }
            let new = offDuty(agent, department)
            let changed = agents[agent.position].memberships[place].offDuty.symmetricDifference(new)
            guard !changed.isEmpty else { continue }
            for channel in changed.channels { withdraw(agent, channel) }
            agents[agent.position].memberships[place].offDuty = new
            for channel in changed.channels {
                propose(agent, channel)
                // Others may have what waited for this agent.
                reconsider(QueueIndex(department, channel))
            }
        }
    }

    /// The events with which an agent leaves the rosters of these departments.
    func leavingRosters(_ agent: AgentIndex, where leaves: (DepartmentIndex) -> Bool) -> [Event] {
        var events: [Event] = []
        for roster in Self.sorted(rosters) where leaves(roster.department) {
            guard
                roster.agents.contains(where: { $0.index == agent })
                    || roster.substitutes.contains(where: { $0.index == agent })
            else { continue }
            guard let left = roster.without(agent) else {
                var event = RosterRemoved()
                event.number = roster.number
                events.append(.rosterRemoved(event))
                continue
            }
            var event = RosterChanged()
            event.roster = left
            events.append(.rosterChanged(event))
        }
        return events
    }

    static func sorted(_ rosters: [UInt32: Roster]) -> [Roster] {
        rosters.values.sorted { $0.number < $1.number }
    }
}
