/// A help desk's log: its incidents and their rows.
package struct IncidentLog: Sendable {
    package private(set) var incidents: [Incident] = []
    package private(set) var rows: [IncidentRow] = []

    /// Reads the log at `path`, plain or gzip. Throws with the line's number when a row is not what it should be.
    package static func read(path: String) throws(ClientError) -> IncidentLog {
        var reader = CSVReader(file: try CompressedFile(path: path))
        var row = CSVRow()
        guard try reader.next(&row) else { throw ClientError(.file, "\(path) is empty") }
        let columns = try IncidentColumns(header: row)
        var log = IncidentLog()
        var numbers: Set<String> = []
        var head: IncidentHead?
        while try reader.next(&row) {
            guard row.count == columns.count else {
                throw ClientError(.file, "line \(row.line): \(row.count) fields instead of \(columns.count)")
            }
            if head?.number != row[columns.number] {
                log.end(head)
                let next = try columns.head(of: row, firstRow: log.rows.count)
                guard numbers.insert(next.number).inserted else {
                    throw ClientError(.file, "line \(row.line): the rows of \(next.number) do not stand together")
                }
                head = next
            }
            log.rows.append(try columns.row(of: row))
        }
        log.end(head)
        guard !log.incidents.isEmpty else { throw ClientError(.file, "\(path) holds no incident") }
        return log
    }

    /// The first `count` incidents and their rows.
    package func prefix(_ count: Int) -> IncidentLog {
        var shorter = IncidentLog()
        shorter.incidents = Array(incidents.prefix(count))
        shorter.rows = Array(rows.prefix(shorter.incidents.last?.rows.upperBound ?? 0))
        return shorter
    }

    /// For each agent the departments it works in, both in the order of their names.
    package var memberships: [(agent: String, departments: [String])] {
        var groups: [String: Set<String>] = [:]
        for row in rows {
            guard let agent = row.assignee else { continue }
            groups[agent, default: []].insert(row.group)
        }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    /// Every department a row names, in the order of their names.
    package var departments: [String] { Set(rows.map(\.group)).sorted() }

    private mutating func end(_ head: IncidentHead?) {
        guard let head else { return }
        incidents.append(
            Incident(
                number: head.number, openedAt: head.openedAt, finishedAt: head.finishedAt, caller: head.caller,
                source: head.source, subject: head.subject, rows: head.firstRow..<rows.count))
    }
}

/// An incident whose last row is still to come.
struct IncidentHead {
    let number: String
    let openedAt: ServiceTime
    let finishedAt: ServiceTime
    let caller: String?
    let source: String
    let subject: String
    let firstRow: Int
}
