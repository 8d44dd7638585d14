import SwitchboardModel

/// The commands on departments.
enum DepartmentRows {
    private static let settings: [OptionSpec] = [
        .option("title", "<text>"),
        .scoped(
            "strategy",
            "manual|least_loaded|max_utilisation|round_robin|longest_idle|fewest_contacts|random|weighted|top_down|ring_all"
        ),
        .scoped("ageing", "none|<duration>"),
        .scoped("retry", "<duration>"),
        .scoped("offline", "keep|release|requeue"),
        .scoped("grace", "<duration>"),
        .scoped("reopen", "yes|no"),
        .scoped("assign", "direct|offer"),
        .scoped("ring", "<duration>"),
        .scoped("offers", "<count>"),
        .scoped("backoff", "<duration>"),
        .scoped("auto_pause", "none|<count>"),
        .scoped("tier_wait", "none|<duration>"),
        .scoped("relax", "none|<duration>[:<step>]"),
        .scoped("last_agent", "none|<duration>"),
        .scoped("last_agent_wait", "<duration>"),
        .scoped("max_queue", "none|<count>"),
        .scoped("max_wait", "none|<duration>"),
        .scoped("overflow", "none|callback|message|reject|<dept>"),
        .scoped("when_empty", "wait|overflow"),
        .scoped("callback_tries", "<count>"),
        .scoped("callback_delay", "<duration>"),
        .scoped("wrapup", "<duration>"),
        .scoped("weight", "1…100"),
        .scoped("answer_within", "none|<duration>"),
        .option("slot", "until_resolved|until_answered"),
        .option("max_paused", "none|<count>"),
        .option("delivery_details", "<duration>"),
    ]
    private static let scopes = Channel.allCases.map(\.name)

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "DEPT", "ADD", ["name"], settings, scopes: scopes, roles: .admins,
            "add a department; a setting for one channel alone is chat.ring=10s"
        ) {
            arguments throws(WireError) in
            let change = try change(arguments)
            var command = AddDepartment(id: change.id)
            command.title = change.title ?? ""
            command.settings = change.applied(to: DepartmentSettings())
            command.overflow = change.overflow
            return .addDepartment(command)
        },
        .write(
            "DEPT", "SET", ["name"], settings, scopes: scopes, roles: .admins,
            "change settings; for one channel alone as in chat.ring=10s"
        ) { arguments throws(WireError) in .setDepartment(try change(arguments)) },
        CommandRow("DEPT", "SHOW", ["name"], roles: .users, "show a department") { arguments throws(WireError) in
            .query(.showDepartment(try arguments["name"].department()))
        },
        CommandRow("DEPT", "LIST", [], ListOptions.all, roles: .users, "list departments by name") {
            arguments throws(WireError) in .query(.listDepartments(try arguments.listRange))
        },
        .write(
            "DEPT", "REMOVE", ["name"], roles: .admins, "remove a department without agents or unfinished tickets"
        ) { arguments throws(WireError) in
            .removeDepartment(RemoveDepartment(id: try arguments["name"].department()))
        },
        CommandRow(
            "DEPT", "PAUSES", ["name"], ListOptions.all, roles: .users,
            "list who is paused, who will be after their work, who waits for a place"
        ) { arguments throws(WireError) in
            .query(.departmentPauses(try arguments["name"].department(), try arguments.listRange))
        },
        CommandRow(
            "DEPT", "QUEUE", ["name"], [.option("channel", "ticket|chat|call")] + ListOptions.all, roles: .users,
            "list waiting tickets: calls, chats, tickets, each in the order in which they will be served"
        ) { arguments throws(WireError) in
            .query(
                .departmentQueue(
                    try arguments["name"].department(), try arguments[given: "channel"]?.named(),
                    try arguments.listRange))
        },
    ]

    private static func change(_ arguments: borrowing Arguments) throws(WireError) -> SetDepartment {
        var command = SetDepartment(id: try arguments["name"].department())
        command.title = try arguments[given: "title"]?.text(atMost: TextLimit.title)
        command.base = try arguments.channelSettings
        for channel in Channel.allCases { command.own[channel] = try arguments.scope(channel.name).channelSettings }
        command.overflow.base = try arguments[given: "overflow"]?.overflow()
        for channel in Channel.allCases {
            command.overflow.own[channel] = try arguments.scope(channel.name)[given: "overflow"]?.overflow()
        }
        if command.own.ticket.wrapUp != nil { throw .badArgument("ticket.wrapup= is none: only chats and calls end") }
        if command.own.call.answerWithin != nil {
            throw .badArgument("call.answer_within= is none: who picks up a call has answered")
        }
        command.slot = try arguments[given: "slot"]?.named()
        if let limit = arguments[given: "max_paused"] {
            command.maxPaused = .some(limit.matches("NONE") ? nil : UInt32(try limit.integer(0...1_000_000)))
        }
        command.deliveryDetails = try arguments[given: "delivery_details"]?.duration()
        return command
    }
}

