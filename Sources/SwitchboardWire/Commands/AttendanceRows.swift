import SwitchboardModel

/// The commands on when agents are given anything.
enum AttendanceRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "AGENT", "LOGIN", ["id"],
            [
                .option("paused", "yes|no"), .option("reason", "<text>"), .option("for", "<duration>"),
                .option("channels", "ticket,chat,call"), .option("lease", "none|<duration>"),
            ], roles: .agents, "the agent is at work, or there and paused"
        ) { arguments throws(WireError) in
            var command = LoginAgent(id: try arguments["id"].agent())
            command.lease = try arguments.lease
            if try arguments[given: "paused"]?.yesOrNo() ?? false {
                command.pause = try arguments.pauseAtOnce
            } else {
                for key in ["reason", "for", "channels"] as [StaticString] where arguments[given: key] != nil {
                    throw .badArgument("\(key)= is of a pause: it needs paused=yes")
                }
            }
            return .loginAgent(command)
        },
        .write(
            "AGENT", "HEARTBEAT", ["id"], roles: .agents, "the agent is there: the lease runs anew"
        ) { arguments throws(WireError) in .beatAgent(BeatAgent(id: try arguments["id"].agent())) },
        .write("AGENT", "ONLINE", ["id"], roles: .agents, "the agent is at work") { arguments throws(WireError) in
            .setPresence(SetPresence(id: try arguments["id"].agent(), presence: .online))
        },
        .write("AGENT", "OFFLINE", ["id"], roles: .agents, "the agent is away") { arguments throws(WireError) in
            .setPresence(SetPresence(id: try arguments["id"].agent(), presence: .offline))
        },
        .write(
            "AGENT", "PAUSE", ["id"],
            [
                .option("reason", "<text>"), .option("for", "<duration>"), .option("channels", "ticket,chat,call"),
                .option("kind", "drain|return"), .option("when", "now|after"), .option("queue", "yes|no"),
                .option("by", "<agent>"), .option("force", "yes|no"),
            ], roles: .agents, "give the agent nothing new, now or after the present chats and calls"
        ) { arguments throws(WireError) in .pauseAgent(try arguments.pause) },
        .write(
            "AGENT", "RESUME", ["id"], roles: .agents, "end the agent's pause, withdraw one that was asked for"
        ) { arguments throws(WireError) in .resumeAgent(ResumeAgent(id: try arguments["id"].agent())) },
        .write(
            "AGENT", "READY", ["id"], roles: .agents, "end the agent's wrap-up"
        ) { arguments throws(WireError) in .readyAgent(ReadyAgent(id: try arguments["id"].agent())) },
        .write(
            "SCHEDULE", "ADD", ["agent"],
            [
                .option("at", "<hh:mm>", required: true), .option("for", "<duration>", required: true),
                .option("days", "mon,tue,…"), .option("reason", "<text>"), .option("channels", "ticket,chat,call"),
                .option("kind", "drain|return"),
            ], roles: .supervisors, "plan a pause, every day or on some days of the week"
        ) { arguments throws(WireError) in
            var schedule = Schedule()
            schedule.at = try arguments["at"].timeOfDay()
            schedule.span = try arguments["for"].planned()
            if let days = arguments[given: "days"] {
                schedule.days = Weekdays(try days.names(Weekday.self).map { Weekdays($0) })
            }
            schedule.reason = try arguments[given: "reason"]?.text(atMost: TextLimit.title)
            if let channels = arguments[given: "channels"] { schedule.channels = try channels.channels() }
            schedule.kind = try arguments[given: "kind"]?.named() ?? .drain
            return .addSchedule(AddSchedule(agent: try arguments["agent"].agent(), schedule: schedule))
        },
        CommandRow(
            "SCHEDULE", "LIST", [], [.option("agent", "<agent>")] + ListOptions.all, roles: .users,
            "list planned pauses by agent"
        ) { arguments throws(WireError) in
            .query(.listSchedules(try arguments[given: "agent"]?.agent(), try arguments.listRange))
        },
        .write(
            "SCHEDULE", "REMOVE", ["agent", "schedule"], roles: .supervisors, "remove a planned pause"
        ) { arguments throws(WireError) in
            .removeSchedule(
                RemoveSchedule(
                    agent: try arguments["agent"].agent(),
                    number: UInt32(try arguments["schedule"].integer(1...Int(UInt32.max)))))
        },
    ]
}

extension Arguments {
    /// What PAUSE says of a pause.
    fileprivate var pause: PauseAgent {
        get throws(WireError) {
            var command = try pauseAtOnce
            command.kind = try self[given: "kind"]?.named() ?? .drain
            if let when = self[given: "when"] { command.isAfterWork = try when.named(PauseTime.self) == .after }
            command.queues = try self[given: "queue"]?.yesOrNo() ?? false
            command.by = try self[given: "by"]?.agent()
            command.force = try self[given: "force"]?.yesOrNo() ?? false
            return command
        }
    }

    /// What LOGIN says of a pause as well.
    fileprivate var pauseAtOnce: PauseAgent {
        get throws(WireError) {
            var command = PauseAgent(id: try self["id"].agent())
            command.reason = try self[given: "reason"]?.text(atMost: TextLimit.title)
            if let span = self[given: "for"] {
                command.span = try span.duration()
                guard command.span != .zero else { throw span.invalid("longer than nothing") }
            }
            if let channels = self[given: "channels"] { command.channels = try channels.channels() }
            return command
        }
    }
}

/// When a pause begins.
private enum PauseTime: UInt8, Named {
    case now = 0
    case after = 1

    var name: String {
        switch self {
        case .now: "now"
        case .after: "after"
        }
    }
}

extension Argument {
    func channels() throws(WireError) -> ChannelSet { ChannelSet(try names(Channel.self).map { ChannelSet($0) }) }

    /// How long a planned pause is.
    fileprivate func planned() throws(WireError) -> TimeSpan {
        let span = try duration()
        guard span > .zero, span <= ScheduleLimit.span else { throw invalid("longer than nothing and below a day") }
        return span
    }

    /// `12:30`
    func timeOfDay() throws(WireError) -> TimeSpan {
        guard let minutes = Self.minutes(memory), minutes < 24 * 60 else {
            throw invalid("a time of day from 00:00 to 23:59")
        }
        return .seconds(Int64(minutes) * 60)
    }

    /// `+02:00`
    func utcOffset() throws(WireError) -> TimeSpan {
        let isBehind = memory.first == UInt8(ascii: "-")
        guard isBehind || memory.first == UInt8(ascii: "+"),
            let minutes = Self.minutes(UnsafeRawBufferPointer(rebasing: memory.dropFirst())),
            TimeSpan.seconds(Int64(minutes) * 60) <= AgentTimes.furthestOffset
        else { throw invalid("an offset from -14:00 to +14:00, such as +02:00") }
        return .seconds(Int64(isBehind ? -minutes : minutes) * 60)
    }

    /// Hours and minutes of two digits each. Unowned memory, because it is only read during the call.
    private static func minutes(_ text: UnsafeRawBufferPointer) -> Int? {
        guard text.count == 5, text[2] == UInt8(ascii: ":"),
            let hours = decimal(UnsafeRawBufferPointer(rebasing: text[0..<2])),
            let minutes = decimal(UnsafeRawBufferPointer(rebasing: text[3..<5])), minutes < 60
        else { return nil }
        return Int(hours) * 60 + Int(minutes)
    }
}
