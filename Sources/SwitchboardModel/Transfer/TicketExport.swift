/// What is to be exported.
public enum ExportQuery: Sendable {
    case departments(ListRange)
    case agents(ListRange)
    case views(ListRange)
    /// In order of id, those behind `after`.
    case tickets(after: TicketID, limit: Int, thread: ClosedRange<UInt32>?)
    case ticket(TicketID, thread: ClosedRange<UInt32>?)
}

/// How much of tickets one document, and one list of them, holds.
enum ExportLimit {
    /// Bytes of a document's thread as JSON: with the rest of a usual ticket it fits one value of a request.
    static let threadBytes = 700 << 10
    /// Bytes after which a list ends, however many tickets were asked for.
    static let listBytes = 1 << 20
    /// What an entry takes beside its texts, at the most.
    static let entryBytes = 512
}

extension Routing {
    func export(_ query: ExportQuery, _ shards: Shards) throws(Rejection) -> (reply: Outcome, shows: LogSequenceNumber)
    {
        switch query {
        case .departments(let range): return (.list(try exportDepartments(range)), lastRecord)
        case .agents(let range): return (.list(try exportAgents(range, shards)), lastRecord)
        case .views(let range): return (.list(try exportViews(range)), lastRecord)
        case .tickets(let after, let limit, let thread):
            return (.list(exportTickets(after: after, limit: limit, thread, shards)), lastRecord)
        case .ticket(let id, let thread):
            let ticket = try shards.existing(id)
            if ticket.ticket.putAway != nil { throw ticket.ticket.isMerged }
            // It names agents and departments as they are called now.
            return (.document(exported(ticket, thread, TransferNames(self)).document), lastRecord)
        }
    }

    private func exportTickets(
        after: TicketID, limit: Int, _ thread: ClosedRange<UInt32>?, _ shards: Shards
    ) -> [JSON] {
        let names = TransferNames(self)
        var documents: [JSON] = []
        var bytes = 0
        var last = after
        while documents.count < limit, bytes < ExportLimit.listBytes, last < nextTicket,
            let id = shards.next(from: TicketID(last.rawValue + 1))
        {
            last = id
            guard let ticket = shards.view(id), ticket.ticket.putAway == nil else { continue }
            let (document, size) = exported(ticket, thread, names)
            bytes += size
            documents.append(document.with("cursor", .string(String(id.rawValue))))
        }
        return documents
    }

    /// The ticket with so much of its thread as fits, or a part of that. `size` is what its thread takes.
    private func exported(
        _ ticket: TicketView, _ range: ClosedRange<UInt32>?, _ names: TransferNames
    ) -> (document: JSON, size: Int) {
        let count = ticket.ticket.thread.count
        let first = range?.lowerBound ?? 1
        let last = min(range?.upperBound ?? count, count)
        var entries: [ThreadEntry] = []
        var size = 0
        for entry in ticket.thread where entry.number >= first {
            guard entry.number <= last else { break }
            let more = entry.size
            guard entries.isEmpty || size + more <= ExportLimit.threadBytes else { break }
            size += more
            entries.append(entry)
        }
        let end = UInt64(first) + UInt64(entries.count)
        let next = end <= UInt64(count) ? end : nil
        guard first > 1 else {
            return (DocumentCoder.write(TicketDocument(ticket, entries, next: next), names), size)
        }
        var part = PartDocument()
        part.id = ticket.id
        part.source = ticket.extras.source
        part.createdAt = ticket.createdAt
        part.first = UInt64(first)
        part.entries = entries
        part.next = next ?? 0
        return (DocumentCoder.write(part, names), size)
    }
}

extension ThreadEntry {
    /// What it takes as JSON, at the most.
    fileprivate var size: Int { ExportLimit.entryBytes + (body?.jsonBytes ?? 0) + (from?.jsonBytes ?? 0) }
}

extension String {
    fileprivate var jsonBytes: Int {
        var text = self
        return text.withUTF8 { bytes in
            bytes.reduce(0) { sum, byte in
                sum + (byte < 0x20 ? 6 : byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 2 : 1)
            }
        }
    }
}