extension Arguments {
    fileprivate var channelSettings: ChannelSettings {
        get throws(WireError) {
            var settings = ChannelSettings()
            settings.strategy = try self[given: "strategy"]?.named()
            if let ageing = self[given: "ageing"] {
                settings.ageing = ageing.matches("NONE") ? Ageing.none : .headStart(try ageing.duration())
            }
            settings.retry = try self[given: "retry"]?.duration()
            settings.absence = try self[given: "offline"]?.named()
            settings.grace = try self[given: "grace"]?.duration()
            settings.reopen = try self[given: "reopen"]?.yesOrNo()
            settings.assignment = try self[given: "assign"]?.named()
            settings.ring = try self[given: "ring"]?.atLeastASecond()
            settings.offers = try self[given: "offers"].map { (value) throws(WireError) in
                UInt8(try value.integer(1...50))
            }
            if let most = self[given: "max_queue"] {
                settings.maxQueue = .some(most.matches("NONE") ? nil : UInt32(try most.integer(0...1_000_000_000)))
            }
            if let longest = self[given: "max_wait"] {
                settings.maxWait = .some(longest.matches("NONE") ? nil : try longest.duration())
            }
            settings.whenEmpty = try self[given: "when_empty"]?.named()
            settings.callbackAttempts = try self[given: "callback_tries"].map { (value) throws(WireError) in
                UInt8(try value.integer(1...100))
            }
            settings.callbackDelay = try self[given: "callback_delay"]?.duration()
            settings.backoff = try self[given: "backoff"]?.duration()
            if let missed = self[given: "auto_pause"] {
                settings.mostMissed = missed.matches("NONE") ? 0 : UInt32(try missed.integer(1...1_000))
            }
            if let wait = self[given: "tier_wait"] {
                settings.tierWait = wait.matches("NONE") ? .zero : try wait.duration()
            }
            if let last = self[given: "last_agent"] {
                settings.lastAgent = last.matches("NONE") ? .zero : try last.duration()
            }
            settings.lastAgentWait = try self[given: "last_agent_wait"]?.duration()
            settings.relax = try self[given: "relax"]?.relaxation()
            settings.wrapUp = try self[given: "wrapup"]?.duration()
            settings.weight = try self[given: "weight"]?.ticketWeight()
            if let within = self[given: "answer_within"] {
                settings.answerWithin = within.matches("NONE") ? .zero : try within.atLeastASecond()
            }
            return settings
        }
    }
}

extension Argument {
    /// Where a ticket goes that cannot stay.
    fileprivate func overflow() throws(WireError) -> OverflowRequest {
        if matches("NONE") { return .none }
        if matches("CALLBACK") { return .callback }
        if matches("MESSAGE") { return .message }
        if matches("REJECT") { return .reject }
        return .department(try department())
    }

    /// How long somebody has to answer: not so short that nobody can.
    fileprivate func atLeastASecond() throws(WireError) -> TimeSpan {
        let span = try duration()
        guard span >= .seconds(1) else { throw invalid("at least one second") }
        return span
    }
}
