import SwitchboardModel

/// The commands on time sheets.
enum WorkRows {
    private static let billable = OptionSpec.option("billable", "yes|no")
    private static let note = OptionSpec.option("note", "<text>")

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "WORK", "START", ["ticket"], [DetailOptions.requiredBy, billable, DetailOptions.version], roles: .agents,
            "start the agent's timer on a ticket"
        ) { arguments throws(WireError) in
            var command = StartWork(ticket: try arguments.detailTicket, by: try arguments["by"].agent())
            command.isBillable = try arguments[given: "billable"]?.yesOrNo() ?? false
            command.version = try arguments.version
            return .detail(command)
        },
        .write(
            "WORK", "STOP", ["ticket"], [DetailOptions.requiredBy, billable, note, DetailOptions.version],
            roles: .agents, "stop the agent's timer and log its time"
        ) { arguments throws(WireError) in
            var command = StopWork(ticket: try arguments.detailTicket, by: try arguments["by"].agent())
            command.isBillable = try arguments[given: "billable"]?.yesOrNo()
            command.note = try arguments[given: "note"]?.text(atMost: TextLimit.note) ?? ""
            command.version = try arguments.version
            return .detail(command)
        },
        .write(
            "WORK", "LOG", ["ticket"],
            [
                DetailOptions.requiredBy, .option("time", "<duration>", required: true), billable, note,
                .option("at", "<time>"), DetailOptions.version,
            ], roles: .agents, "log time worked on a ticket"
        ) { arguments throws(WireError) in
            var command = LogWork(
                ticket: try arguments.detailTicket, by: try arguments["by"].agent(),
                span: try arguments["time"].duration())
            command.isBillable = try arguments[given: "billable"]?.yesOrNo() ?? false
            command.note = try arguments[given: "note"]?.text(atMost: TextLimit.note) ?? ""
            command.at = try arguments[given: "at"]?.time()
            command.version = try arguments.version
            return .detail(command)
        },
        CommandRow(
            "WORK", "LIST", ["ticket"], ListOptions.all, roles: .users, "the time sheet of a ticket, with its sums"
        ) { arguments throws(WireError) in
            .query(.ticketWork(try arguments.detailTicket, try arguments.listRange))
        },
    ]
}

/// What commands on a ticket's details take.
enum DetailOptions {
    static let version = TicketRows.version
    static let by = OptionSpec.option("by", "<agent>")
    static let requiredBy = OptionSpec.option("by", "<agent>", required: true)
}

extension Arguments {
    /// `<ticket>`.
    var detailTicket: TicketID { get throws(WireError) { TicketID(try self["ticket"].ticketID()) } }
}
