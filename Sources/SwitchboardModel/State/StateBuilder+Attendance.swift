extension StateBuilder {
    /// Throws when what is stored of an agent's times names what is not there, or is longer than can be asked for.
    func requireSound(_ agent: Agent) throws(ByteReader.Malformed) {
        try require(agent.pause?.by.map { isKnown($0) } ?? true, "a pause was given by an agent that is not there")
        try requireSound(agent.times)
        if let asked = agent.asked { try requireSound(asked) }
        var last: UInt32 = 0
        for schedule in agent.schedules {
            try requireSound(schedule)
            try require(
                schedule.number > last && schedule.number <= agent.lastSchedule,
                "a schedule is numbered \(schedule.number) after \(last)")
            last = schedule.number
        }
    }

    func requireSound(_ times: AgentTimes) throws(ByteReader.Malformed) {
        let isLease = times.lease.map { $0 > .zero && $0 <= TimeSpan.longest } ?? true
        try require(isLease, "a lease is longer than 100 years")
    }

    func requireSound(_ request: PauseRequest) throws(ByteReader.Malformed) {
        try require(request.by.map { isKnown($0) } ?? true, "a pause was given by an agent that is not there")
        let isSpan = request.span.map { $0 >= .zero && $0 <= TimeSpan.longest } ?? true
        try require(isSpan, "a pause is asked for that is longer than 100 years")
    }

    func requireSound(_ roster: Roster) throws(ByteReader.Malformed) {
        try require(
            roster.department.position < routing.departments.count, "a roster has a department that is not there")
        let areKnown = (roster.agents + roster.substitutes).allSatisfy { isKnown($0.index) }
        try require(areKnown, "a roster names an agent that is not there")
        try require(
            Int(roster.position) < roster.agents.count && roster.onDuty > 0
                && roster.span >= RosterLimit.turn && roster.span <= TimeSpan.longest,
            "the roster '\(roster.id.rawValue)' has no turns")
    }

    func requireSound(_ schedule: Schedule) throws(ByteReader.Malformed) {
        try require(
            schedule.span > .zero && schedule.span <= ScheduleLimit.span && schedule.at >= .zero
                && schedule.at.milliseconds < RFC3339.millisecondsADay,
            "a planned pause does not fit into a day")
    }
}
