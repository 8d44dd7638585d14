extension StateImage {
    /// Wrap-ups and planned pauses are timed, and no pause that was asked for waits for what is there already.
    func verifyAttendance(_ derived: borrowing Routing, _ result: inout Verification) {
        result.check(
            routing.pauseWaits.elementsEqual(derived.pauseWaits),
            "\(routing.pauseWaits.count) wait for a pause, the agents say \(derived.pauseWaits.count)")
        for roster in routing.rosters.values {
            result.check(
                routing.timers.due(.rosterTurns(roster.number)) != nil,
                "the roster '\(roster.id.rawValue)' is not timed")
        }
        for index in 0..<routing.agents.count {
            let agent = routing.agents[index]
            let duty = derived.agents[index].memberships.map(\.offDuty)
            result.check(
                agent.isRemoved || agent.memberships.map(\.offDuty) == duty,
                "agent '\(agent.id.rawValue)' has another duty than the rosters say")
            let (name, held) = (agent.id.rawValue, derived.agents[index].holds.conversations)
            result.check(
                agent.holds.conversations == held,
                "agent '\(name)' has \(agent.holds.conversations) chats and calls in progress, the tickets say \(held)")
            result.check(
                routing.timers.due(.wrapUpEnds(agent.index)) == agent.wrapUp?.until,
                "agent '\(name)' has a wrap-up whose end is not timed")
            let lease = routing.timers.due(.leaseEnds(agent.index))
            result.check(
                (lease != nil) == (agent.presence == .online && agent.times.lease != nil),
                "agent '\(name)' has a lease whose end is not timed")
            result.check(
                (routing.timers.due(.recoveryEnds(agent.index)) != nil) == (agent.presence == .recovering),
                "agent '\(name)' is \(agent.presence.name) and that is not timed")
            for schedule in agent.schedules {
                let due = routing.timers.due(.scheduleBegins(agent.index, schedule.number))
                result.check(due != nil, "agent '\(name)' has a planned pause that is not timed")
            }
            guard let asked = agent.asked else { continue }
            switch asked.stage {
            case .work:
                result.check(agent.isFinishing, "agent '\(name)' has nothing to finish before the pause")
            case .place:
                result.check(
                    derived.fullOfPauses(agent.index) != nil,
                    "agent '\(name)' waits for a pause, and all the agent's departments have room")
            }
        }
    }
}
