import SwitchboardModel

/// The commands on a ticket's tasks.
enum TaskRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "TASK", "ADD", ["ticket"],
            [
                .option("title", "<text>", required: true), .option("agent", "<agent>"), DetailOptions.by,
                DetailOptions.version,
            ], roles: .agents, "add a task to a ticket"
        ) { arguments throws(WireError) in
            var command = AddTask(ticket: try arguments.detailTicket, title: try arguments["title"].title())
            command.agent = try arguments[given: "agent"]?.agent()
            command.by = try arguments.by
            command.version = try arguments.version
            return .detail(command)
        },
        .write(
            "TASK", "SET", ["ticket", "task"],
            [
                .option("done", "yes|no"), .option("agent", "none|<agent>"), .option("title", "<text>"),
                DetailOptions.by, DetailOptions.version,
            ], roles: .agents, "a task is done, is another agent's, has another title"
        ) { arguments throws(WireError) in
            var command = SetTask(ticket: try arguments.detailTicket, task: try arguments["task"].number())
            command.isDone = try arguments[given: "done"]?.yesOrNo()
            if let agent = arguments[given: "agent"] {
                command.agent = .some(agent.matches("NONE") ? nil : try agent.agent())
            }
            command.title = try arguments[given: "title"]?.title()
            command.by = try arguments.by
            command.version = try arguments.version
            return .detail(command)
        },
        CommandRow(
            "TASK", "LIST", ["ticket"], ListOptions.all, roles: .users, "the tasks of a ticket"
        ) { arguments throws(WireError) in
            .query(.ticketTasks(try arguments.detailTicket, try arguments.listRange))
        },
        .write(
            "TASK", "REMOVE", ["ticket", "task"], [DetailOptions.by, DetailOptions.version], roles: .agents,
            "take a task away"
        ) { arguments throws(WireError) in
            var command = RemoveTask(ticket: try arguments.detailTicket, task: try arguments["task"].number())
            command.by = try arguments.by
            command.version = try arguments.version
            return .detail(command)
        },
    ]
}

extension Argument {
    /// What something within a ticket is numbered.
    func number() throws(WireError) -> UInt32 { UInt32(try integer(1...Int(UInt32.max))) }

    /// A title, which says something.
    func title() throws(WireError) -> String {
        guard !isEmpty else { throw .badArgument("\(label) must not be empty") }
        return try text(atMost: TextLimit.title)
    }
}
