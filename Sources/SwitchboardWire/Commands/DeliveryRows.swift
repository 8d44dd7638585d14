import SwitchboardModel

/// The commands on how replies get to customers.
enum DeliveryRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "DELIVERY", "SET", ["ticket", "n"],
            [
                .option("status", "scheduled|sent|failed", required: true), .option("reason", "<text>"),
                .option("detail", "<text>"), .option("at", "<time>"), DetailOptions.version,
            ], roles: .users, "the gateway tells how far a reply has come"
        ) { arguments throws(WireError) in
            var command = SetDelivery(
                ticket: try arguments.detailTicket, entry: try arguments["n"].number(),
                status: try arguments["status"].named())
            command.reason = try arguments[given: "reason"]?.text(atMost: TextLimit.title) ?? ""
            command.detail = try arguments[given: "detail"]?.text(atMost: TextLimit.detail) ?? ""
            command.at = try arguments[given: "at"]?.time()
            command.version = try arguments.version
            return .detail(command)
        },
        CommandRow(
            "DELIVERY", "SHOW", ["ticket", "n"], [DetailOptions.requiredBy], roles: .agents,
            "the full report on a reply's delivery, for administrators and owners"
        ) { arguments throws(WireError) in
            .query(
                .delivery(
                    try arguments.detailTicket, entry: try arguments["n"].number(), by: try arguments["by"].agent()))
        },
    ]
}
