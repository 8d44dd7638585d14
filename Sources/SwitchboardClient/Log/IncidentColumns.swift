/// Where the columns we read stand in the log, and how their fields read.
struct IncidentColumns {
    let count: Int
    let number: Int
    private let state, reopenCount, caller, openedAt, updatedBy, updatedAt, contactType: Int
    private let category, subcategory, priority, group, assignee, resolvedAt, closedAt: Int

    /// Finds the columns by name, so that their order and further ones do not matter.
    init(header: CSVRow) throws(ClientError) {
        let names = (0..<header.count).map { header[$0] }
        func column(_ name: String) throws(ClientError) -> Int {
            guard let index = names.firstIndex(of: name) else {
                throw ClientError(.file, "line \(header.line): this is not the incident log: no column '\(name)'")
            }
            return index
        }
        count = names.count
        number = try column("number")
        state = try column("incident_state")
        reopenCount = try column("reopen_count")
        caller = try column("caller_id")
        openedAt = try column("opened_at")
        updatedBy = try column("sys_updated_by")
        updatedAt = try column("sys_updated_at")
        contactType = try column("contact_type")
        category = try column("category")
        subcategory = try column("subcategory")
        priority = try column("priority")
        group = try column("assignment_group")
        assignee = try column("assigned_to")
        resolvedAt = try column("resolved_at")
        closedAt = try column("closed_at")
    }

    /// What a row says of its incident as a whole.
    func head(of row: CSVRow, firstRow: Int) throws(ClientError) -> IncidentHead {
        let opened = try time(row, openedAt, "opened_at")
        let finished =
            isKnown(row, resolvedAt)
            ? try time(row, resolvedAt, "resolved_at") : try time(row, closedAt, "closed_at")
        return IncidentHead(
            number: row[number], openedAt: opened, finishedAt: max(opened, finished),
            caller: Identifier.make(row.bytes(caller)), source: Identifier.make(row.bytes(contactType)) ?? "unknown",
            subject: [category, subcategory].filter { isKnown(row, $0) }.map { row[$0] }.joined(separator: ", "),
            firstRow: firstRow)
    }

    func row(of row: CSVRow) throws(ClientError) -> IncidentRow {
        guard let stateName = IncidentState(rawValue: row[state]) else { throw wrong(row, state, "incident_state") }
        // `3 - Moderate`
        guard let level = row.bytes(priority).first, (UInt8(ascii: "1")...UInt8(ascii: "4")).contains(level) else {
            throw wrong(row, priority, "priority")
        }
        guard let reopenings = Int(row[reopenCount]) else { throw wrong(row, reopenCount, "reopen_count") }
        return IncidentRow(
            state: stateName, updatedAt: try time(row, updatedAt, "sys_updated_at"),
            group: Identifier.make(row.bytes(group)) ?? Identifier.unknownGroup,
            assignee: Identifier.make(row.bytes(assignee)), priority: Int(level - UInt8(ascii: "0")),
            contactType: row[contactType], reopenCount: reopenings, updatedBy: row[updatedBy])
    }

    private func isKnown(_ row: CSVRow, _ column: Int) -> Bool {
        !row.bytes(column).elementsEqual(CollectionOfOne(UInt8(ascii: "?")))
    }

    private func time(_ row: CSVRow, _ column: Int, _ name: String) throws(ClientError) -> ServiceTime {
        guard let time = ServiceTime(log: row.bytes(column)) else { throw wrong(row, column, name) }
        return time
    }

    private func wrong(_ row: CSVRow, _ column: Int, _ name: String) -> ClientError {
        ClientError(.file, "line \(row.line): '\(row[column])' is no \(name)")
    }
}
