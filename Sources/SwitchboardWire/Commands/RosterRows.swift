import SwitchboardModel

/// The commands on duty rosters.
enum RosterRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "ROSTER", "ADD", ["name"],
            [
                .option("dept", "<dept>", required: true), .option("agents", "<agent>,…", required: true),
                .option("rotate", "<duration>", required: true), .option("channels", "ticket,chat,call"),
                .option("start", "<time>"), .option("on_duty", "<count>"),
            ], roles: .supervisors, "rotate duty on a department's channels among agents"
        ) { arguments throws(WireError) in
            let rotate = try arguments["rotate"]
            var command = AddRoster(
                id: try arguments["name"].roster(), department: try arguments["dept"].department(),
                agents: try arguments["agents"].agents(), span: try rotate.duration())
            guard command.span >= RosterLimit.turn else { throw rotate.invalid("at least one minute") }
            if let channels = arguments[given: "channels"] { command.channels = try channels.channels() }
            command.start = try arguments[given: "start"]?.time()
            if let count = arguments[given: "on_duty"] {
                command.onDuty = UInt32(try count.integer(1...Argument.listLimit))
            }
            return .addRoster(command)
        },
        .write(
            "ROSTER", "SET", ["name"], [.option("duty", "none|<agent>,…", required: true)], roles: .supervisors,
            "give others duty until the next turn"
        ) { arguments throws(WireError) in
            let duty = try arguments["duty"]
            return .setRoster(
                SetRoster(
                    id: try arguments["name"].roster(), duty: duty.matches("NONE") ? [] : try duty.agents()))
        },
        CommandRow("ROSTER", "SHOW", ["name"], roles: .users, "show who has duty, and who next") {
            arguments throws(WireError) in .query(.showRoster(try arguments["name"].roster()))
        },
        CommandRow(
            "ROSTER", "LIST", [], [.option("dept", "<dept>")] + ListOptions.all, roles: .users, "list rosters by name"
        ) { arguments throws(WireError) in
            .query(.listRosters(try arguments[given: "dept"]?.department(), try arguments.listRange))
        },
        .write("ROSTER", "REMOVE", ["name"], roles: .supervisors, "remove a roster") { arguments throws(WireError) in
            .removeRoster(RemoveRoster(id: try arguments["name"].roster()))
        },
    ]
}

extension Argument {
    fileprivate func roster() throws(WireError) -> RosterID { RosterID(try identifier()) }
    fileprivate func agents() throws(WireError) -> [AgentID] { try identifiers().map { AgentID($0) } }
}
