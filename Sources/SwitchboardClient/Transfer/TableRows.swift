/// Reads the rows of a table. The header's names say what each column is, in any order.
struct TableRows {
    private let file: CompressedFile
    private var reader: CSVReader
    private let defaults: ImportDefaults
    private let columns: [String]
    /// The header as it stands in the file.
    let header: [UInt8]
    private var isAtEnd = false

    /// Throws when a column has an unknown name: nothing is imported then.
    init(_ file: CompressedFile, _ defaults: ImportDefaults) throws(ClientError) {
        self.file = file
        reader = CSVReader(file: file)
        self.defaults = defaults
        var row = CSVRow()
        guard try reader.next(&row) else { throw ClientError(.file, "the table has no header") }
        var names: [String] = []
        for place in 0..<row.count {
            var name = row[place]
            if place == 0, name.hasPrefix("\u{FEFF}") { name.removeFirst() }
            let isKnown = TicketRows.columns.contains(name) || (name.hasPrefix("field.") && name.count > 6)
            guard isKnown else {
                let known = TicketRows.columns.joined(separator: ", ")
                throw ClientError(.file, "unknown column '\(name)': there are \(known) and field.<name>")
            }
            guard !names.contains(name) else { throw ClientError(.file, "the column '\(name)' is there twice") }
            names.append(name)
        }
        columns = names
        header = TicketRows.line(names.map { Array($0.utf8) })
    }

    /// The next row; `nil` at the end.
    mutating func next() throws(ClientError) -> Result<ImportRow, BadRow>? {
        guard !isAtEnd else { return nil }
        var row = CSVRow()
        do throws(ClientError) {
            guard try reader.next(&row) else { return nil }
        } catch {
            guard let rest = reader.unfinished else { throw error }
            isAtEnd = true
            let lines = lastLine > row.line ? "; it takes all lines to the last, \(grouped(lastLine))" : ""
            return .failure(BadRow(line: row.line, raw: rest, reason: "a quoted field does not end" + lines))
        }
        let raw = TicketRows.line((0..<row.count).map { Array(row.bytes($0)) })
        guard !row.isMalformed else {
            return .failure(BadRow(line: row.line, raw: reader.raw, reason: "a field goes on behind its closing quote"))
        }
        guard row.count == columns.count else {
            let reason = "has \(row.count) cells, and the header \(columns.count)"
            return .failure(BadRow(line: row.line, raw: raw, reason: reason))
        }
        for place in 0..<row.count where String(validating: row.bytes(place), as: UTF8.self) == nil {
            return .failure(BadRow(line: row.line, raw: raw, reason: "\(columns[place]): is no UTF-8"))
        }
        return .success(ticket(row, raw))
    }

    private var lastLine: Int { file.lineNumber }

    private func ticket(_ row: CSVRow, _ raw: [UInt8]) -> ImportRow {
        var members: [(String, [UInt8])] = []
        var fields: [(String, [UInt8])] = []
        var result = ImportRow(line: row.line, raw: raw, words: [])
        var given: Set<String> = []
        for (place, column) in columns.enumerated() where !row.bytes(place).isEmpty {
            let value = row[place]
            given.insert(column)
            switch column {
            case "id", "priority", "weight":
                // What is no number goes as a text, for the server to refuse by name.
                members.append((column, Int(value) == nil ? JSONEncoding.text(value) : Array(value.utf8)))
                if column == "id" { result.id = Int(value) }
            case "tags":
                let tags = value.split(separator: ",").map { JSONEncoding.text(Self.trimmed($0)) }
                members.append((column, [0x5B] + tags.joined(separator: [0x2C]) + [0x5D]))
            case let name where name.hasPrefix("field."):
                fields.append((String(name.dropFirst("field.".count)), JSONEncoding.text(value)))
            default: members.append((column, JSONEncoding.text(value)))
            }
        }
        if !fields.isEmpty { members.append(("fields", JSONEncoding.members(fields) + [0x7D])) }
        if let department = defaults.department, !given.contains("dept") {
            members.append(("dept", JSONEncoding.text(department)))
        }
        if let channel = defaults.channel, !given.contains("channel") {
            members.append(("channel", JSONEncoding.text(channel)))
        }
        if !given.contains("id"), !given.contains("ref") {
            members.append(("ref", JSONEncoding.text(ImportRow.reference(line: row.line, raw))))
        }
        result.words = ImportRow.words(JSONEncoding.members(members) + [0x7D])
        return result
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
