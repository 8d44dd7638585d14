import SwitchboardModel

/// `FIND` and `COUNT`.
enum FindRows {
    private static let by = OptionSpec.option("by", "<agent>")

    static let all: [CommandRow<ParsedRequest>] = [
        CommandRow(
            "FIND", nil, ["expression"],
            [OptionSpec].oneOf(.option("sort", "[-]<field>,…"), .option("group", "<field>")) + [by] + ListOptions.all,
            roles: .users,
            "find tickets, or count them by group: \"status in (new, open) and agent = none and text ~ lamp\"; HELP EXPRESSIONS says all"
        ) { arguments throws(WireError) in
            let expression = try arguments["expression"].expression()
            let (range, by) = (try arguments.findRange, try arguments[given: "by"]?.agent())
            guard let group = arguments[given: "group"] else {
                return .find(.tickets(expression, try arguments.order, range, by: by))
            }
            return .find(.groups(expression, try group.grouping(), range, by: by))
        },
        CommandRow(
            "COUNT", nil, ["expression"], [by], roles: .users, "count the tickets that an expression describes"
        ) { arguments throws(WireError) in
            .find(.count(try arguments["expression"].expression(), by: try arguments[given: "by"]?.agent()))
        },
    ]
}

extension Arguments {
    fileprivate var order: TicketOrder {
        get throws(WireError) { try self[given: "sort"]?.order() ?? .standard }
    }

    /// As `listRange`, with cursors that may hold a group's value.
    var findRange: ListRange {
        get throws(WireError) {
            var range = ListRange()
            if let limit = self[given: "limit"] { range.limit = try limit.integer(1...ListRange.mostLimit) }
            range.after = try self[given: "after"]?.text(atMost: TextLimit.subject)
            return range
        }
    }
}

extension Argument {
    func expression() throws(WireError) -> Expression {
        let text = try text(atMost: ExpressionLimit.bytes)
        return try reading { () throws(Rejection) in try Expression(parsing: text) }
    }

    func order() throws(WireError) -> TicketOrder {
        let text = try text(atMost: TextLimit.title)
        return try reading { () throws(Rejection) in try TicketOrder(parsing: text) }
    }

    func grouping() throws(WireError) -> TicketGrouping {
        let text = try text(atMost: TextLimit.title)
        return try reading { () throws(Rejection) in try TicketGrouping(parsing: text) }
    }

    private func reading<Value>(_ read: () throws(Rejection) -> Value) throws(WireError) -> Value {
        do throws(Rejection) { return try read() } catch { throw WireError(error) }
    }
}
