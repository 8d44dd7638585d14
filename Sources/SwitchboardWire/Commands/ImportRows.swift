import SwitchboardModel

/// The commands that `switchboard export` and `switchboard import` are made of.
enum ImportRows {
    private static let thread = OptionSpec.option("thread", "<n>-<m>")
    private static let number = OptionSpec.option("n", "<number>", required: true)

    static let all: [CommandRow<ParsedRequest>] = [
        CommandRow(
            "TICKET", "EXPORT", [],
            [.option("id", "<id>"), thread] + ListOptions.all, roles: .admins,
            "tickets as documents that TICKET IMPORT takes, in order of id"
        ) { arguments throws(WireError) in .query(.export(try tickets(arguments))) },
        .write(
            "TICKET", "IMPORT", ["document"], repeating: "rest", [.option("follows", "<id>")], roles: .admins,
            "put a ticket in as its document tells it"
        ) { arguments throws(WireError) in
            var command = ImportTicket(try document(arguments))
            command.follows = try arguments[given: "follows"].map { (id) throws(WireError) in
                TicketID(try id.ticketID())
            }
            return .detail(command)
        },
        CommandRow(
            "DEPT", "EXPORT", [], ListOptions.all, roles: .admins, "departments as documents, in order of creation"
        ) {
            arguments throws(WireError) in .query(.export(.departments(try arguments.listRange)))
        },
        .write(
            "DEPT", "FORMER", ["name"], [number, .option("title", "<text>")], roles: .admins,
            "the name of a department that was removed elsewhere"
        ) { arguments throws(WireError) in
            try former(try arguments["name"].department().rawValue, isDepartment: true, "title", arguments)
        },
        CommandRow("AGENT", "EXPORT", [], ListOptions.all, roles: .admins, "agents as documents, in order of creation")
        {
            arguments throws(WireError) in .query(.export(.agents(try arguments.listRange)))
        },
        .write(
            "AGENT", "FORMER", ["id"], [number, .option("name", "<text>")], roles: .admins,
            "the name of an agent who was removed elsewhere"
        ) { arguments throws(WireError) in
            try former(try arguments["id"].agent().rawValue, isDepartment: false, "name", arguments)
        },
        CommandRow("VIEW", "EXPORT", [], ListOptions.all, roles: .admins, "views as documents, by name") {
            arguments throws(WireError) in .query(.export(.views(try arguments.listRange)))
        },
    ]

    /// The document, which may come in several words: one value holds less than one request.
    private static func document(_ arguments: borrowing Arguments) throws(WireError) -> JSON {
        guard arguments.restCount > 0 else { return try arguments["document"].json() }
        var bytes = try arguments["document"].bytes
        for place in 0..<arguments.restCount { bytes += arguments.rest(place, "rest").bytes }
        let read: Result<JSON, WireError> = bytes.withUnsafeBytes { memory in
            do throws(WireError) {
                return .success(try Argument(memory: memory, key: .init(start: nil, count: 0), name: "document").json())
            } catch {
                return .failure(error)
            }
        }
        return try read.get()
    }

    private static func former(
        _ id: String, isDepartment: Bool, _ title: StaticString, _ arguments: borrowing Arguments
    ) throws(WireError) -> Command {
        var command = AddFormerName(
            isDepartment: isDepartment, id: id, number: try arguments["n"].integer(1...AddFormerName.most))
        command.title = try arguments[given: title]?.text(atMost: TextLimit.title) ?? ""
        return .addFormerName(command)
    }

    private static func tickets(_ arguments: borrowing Arguments) throws(WireError) -> ExportQuery {
        var thread: ClosedRange<UInt32>?
        if let given = arguments[given: "thread"] {
            let ranges = try given.numberRanges(1...Int(UInt32.max))
            guard ranges.count == 1 else { throw given.invalid("a range such as 1-20") }
            thread = UInt32(ranges[0].lowerBound)...UInt32(ranges[0].upperBound)
        }
        if let id = arguments[given: "id"] {
            guard arguments[given: "after"] == nil, arguments[given: "limit"] == nil else {
                throw arguments.syntax("id= names one ticket, without after= and limit=")
            }
            return .ticket(TicketID(try id.ticketID()), thread: thread)
        }
        if let thread, thread.lowerBound > 1 {
            throw arguments.syntax("thread= begins at 1 unless id= names one ticket")
        }
        let range = try arguments.listRange
        let after = try arguments[given: "after"]?.unsigned(upTo: UInt64(Int64.max)) ?? 0
        return .tickets(after: TicketID(after), limit: range.limit, thread: thread)
    }
}

extension Argument {
    func json() throws(WireError) -> JSON {
        do throws(JSONReader.Fault) { return try JSONReader.read(memory) } catch {
            throw .badArgument("\(label) is no JSON: \(error.what), at byte \(error.offset)")
        }
    }
}
