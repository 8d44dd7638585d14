import SwitchboardModel

extension Command {
    /// The ticket that the command writes to.
    var ticket: TicketID? {
        switch self {
        case .replyTicket(let command): command.ticket
        case .messageTicket(let command): command.ticket
        case .noteTicket(let command): command.ticket
        case .assignTicket(let command): command.ticket
        case .takeTicket(let command): command.ticket
        case .releaseTicket(let command): command.ticket
        case .transferTicket(let command): command.ticket
        case .resolveTicket(let command): command.ticket
        case .reopenTicket(let command): command.ticket
        case .postponeTicket(let command): command.ticket
        case .setTicket(let command): command.ticket
        case .discardTicket(let command): command.ticket
        case .purgeTicket(let command): command.ticket
        case .mergeTicket(let command): command.ticket
        case .unmergeTicket(let command): command.ticket
        case .splitTicket(let command): command.ticket
        case .hangUpTicket(let command): command.ticket
        case .requestCallback(let command): command.ticket
        case .failCallback(let command): command.ticket
        case .acceptOffer(let command): command.ticket
        case .declineOffer(let command): command.ticket
        case .detail(let command): command.ticket
        case .open, .nextTicket, .addAgent, .setAgent, .removeAgent, .setPresence, .pauseAgent, .resumeAgent,
            .readyAgent, .addSchedule, .removeSchedule, .addRoster, .setRoster, .removeRoster, .loginAgent, .beatAgent,
            .renewLeases,
            .addDepartment, .setDepartment, .removeDepartment, .saveView, .removeView, .addFormerName, .fireTimer,
            .advanceClock, .noteInterruption, .noteSelfCheck, .routeWaiting:
            nil
        }
    }

    /// The same command, for that version of its ticket only.
    func with(version: UInt32) -> Command {
        switch self {
        case .replyTicket(let command): .replyTicket(changed(command) { $0.version = version })
        case .messageTicket(let command): .messageTicket(changed(command) { $0.version = version })
        case .noteTicket(let command): .noteTicket(changed(command) { $0.version = version })
        case .assignTicket(let command): .assignTicket(changed(command) { $0.version = version })
        case .takeTicket(let command): .takeTicket(changed(command) { $0.version = version })
        case .releaseTicket(let command): .releaseTicket(changed(command) { $0.version = version })
        case .transferTicket(let command): .transferTicket(changed(command) { $0.version = version })
        case .resolveTicket(let command): .resolveTicket(changed(command) { $0.version = version })
        case .reopenTicket(let command): .reopenTicket(changed(command) { $0.version = version })
        case .postponeTicket(let command): .postponeTicket(changed(command) { $0.version = version })
        case .setTicket(let command): .setTicket(changed(command) { $0.version = version })
        case .discardTicket(let command): .discardTicket(changed(command) { $0.version = version })
        case .purgeTicket(let command): .purgeTicket(changed(command) { $0.version = version })
        case .mergeTicket(let command): .mergeTicket(changed(command) { $0.version = version })
        case .unmergeTicket(let command): .unmergeTicket(changed(command) { $0.version = version })
        case .splitTicket(let command): .splitTicket(changed(command) { $0.version = version })
        case .requestCallback(let command): .requestCallback(changed(command) { $0.version = version })
        case .failCallback(let command): .failCallback(changed(command) { $0.version = version })
        case .hangUpTicket(let command): .hangUpTicket(changed(command) { $0.version = version })
        case .acceptOffer(let command): .acceptOffer(changed(command) { $0.version = version })
        case .declineOffer(let command): .declineOffer(changed(command) { $0.version = version })
        case .detail(let command): .detail(changed(command) { $0.version = version })
        case .open, .nextTicket, .addAgent, .setAgent, .removeAgent, .setPresence, .pauseAgent, .resumeAgent,
            .readyAgent, .addSchedule, .removeSchedule, .addRoster, .setRoster, .removeRoster, .loginAgent, .beatAgent,
            .renewLeases,
            .addDepartment, .setDepartment, .removeDepartment, .saveView, .removeView, .addFormerName, .fireTimer,
            .advanceClock, .noteInterruption, .noteSelfCheck, .routeWaiting:
            self
        }
    }

    private func changed<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
        var value = value
        change(&value)
        return value
    }
}
