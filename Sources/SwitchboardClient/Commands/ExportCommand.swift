/// `switchboard export`: writes what a server holds as JSON lines or CSV.
public enum ExportCommand {
    package static let help = """
        switchboard export [--host 127.0.0.1] [--port 7411] [--format jsonl|csv]
                           [--out FILE] [--resume yes] [--where EXPRESSION]
                           [--only all|directory|tickets]

        Writes the departments, agents, views and tickets of a running server to FILE
        or, without --out, to standard output, in order of id, one a line. Constant
        memory, whatever there is. `switchboard import` puts it into another server.

        --format jsonl  everything of a ticket; what import takes back unchanged
        --format csv    one row a ticket with its first message and its fields; for
                        spreadsheets. Without --format the name of FILE decides.
        --out FILE      compressed when its name ends in .gz
        --resume yes    goes on in FILE where an interrupted export stopped
        --where EXPR    only the tickets that FIND would find, and no departments,
                        agents and views
        --only WHAT     directory (departments, agents and views) or tickets

        Exit status: 0 when all was written, 1 when the server or the file failed,
        2 for a bad command line.
        """

    /// Runs the command with what follows `export` on the command line; returns the exit status.
    public static func run(arguments: [String]) -> Int32 {
        Arguments.run(
            "export", arguments,
            options: ["--host", "--port", "--format", "--out", "--resume", "--where", "--only"],
            run)
    }

    private static func run(_ arguments: Arguments) throws -> Int32 {
        if arguments.wantsHelp {
            Console.print(help)
            return 0
        }
        guard arguments.positional.isEmpty else { throw UsageError("what is '\(arguments.positional[0])'?") }
        let path = arguments.text("--out").flatMap { $0 == "-" ? nil : $0 }
        let format = try TransferFormat(named: arguments.text("--format"), path: path)
        let resume = try arguments.yesOrNo("--resume")
        guard !resume || path != nil else { throw UsageError("--resume needs --out FILE") }
        let name = arguments.text("--only") ?? ExportContents.all.rawValue
        guard let contents = ExportContents(rawValue: name) else {
            throw UsageError("--only must be all, directory or tickets, not '\(name)'")
        }
        let expression = arguments.text("--where")
        guard contents != .directory || (expression == nil && format == .jsonl) else {
            throw UsageError("departments, agents and views are no rows, and --where does not describe them")
        }
        let (host, port) = try arguments.server()
        let source = TicketSource(client: try LineClient(host: host, port: port))
        var run = try ExportRun(source, format, path: path, expression: expression, contents: contents)
        let tickets = try run.run(resume: resume)
        // Beside the data, not in it.
        if path != nil { Console.print("exported \(grouped(tickets)) tickets") }
        return 0
    }
}

extension Arguments {
    /// `yes` or `no`, the default.
    func yesOrNo(_ name: String) throws(UsageError) -> Bool {
        switch text(name) {
        case nil, "no": return false
        case "yes": return true
        case .some(let other): throw UsageError("\(name) must be yes or no, not '\(other)'")
        }
    }
}
