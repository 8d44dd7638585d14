/// One export under way.
struct ExportRun {
    let source: TicketSource
    let format: TransferFormat
    let path: String?
    let expression: String?
    let contents: ExportContents
    private var tickets = 0
    private var progress: TransferProgress

    init(
        _ source: TicketSource, _ format: TransferFormat, path: String?, expression: String?, contents: ExportContents
    ) throws(ClientError) {
        self.source = source
        self.format = format
        self.path = path
        self.expression = expression
        self.contents = contents
        // Only a terminal shows it, and counting may take the server a moment.
        var total = 0
        if Console.isErrorTerminal, contents != .directory {
            if case .integer(let count) = try source.client.demand(["COUNT", expression ?? "id > 0"]) { total = count }
        }
        progress = TransferProgress("exporting", total: total, unit: "tickets")
    }

    /// Writes all, or what an interrupted export did not. Returns how many tickets it wrote.
    mutating func run(resume: Bool) throws(ClientError) -> Int {
        var start = ExportStart()
        if resume, let path { start = try ExportStart(path: path, format) }
        let file = try ExportFile(path: path, keeping: resume ? start.bytes : nil)
        switch format {
        case .jsonl: try writeLines(to: file, from: start)
        case .csv: try writeRows(to: file, from: start)
        }
        try file.finish()
        progress.finish()
        return tickets
    }

    private mutating func writeLines(to file: ExportFile, from start: ExportStart) throws(ClientError) {
        if contents != .tickets, expression == nil, start.bytes == 0 {
            for noun in ["DEPT", "AGENT", "VIEW"] {
                try source.forEach(noun) { (line) throws(ClientError) in try file.write(line: line.bytes) }
            }
        }
        guard contents != .directory else { return }
        if let next = start.next {
            try source.parts(of: start.ticket, from: next) { (part) throws(ClientError) in
                try file.write(line: part.bytes)
            }
        }
        try forEachTicket(after: start.ticket, thread: nil) { (line, source) throws(ClientError) in
            try file.write(line: line.bytes)
            guard let id = line.id, line.next != nil else { return }
            try source.parts(of: id, from: line.next) { (part) throws(ClientError) in try file.write(line: part.bytes) }
        }
    }

    private mutating func writeRows(to file: ExportFile, from start: ExportStart) throws(ClientError) {
        var table = TicketRows(fields: start.fields ?? [])
        if start.fields == nil {
            // A header comes first, so the names of all fields must be known before.
            var names: Set<String> = []
            try forEachTicket(after: 0, thread: "1-1", counts: false) { (line, _) throws(ClientError) in
                for name in TicketRows.fieldNames(of: line) { names.insert(name) }
            }
            table = TicketRows(fields: names.sorted())
            try file.write(line: table.header)
        }
        var rows = 0
        try forEachTicket(after: start.ticket, thread: TicketRows.firstEntries) { (line, _) throws(ClientError) in
            guard let row = try table.row(of: line) else { return }
            try file.write(line: row)
            rows += 1
        }
        // Merged ones have no row.
        tickets = rows
    }

    private mutating func forEachTicket(
        after: Int, thread: String?, counts: Bool = true,
        _ use: (ExportedLine, TicketSource) throws(ClientError) -> Void
    ) throws(ClientError) {
        let source = source
        func take(_ line: ExportedLine) throws(ClientError) {
            try use(line, source)
            guard counts else { return }
            tickets += 1
            progress.reach(tickets)
        }
        if let expression {
            try source.forEach(matching: expression, after: after, thread: thread, take)
        } else {
            try source.forEach(after: after, thread: thread, take)
        }
    }
}

/// What of a server is exported.
enum ExportContents: String {
    case all
    /// Departments, agents and views.
    case directory
    case tickets
}
