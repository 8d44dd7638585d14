extension Command {
    package func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        switch self {
        case .open(let command): return try command.value.decide(routing, shards, at: now, into: &events)
        case .replyTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .messageTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .noteTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .assignTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .takeTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .releaseTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .nextTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .transferTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .resolveTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .reopenTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .postponeTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .setTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .discardTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .purgeTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .mergeTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .unmergeTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .splitTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .hangUpTicket(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .acceptOffer(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .declineOffer(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .requestCallback(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .failCallback(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .detail(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .addAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .setAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .removeAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .setPresence(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .pauseAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .loginAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .beatAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .renewLeases(let start):
            return try RenewLeases(now: start).decide(routing, shards, at: now, into: &events)
        case .addSchedule(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .addRoster(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .setRoster(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .removeRoster(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .removeSchedule(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .readyAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .resumeAgent(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .addDepartment(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .setDepartment(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .removeDepartment(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .saveView(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .removeView(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .addFormerName(let command): return try command.decide(routing, shards, at: now, into: &events)
        case .fireTimer(let timer): return try timer.decide(routing, shards, at: now, into: &events)
        case .advanceClock:
            events.append(.clockAdvanced(ClockAdvanced()))
            return .ok
        case .noteInterruption(let event):
            events.append(.journalInterrupted(event))
            return .ok
        case .noteSelfCheck(let event):
            events.append(.selfCheckFailed(event))
            return .ok
        case .routeWaiting:
            return .ok
        }
    }
}
