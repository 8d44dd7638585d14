/// Reads tickets from the server, page by page, the next page being asked for while one is used.
struct TicketSource {
    let client: LineClient
    /// How many tickets are asked for at once: few, so that others on the server need not wait.
    private static let page = 100

    /// Calls `use` with each ticket behind `after`, in order of id.
    ///
    /// - Parameter thread: how much of each thread, as `1-1`; `nil`: all that fits.
    func forEach(
        after: Int, thread: String? = nil, _ use: (ExportedLine) throws(ClientError) -> Void
    ) throws(ClientError) {
        func request(_ after: String) -> [String] {
            ["TICKET", "EXPORT", "after=\(after)", "limit=\(Self.page)"] + (thread.map { ["thread=\($0)"] } ?? [])
        }
        var reply = try client.demand(request(String(after)))
        while case .list(let elements) = reply, let last = elements.last {
            let lines = try elements.map { (element) throws(ClientError) in try Self.line(element) }
            let needsMore = thread == nil && lines.contains { $0.next != nil }
            // Nothing else may be on the way when parts of a thread are asked for.
            if !needsMore { try client.send(request(try Self.line(last).cursor)) }
            for line in lines { try use(line) }
            reply = needsMore ? try client.demand(request(try Self.line(last).cursor)) : try client.receive()
        }
        if case .refusal(let message) = reply { throw ClientError(.reply, "TICKET EXPORT: \(message)") }
    }

    /// The tickets that an expression describes, in order of id.
    func forEach(
        matching expression: String, after: Int, thread: String? = nil,
        _ use: (ExportedLine) throws(ClientError) -> Void
    ) throws(ClientError) {
        let whole = after > 0 ? "(\(expression)) and id > \(after)" : expression
        var cursor: String?
        while true {
            let request = ["FIND", whole, "sort=id", "limit=\(Self.page)"] + (cursor.map { ["after=\($0)"] } ?? [])
            guard case .list(let elements) = try client.demand(request), !elements.isEmpty else { return }
            for element in elements {
                guard let json = element.json, let id = json["id"]?.integer else {
                    throw ClientError(.reply, "the server listed what is no ticket: \(element.text())")
                }
                cursor = json["cursor"]?.string
                if let line = try one(id, thread: thread) { try use(line) }
            }
        }
    }

    /// One ticket, or a part of its thread; `nil`: it is gone, or is being imported.
    func one(_ id: Int, thread: String? = nil) throws(ClientError) -> ExportedLine? {
        let reply = try client.request(
            ["TICKET", "EXPORT", "id=\(id)"] + (thread.map { ["thread=\($0)"] } ?? []))
        if case .refusal(let message) = reply {
            if message.hasPrefix("NOTFOUND ") || message.hasPrefix("STATE ") { return nil }
            throw ClientError(.reply, "TICKET EXPORT id=\(id): \(message)")
        }
        return try Self.line(reply)
    }

    /// All that follows a ticket's first part.
    func parts(
        of id: Int, from first: Int?, _ use: (ExportedLine) throws(ClientError) -> Void
    ) throws(ClientError) {
        var next = first
        while let first = next {
            guard let part = try one(id, thread: "\(first)-\(UInt32.max)") else {
                throw ClientError(.reply, "ticket \(id) went away while it was exported; go on with --resume")
            }
            try use(part)
            next = part.next
        }
    }

    /// The elements of a list of departments, agents or views.
    func forEach(_ noun: String, _ use: (ExportedLine) throws(ClientError) -> Void) throws(ClientError) {
        var after: String?
        while true {
            let request = [noun, "EXPORT", "limit=1000"] + (after.map { ["after=\($0)"] } ?? [])
            guard case .list(let elements) = try client.demand(request), !elements.isEmpty else { return }
            for element in elements {
                let line = try Self.line(element)
                after = line.cursor
                try use(line)
            }
        }
    }

    private static func line(_ reply: Reply) throws(ClientError) -> ExportedLine {
        guard case .success(let bytes) = reply else {
            throw ClientError(.reply, "the server sent no document: \(reply.text())")
        }
        return ExportedLine(bytes)
    }
}
