import SwitchboardModel

/// The commands on agents.
enum AgentRows {
    private static let settings: [OptionSpec] = [
        .option("name", "<text>"), .option("role", "agent|supervisor|admin|owner|gateway"),
        .option("ticket", "<limit>"), .option("chat", "<limit>"), .option("call", "<limit>"),
        .option("max_open", "none|<limit>"),
    ]

    /// The most tickets of one channel that an agent may be set to handle.
    static let mostCapacity = 10_000

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "AGENT", "ADD", ["id"], [.option("depts", "<dept>[:<tier>],…", required: true)] + settings,
            roles: .admins, "add an agent, who is offline at first"
        ) { arguments throws(WireError) in
            var command = AddAgent(id: try arguments["id"].agent(), memberships: try arguments["depts"].memberships())
            command.displayName = try arguments[given: "name"]?.text(atMost: TextLimit.title) ?? ""
            command.role = try arguments[given: "role"]?.named() ?? .agent
            command.capacity.ticket = try arguments[given: "ticket"]?.capacity() ?? command.capacity.ticket
            command.capacity.chat = try arguments[given: "chat"]?.capacity() ?? command.capacity.chat
            command.capacity.call = try arguments[given: "call"]?.capacity() ?? command.capacity.call
            command.maxOpen = try arguments.maxOpen ?? 0
            return .addAgent(command)
        },
        .write(
            "AGENT", "SET", ["id"], [.option("depts", "<dept>[:<tier>],…")] + settings, roles: .admins,
            "change an agent's departments, limits or profile"
        ) { arguments throws(WireError) in
            var command = SetAgent(id: try arguments["id"].agent())
            command.memberships = try arguments[given: "depts"]?.memberships()
            command.displayName = try arguments[given: "name"]?.text(atMost: TextLimit.title)
            command.role = try arguments[given: "role"]?.named()
            command.ticketCapacity = try arguments[given: "ticket"]?.capacity()
            command.chatCapacity = try arguments[given: "chat"]?.capacity()
            command.callCapacity = try arguments[given: "call"]?.capacity()
            command.maxOpen = try arguments.maxOpen
            return .setAgent(command)
        },
        CommandRow("AGENT", "SHOW", ["id"], roles: .users, "show an agent") { arguments throws(WireError) in
            .query(.showAgent(try arguments["id"].agent()))
        },
        CommandRow(
            "AGENT", "LIST", [], [.option("dept", "<dept>")] + ListOptions.all, roles: .users, "list agents by id"
        ) { arguments throws(WireError) in
            .query(.listAgents(department: try arguments[given: "dept"]?.department(), try arguments.listRange))
        },
        .write(
            "AGENT", "REMOVE", ["id"], roles: .admins, "remove an agent; the work goes back to its queues"
        ) { arguments throws(WireError) in
            .removeAgent(RemoveAgent(id: try arguments["id"].agent()))
        },
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
                .option("kind", "drain|return"),
            ], roles: .agents, "give the agent nothing new"
        ) { arguments throws(WireError) in
            var command = PauseAgent(id: try arguments["id"].agent())
            command.reason = try arguments[given: "reason"]?.text(atMost: TextLimit.title)
            if let span = arguments[given: "for"] {
                command.span = try span.duration()
                guard command.span != .zero else { throw span.invalid("longer than nothing") }
            }
            if let channels = arguments[given: "channels"] {
                command.channels = ChannelSet(try channels.names(Channel.self).map { ChannelSet($0) })
            }
            command.kind = try arguments[given: "kind"]?.named() ?? .drain
            return .pauseAgent(command)
        },
        .write("AGENT", "RESUME", ["id"], roles: .agents, "end the agent's pause") { arguments throws(WireError) in
            .resumeAgent(ResumeAgent(id: try arguments["id"].agent()))
        },
        CommandRow(
            "AGENT", "TICKETS", ["id"], ListOptions.all, roles: .users, "list the tickets that hold the agent's slots"
        ) { arguments throws(WireError) in
            .query(.agentTickets(try arguments["id"].agent(), try arguments.listRange))
        },
        CommandRow(
            "AGENT", "WORK", ["id"], [.option("since", "<time>"), .option("until", "<time>")] + ListOptions.all,
            roles: .users, "what the agent worked, by when it began, with its sums"
        ) { arguments throws(WireError) in
            .query(
                .agentWork(
                    try arguments["id"].agent(), since: try arguments[given: "since"]?.time(),
                    until: try arguments[given: "until"]?.time(), try arguments.listRange))
        },
    ]
}

extension Argument {
    fileprivate func capacity() throws(WireError) -> UInt32 { UInt32(try integer(0...AgentRows.mostCapacity)) }

    fileprivate func memberships() throws(WireError) -> [MembershipRequest] {
        try rankedIdentifiers(0...100).map {
            MembershipRequest(department: DepartmentID($0.identifier), tier: UInt16($0.rank ?? 1))
        }
    }
}

extension Arguments {
    /// `max_open=`; 0: none.
    fileprivate var maxOpen: UInt32? {
        get throws(WireError) {
            guard let limit = self[given: "max_open"] else { return nil }
            return limit.matches("NONE") ? 0 : UInt32(try limit.integer(1...AgentRows.mostCapacity))
        }
    }
}
