/// Tickets as rows of a table: what fits one, and what was written first.
struct TicketRows {
    /// Where the first message is looked for: a ticket that was split off begins with where it came from, and of one that was split
    /// the first ones may have gone.
    static let firstEntries = "1-20"

    /// The columns that are always there, in this order; fields follow as `field.<name>`.
    static let columns = [
        "id", "source", "ref", "channel", "dept", "status", "priority", "weight", "agent", "subject", "from", "tags",
        "created_at",
        "updated_at", "postponed_until", "body",
    ]

    let fields: [String]

    var header: [UInt8] { Self.line((Self.columns + fields.map { "field." + $0 }).map { Array($0.utf8) }) }

    static func fieldNames(of line: ExportedLine) -> [String] {
        guard case .object(let members)? = JSONValue(parsing: line.bytes)?["fields"] else { return [] }
        return Array(members.keys)
    }

    /// The row of a ticket; `nil`: a merged one, which only points to another.
    func row(of line: ExportedLine) throws(ClientError) -> [UInt8]? {
        guard let ticket = JSONValue(parsing: line.bytes) else {
            throw ClientError(
                .reply, "the server sent no JSON: \(String(decoding: line.bytes.prefix(60), as: UTF8.self))")
        }
        guard ticket["status"]?.string != "merged" else { return nil }
        let source = ticket["source"]?.string ?? ""
        let own = ticket["refs"]?.array?.first { ($0["source"]?.string ?? "") == source }
        let first = ticket["thread"]?.array?.first { $0["kind"]?.string == "message" && $0["body"]?.string != nil }
        var values: [String] = []
        for column in Self.columns {
            switch column {
            case "id", "priority", "weight": values.append(ticket[column]?.integer.map { String($0) } ?? "")
            case "ref": values.append(own?["ref"]?.string ?? "")
            case "tags": values.append(ticket["tags"]?.array?.compactMap(\.string).joined(separator: ",") ?? "")
            case "body": values.append(first?["body"]?.string ?? "")
            default: values.append(ticket[column]?.string ?? "")
            }
        }
        for field in fields { values.append(ticket["fields"]?[field]?.string ?? "") }
        return Self.line(values.map { Array($0.utf8) })
    }

    /// One row, without its end (RFC 4180).
    static func line(_ values: [[UInt8]]) -> [UInt8] {
        var line: [UInt8] = []
        for (place, value) in values.enumerated() {
            if place > 0 { line.append(UInt8(ascii: ",")) }
            let needsQuotes = value.contains { byte in
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13
            }
            guard needsQuotes else {
                line += value
                continue
            }
            line.append(UInt8(ascii: "\""))
            for byte in value {
                if byte == UInt8(ascii: "\"") { line.append(byte) }
                line.append(byte)
            }
            line.append(UInt8(ascii: "\""))
        }
        return line
    }
}
