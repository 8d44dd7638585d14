import SwitchboardModel

extension Command {
    /// The command as it could be typed, for a person to read.
    var line: String {
        switch self {
        case .open(let kept): kept.value.line
        case .replyTicket(let c): "TICKET REPLY \(c.ticket.rawValue) by=\(c.by.rawValue) body=\(c.body)"
        case .messageTicket(let c): "TICKET MESSAGE \(c.ticket.rawValue) body=\(c.body)" + option("ref", c.reference)
        case .noteTicket(let c): "TICKET NOTE \(c.ticket.rawValue) by=\(c.by.rawValue) body=\(c.body)"
        case .assignTicket(let c):
            "TICKET ASSIGN \(c.ticket.rawValue) \(c.agent.rawValue)" + option("by", c.by?.rawValue) + force(c.force)
        case .takeTicket(let c): "TICKET TAKE \(c.ticket.rawValue) by=\(c.by.rawValue)" + force(c.force)
        case .releaseTicket(let c): "TICKET RELEASE \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .nextTicket(let c): "TICKET NEXT by=\(c.by.rawValue)" + option("channel", c.channel?.name)
        case .transferTicket(let c):
            "TICKET TRANSFER \(c.ticket.rawValue) dept=\(c.department.rawValue)" + option("agent", c.agent?.rawValue)
                + option("by", c.by?.rawValue) + option("note", c.note)
        case .resolveTicket(let c): "TICKET RESOLVE \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .reopenTicket(let c): "TICKET REOPEN \(c.ticket.rawValue)"
        case .postponeTicket(let c): "TICKET POSTPONE \(c.ticket.rawValue) \(c.until.text)"
        case .setTicket(let c):
            "TICKET SET \(c.ticket.rawValue)" + option("priority", c.priority.map { String($0) })
                + option("weight", c.weight.map { String($0) }) + option("subject", c.subject)
        case .discardTicket(let c):
            "TICKET \(c.reason == .spam ? "SPAM" : "DELETE") \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .purgeTicket(let c): "TICKET PURGE \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .mergeTicket(let c):
            "TICKET MERGE \(c.ticket.rawValue) into=\(c.into.rawValue)" + option("by", c.by?.rawValue)
        case .unmergeTicket(let c): "TICKET UNMERGE \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .splitTicket(let c):
            "TICKET SPLIT \(c.ticket.rawValue) \(c.selection.text)" + option("dept", c.department?.rawValue)
                + option("agent", c.agent?.rawValue) + option("weight", c.weight.map { String($0) })
                + option("by", c.by?.rawValue)
        case .requestCallback(let c): "TICKET CALLBACK \(c.ticket.rawValue)" + option("phone", c.phone)
        case .failCallback(let c): "TICKET NOANSWER \(c.ticket.rawValue)"
        case .hangUpTicket(let c): "TICKET HANGUP \(c.ticket.rawValue)" + option("by", c.by?.rawValue)
        case .acceptOffer(let c): "OFFER ACCEPT \(c.ticket.rawValue) by=\(c.by.rawValue)" + option("token", c.token)
        case .declineOffer(let c): "OFFER DECLINE \(c.ticket.rawValue) by=\(c.by.rawValue)" + option("token", c.token)
        case .detail(let c): "\(type(of: c).name) \(c.ticket.rawValue)"
        case .addAgent(let c):
            "AGENT ADD \(c.id.rawValue) \(c.memberships.text) \(c.capacity.text)"
        case .setAgent(let c):
            "AGENT SET \(c.id.rawValue)" + (c.memberships.map { " " + $0.text } ?? "")
                + option("ticket", c.ticketCapacity.map { String($0) })
                + option("pause_budget", c.pauseBudget.map { $0?.text ?? "none" })
                + option("utc_offset", c.offset?.text)
                + option("lease", c.lease.map { $0?.text ?? "none" })
                + option("chat", c.chatCapacity.map { String($0) }) + option("call", c.callCapacity.map { String($0) })
        case .removeAgent(let c): "AGENT REMOVE \(c.id.rawValue)"
        case .setPresence(let c): "AGENT \(c.presence == .online ? "ONLINE" : "OFFLINE") \(c.id.rawValue)"
        case .pauseAgent(let c):
            "AGENT PAUSE \(c.id.rawValue) kind=\(c.kind.name) channels=\(c.channels.text)"
                + option("for", c.span?.text) + (c.isAfterWork ? " when=after" : "") + (c.queues ? " queue=yes" : "")
                + option("by", c.by?.rawValue) + force(c.force)
        case .addSchedule(let c):
            "SCHEDULE ADD \(c.agent.rawValue) at=\(c.schedule.at.text) for=\(c.schedule.span.text) days=\(c.schedule.days.rawValue)"
        case .addRoster(let c):
            "ROSTER ADD \(c.id.rawValue) dept=\(c.department.rawValue) agents=\(c.agents.map(\.rawValue)) "
                + "rotate=\(c.span.text) channels=\(c.channels.text) on_duty=\(c.onDuty)"
        case .setRoster(let c): "ROSTER SET \(c.id.rawValue) duty=\(c.duty.map(\.rawValue))"
        case .removeRoster(let c): "ROSTER REMOVE \(c.id.rawValue)"
        case .removeSchedule(let c): "SCHEDULE REMOVE \(c.agent.rawValue) \(c.number)"
        case .loginAgent(let c):
            "AGENT LOGIN \(c.id.rawValue)" + (c.pause == nil ? "" : " paused=yes")
                + option("lease", c.lease.map { $0?.text ?? "none" })
        case .beatAgent(let c): "AGENT HEARTBEAT \(c.id.rawValue)"
        case .renewLeases: "(start)"
        case .readyAgent(let c): "AGENT READY \(c.id.rawValue)"
        case .resumeAgent(let c): "AGENT RESUME \(c.id.rawValue)"
        case .addDepartment(let c):
            "DEPT ADD \(c.id.rawValue)\(c.settings.text)" + option("overflow", c.overflow.base.map { "\($0)" })
        case .setDepartment(let c):
            "DEPT SET \(c.id.rawValue)\(c.base.text(""))" + c.own.text
                + option("overflow", c.overflow.base.map { "\($0)" })
                + option("slot", c.slot?.name)
                + option("max_paused", c.maxPaused.map { $0.map { String($0) } ?? "none" })
        case .removeDepartment(let c): "DEPT REMOVE \(c.id.rawValue)"
        case .saveView(let c):
            "VIEW SAVE \(c.id.rawValue) filter=\(c.filter)" + option("owner", c.owner?.rawValue)
                + option("shared", c.isShared.map { $0 ? "yes" : "no" })
        case .removeView(let c): "VIEW REMOVE \(c.id.rawValue)" + option("by", c.by?.rawValue)
        case .addFormerName(let c): "\(c.isDepartment ? "DEPT" : "AGENT") FORMER \(c.id) n=\(c.number)"
        case .fireTimer(let timer): "(timer \(timer.purpose))"
        case .advanceClock: "(clock)"
        case .noteInterruption: "(interruption)"
        case .noteSelfCheck: "(self-check)"
        case .routeWaiting: "(route)"
        }
    }
}

