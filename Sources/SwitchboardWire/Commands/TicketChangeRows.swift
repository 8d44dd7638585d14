import SwitchboardModel

/// Putting tickets away, joining and dividing them.
enum TicketChangeRows {
    private static let by = TicketRows.by
    private static let version = TicketRows.version

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "TICKET", "SPAM", ["id"], [by, version], roles: .agents, "put an unwanted ticket away"
        ) { arguments throws(WireError) in try discard(arguments, as: .spam) },
        .write(
            "TICKET", "DELETE", ["id"], [by, version], roles: .agents, "put a ticket away"
        ) { arguments throws(WireError) in try discard(arguments, as: .deleted) },
        .write(
            "TICKET", "PURGE", ["id"], [by, version], roles: .admins, "remove a ticket and its thread for good"
        ) { arguments throws(WireError) in
            var command = PurgeTicket(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .purgeTicket(command)
        },
        .write(
            "TICKET", "MERGE", ["id"], [.option("into", "<id>", required: true), by, version], roles: .agents,
            "make a ticket a part of another one"
        ) { arguments throws(WireError) in
            var command = MergeTicket(
                ticket: try arguments.ticket, into: TicketID(try arguments["into"].ticketID()))
            command.by = try arguments.by
            command.version = try arguments.version
            return .mergeTicket(command)
        },
        .write(
            "TICKET", "UNMERGE", ["id"], [.option("dept", "<dept>"), by, version], roles: .agents,
            "make a merged ticket one of its own again"
        ) { arguments throws(WireError) in
            var command = UnmergeTicket(ticket: try arguments.ticket)
            command.department = try arguments[given: "dept"]?.department()
            command.by = try arguments.by
            command.version = try arguments.version
            return .unmergeTicket(command)
        },
        .write(
            "TICKET", "SPLIT", ["id"],
            .oneOf(required: true, .option("messages", "<n>,<n>-<m>,…"), .option("auto", "yes")) + [
                .option("dept", "<dept>"), .option("agent", "<agent>"), .option("subject", "<text>"),
                .option("weight", "1…100"), by, version,
            ], roles: .agents, "make a new ticket of some messages, or a duplicate"
        ) { arguments throws(WireError) in try split(arguments) },
    ]

    private static func discard(
        _ arguments: borrowing Arguments, as reason: DiscardTicket.Reason
    ) throws(WireError) -> Command {
        var command = DiscardTicket(ticket: try arguments.ticket, as: reason)
        command.by = try arguments.by
        command.version = try arguments.version
        return .discardTicket(command)
    }

    private static func split(_ arguments: borrowing Arguments) throws(WireError) -> Command {
        let selection: SplitTicket.Selection
        if let messages = arguments[given: "messages"] {
            selection = .numbers(
                try messages.numberRanges(1...Int(UInt32.max)).map { UInt32($0.lowerBound)...UInt32($0.upperBound) })
        } else {
            guard try arguments["auto"].yesOrNo() else {
                throw try arguments["auto"].invalid("yes, or messages= given")
            }
            selection = .duplicate
        }
        var command = SplitTicket(ticket: try arguments.ticket, selection)
        command.weight = try arguments[given: "weight"]?.ticketWeight()
        command.department = try arguments[given: "dept"]?.department()
        command.agent = try arguments[given: "agent"]?.agent()
        command.subject = try arguments[given: "subject"]?.text(atMost: TextLimit.subject)
        command.by = try arguments.by
        command.version = try arguments.version
        return .splitTicket(command)
    }
}
