import SwitchboardModel

/// The commands on what rings.
enum OfferRows {
    private static let by = OptionSpec.option("by", "<agent>", required: true)
    private static let version = TicketRows.version

    static let all: [CommandRow<ParsedRequest>] = [
        CommandRow(
            "OFFER", "LIST", ["agent"], ListOptions.all, roles: .users, "list what rings at an agent, most urgent first"
        ) { arguments throws(WireError) in
            .query(.agentOffers(try arguments["agent"].agent(), try arguments.listRange))
        },
        .write(
            "OFFER", "ACCEPT", ["ticket"], [by, .option("token", "<token>"), version], roles: .agents,
            "take what rings: the ticket is the agent's"
        ) { arguments throws(WireError) in
            var command = AcceptOffer(
                ticket: TicketID(try arguments["ticket"].ticketID()), by: try arguments["by"].agent())
            command.token = try arguments[given: "token"]?.text(atMost: TextLimit.title)
            command.version = try arguments.version
            return .acceptOffer(command)
        },
        .write(
            "OFFER", "DECLINE", ["ticket"], [by, .option("token", "<token>"), .option("reason", "<text>"), version],
            roles: .agents, "let what rings go to another agent"
        ) { arguments throws(WireError) in
            var command = DeclineOffer(
                ticket: TicketID(try arguments["ticket"].ticketID()), by: try arguments["by"].agent())
            command.token = try arguments[given: "token"]?.text(atMost: TextLimit.title)
            command.reason = try arguments[given: "reason"]?.text(atMost: TextLimit.title)
            command.version = try arguments.version
            return .declineOffer(command)
        },
        .write(
            "TICKET", "CALLBACK", ["id"], [.option("phone", "<number>"), TicketRows.by, version], roles: .agents,
            "the caller hangs up and keeps the place: the call is called back when its turn comes"
        ) { arguments throws(WireError) in
            var command = RequestCallback(ticket: try arguments.ticket)
            command.phone = try arguments[given: "phone"]?.phone()
            command.by = try arguments.by
            command.version = try arguments.version
            return .requestCallback(command)
        },
        .write(
            "TICKET", "NOANSWER", ["id"], [TicketRows.by, version], roles: .agents,
            "nobody answered the call back: it is tried again later"
        ) { arguments throws(WireError) in
            var command = FailCallback(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .failCallback(command)
        },
        .write(
            "TICKET", "HANGUP", ["id"], [TicketRows.by, version], roles: .agents,
            "the caller is gone: a chat or call ends, and rings at nobody any more"
        ) { arguments throws(WireError) in
            var command = HangUpTicket(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .hangUpTicket(command)
        },
    ]
}

extension Argument {
    /// A telephone number, which says something.
    fileprivate func phone() throws(WireError) -> String {
        guard !isEmpty else { throw .badArgument("\(label) must not be empty") }
        return try text(atMost: TextLimit.title)
    }
}