private func option(_ name: String, _ value: String?) -> String { value.map { " \(name)=\($0)" } ?? "" }
private func force(_ isForced: Bool) -> String { isForced ? " force=yes" : "" }

extension TimeSpan {
    var text: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }
}

extension SplitTicket.Selection {
    fileprivate var text: String {
        switch self {
        case .duplicate: "auto=yes"
        case .numbers(let ranges):
            "messages=" + ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
        }
    }
}

extension PostponeTicket.Until {
    fileprivate var text: String {
        switch self {
        case .time(let time): "until=\(time.milliseconds)ms"
        case .span(let span): "for=\(span.text)"
        }
    }
}

extension [MembershipRequest] {
    fileprivate var text: String {
        "depts=" + map { "\($0.department.rawValue):\($0.tier)" }.joined(separator: ",")
    }
}

extension PerChannel<UInt32> {
    fileprivate var text: String { "ticket=\(ticket) chat=\(chat) call=\(call)" }
}

extension ChannelSet {
    fileprivate var text: String { channels.map(\.name).joined(separator: ",") }
}

extension DepartmentSettings {
    fileprivate var text: String {
        base.text("") + own.text + " slot=\(slot.name)" + option("max_paused", maxPaused.map { String($0) })
    }
}

extension PerChannel<ChannelSettings> {
    fileprivate var text: String { Channel.allCases.map { self[$0].text("\($0.name).") }.joined() }
}

extension ChannelSettings {
    fileprivate func text(_ prefix: String) -> String {
        let ageing: String? =
            switch self.ageing {
            case nil: nil
            case .some(.none): "none"
            case .headStart(let span): span.text
            }
        return option(prefix + "strategy", strategy?.name) + option(prefix + "ageing", ageing)
            + option(prefix + "retry", retry?.text) + option(prefix + "offline", absence?.name)
            + option(prefix + "grace", grace?.text) + option(prefix + "reopen", reopen.map { $0 ? "yes" : "no" })
            + option(prefix + "assign", assignment?.name) + option(prefix + "ring", ring?.text)
            + option(prefix + "offers", offers.map { String($0) }) + option(prefix + "backoff", backoff?.text)
            + option(prefix + "auto_pause", mostMissed.map { String($0) })
            + option(prefix + "max_queue", maxQueue.map { $0.map { String($0) } ?? "none" })
            + option(prefix + "max_wait", maxWait.map { $0?.text ?? "none" })
            + option(prefix + "when_empty", whenEmpty?.name)
            + option(prefix + "callback_tries", callbackAttempts.map { String($0) })
            + option(prefix + "callback_delay", callbackDelay?.text)
            + option(prefix + "wrapup", wrapUp?.text)
            + option(prefix + "weight", weight.map { String($0) })
            + option(prefix + "answer_within", answerWithin?.text)
    }
}

extension OpenTicket {
    fileprivate var line: String {
        "TICKET OPEN channel=\(channel.name) dept=\(department.rawValue) priority=\(priority)"
            + option("agent", agent?.rawValue) + option("source", source.isEmpty ? nil : source)
            + option("ref", reference) + option("weight", weight.map { String($0) })
    }
}
