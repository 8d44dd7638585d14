import SwitchboardModel

/// The commands on saved views.
enum ViewRows {
    private static let by = OptionSpec.option("by", "<agent>")

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "VIEW", "SAVE", ["name"],
            [.option("filter", "<expression>", required: true)]
                + [OptionSpec].oneOf(.option("sort", "[-]<field>,…"), .option("group", "<field>")) + [
                    .option("owner", "<agent>"), .option("shared", "yes|no"), .option("title", "<text>"),
                    .option("new", "yes|no"),
                ], roles: .agents, "save a question under a name"
        ) { arguments throws(WireError) in
            let filter = arguments[given: "filter"]
            _ = try filter?.expression()
            var command = SaveView(
                id: try arguments["name"].view(), filter: try filter?.text(atMost: ExpressionLimit.bytes) ?? "")
            if let sort = arguments[given: "sort"] {
                _ = try sort.order()
                command.sort = try sort.text()
            }
            if let group = arguments[given: "group"] {
                _ = try group.grouping()
                command.group = try group.text()
            }
            command.owner = try arguments[given: "owner"]?.agent()
            command.isShared = try arguments[given: "shared"]?.yesOrNo()
            command.isNew = try arguments[given: "new"]?.yesOrNo() ?? false
            command.title = try arguments[given: "title"]?.text(atMost: TextLimit.title) ?? ""
            return .saveView(command)
        },
        CommandRow("VIEW", "RUN", ["name"], [by] + ListOptions.all, roles: .users, "answer a saved question") {
            arguments throws(WireError) in
            .find(
                .view(try arguments["name"].view(), try arguments.findRange, by: try arguments[given: "by"]?.agent()))
        },
        CommandRow(
            "VIEW", "LIST", [], [by] + ListOptions.all, roles: .users, "list shared views, and the agent's own"
        ) { arguments throws(WireError) in
            .query(.listViews(by: try arguments[given: "by"]?.agent(), try arguments.listRange))
        },
        .write("VIEW", "REMOVE", ["name"], [by], roles: .agents, "remove a view") { arguments throws(WireError) in
            var command = RemoveView(id: try arguments["name"].view())
            command.by = try arguments[given: "by"]?.agent()
            return .removeView(command)
        },
    ]
}

extension Argument {
    fileprivate func view() throws(WireError) -> ViewID { ViewID(try identifier()) }
}
