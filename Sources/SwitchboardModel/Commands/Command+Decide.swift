extension Command {
    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> Decision {
        switch self {
        case .openTicket(let command): try command.decide(routing, shards, at: now)
        case .replyTicket(let command): try command.decide(routing, shards, at: now)
        case .messageTicket(let command): try command.decide(routing, shards, at: now)
        case .noteTicket(let command): try command.decide(routing, shards, at: now)
        case .assignTicket(let command): try command.decide(routing, shards, at: now)
        case .takeTicket(let command): try command.decide(routing, shards, at: now)
        case .releaseTicket(let command): try command.decide(routing, shards, at: now)
        case .nextTicket(let command): try command.decide(routing, shards, at: now)
        case .transferTicket(let command): try command.decide(routing, shards, at: now)
        case .resolveTicket(let command): try command.decide(routing, shards, at: now)
        case .reopenTicket(let command): try command.decide(routing, shards, at: now)
        case .postponeTicket(let command): try command.decide(routing, shards, at: now)
        case .setTicket(let command): try command.decide(routing, shards, at: now)
        case .addAgent(let command): try command.decide(routing, shards, at: now)
        case .setAgent(let command): try command.decide(routing, shards, at: now)
        case .removeAgent(let command): try command.decide(routing, shards, at: now)
        case .setPresence(let command): try command.decide(routing, shards, at: now)
        case .pauseAgent(let command): try command.decide(routing, shards, at: now)
        case .resumeAgent(let command): try command.decide(routing, shards, at: now)
        case .addDepartment(let command): try command.decide(routing, shards, at: now)
        case .setDepartment(let command): try command.decide(routing, shards, at: now)
        case .removeDepartment(let command): try command.decide(routing, shards, at: now)
        case .fireTimer(let timer): try timer.decide(routing, shards, at: now)
        case .advanceClock: Decision(.ok, [.clockAdvanced(ClockAdvanced())])
        case .noteInterruption(let event): Decision(.ok, [.journalInterrupted(event)])
        case .routeWaiting: Decision(.ok, [])
        }
    }
}
