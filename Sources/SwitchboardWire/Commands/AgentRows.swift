import SwitchboardModel

/// The commands on agents.
enum AgentRows {
    private static let settings: [OptionSpec] = [
        .option("name", "<text>"), .option("role", "agent|supervisor|admin|owner|gateway"),
        .option("ticket", "<limit>"), .option("chat", "<limit>"), .option("call", "<limit>"),
        .option("max_open", "none|<limit>"), .option("weight", "<1-1000>"), .option("position", "<0-65535>"),
        .option("skills", "<skill>[:<level>],…"), .option("exclusive", "none|ticket,chat,call"),
        .option("pause_budget", "none|<duration>"), .option("utc_offset", "±hh:mm"),
        .option("lease", "none|<duration>"),
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
            command.traits.weight = try arguments.weight ?? command.traits.weight
            command.traits.position = try arguments.position ?? 0
            command.traits.skills = try arguments[given: "skills"]?.skills() ?? []
            command.traits.exclusive = try arguments.exclusive ?? ChannelSet()
            command.times.pauseBudget = try arguments.pauseBudget ?? nil
            command.times.lease = try arguments.lease ?? nil
            command.times.offset = try arguments[given: "utc_offset"]?.utcOffset() ?? .zero
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
            command.weight = try arguments.weight
            command.position = try arguments.position
            command.exclusive = try arguments.exclusive
            command.skills = try arguments[given: "skills"]?.skills()
            command.pauseBudget = try arguments.pauseBudget
            command.lease = try arguments.lease
            command.offset = try arguments[given: "utc_offset"]?.utcOffset()
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
    fileprivate var weight: UInt16? {
        get throws(WireError) {
            guard let weight = self[given: "weight"] else { return nil }
            return UInt16(try weight.integer(AgentTraits.weights))
        }
    }

    fileprivate var exclusive: ChannelSet? {
        get throws(WireError) {
            guard let channels = self[given: "exclusive"] else { return nil }
            if channels.matches("NONE") { return ChannelSet() }
            return ChannelSet(try channels.names(Channel.self).map { ChannelSet($0) })
        }
    }

    fileprivate var position: UInt16? {
        get throws(WireError) {
            guard let position = self[given: "position"] else { return nil }
            return UInt16(try position.integer(0...Int(UInt16.max)))
        }
    }

    /// `lease=`; `.some(nil)`: none.
    var lease: TimeSpan?? {
        get throws(WireError) {
            guard let lease = self[given: "lease"] else { return nil }
            guard !lease.matches("NONE") else { return .some(nil) }
            let span = try lease.duration()
            guard span > .zero else { throw lease.invalid("none, or longer than nothing") }
            return .some(span)
        }
    }

    /// `pause_budget=`; `.some(nil)`: none.
    fileprivate var pauseBudget: TimeSpan?? {
        get throws(WireError) {
            guard let budget = self[given: "pause_budget"] else { return nil }
            return .some(budget.matches("NONE") ? nil : try budget.duration())
        }
    }

    /// `max_open=`; 0: none.
    fileprivate var maxOpen: UInt32? {
        get throws(WireError) {
            guard let limit = self[given: "max_open"] else { return nil }
            return limit.matches("NONE") ? 0 : UInt32(try limit.integer(1...AgentRows.mostCapacity))
        }
    }
}
