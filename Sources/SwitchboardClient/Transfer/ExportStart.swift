import Glibc

/// Where an interrupted export stopped: what of its file is whole.
struct ExportStart {
    /// The file up to its last whole line, or row.
    private(set) var bytes = 0
    /// The last ticket in it; 0: none.
    private(set) var ticket = 0
    /// The first entry of that ticket that is missing; `nil`: it is there as a whole.
    private(set) var next: Int?
    /// Of rows: the names of fields in the header.
    private(set) var fields: [String]?

    /// Nothing is there.
    init() {}

    /// Reads a file from its beginning to its end; one that is not there is empty.
    init(path: String, _ format: TransferFormat) throws(ClientError) {
        guard !path.hasSuffix(".gz") else {
            throw ClientError(.file, "\(path) is compressed: such a file cannot be gone on with, export it anew")
        }
        guard access(path, F_OK) == 0 else { return }
        let file = try CompressedFile(path: path)
        switch format {
        case .jsonl: try readLines(file)
        case .csv: try readRows(file, path)
        }
    }

    private mutating func readLines(_ file: CompressedFile) throws(ClientError) {
        var line: [UInt8] = []
        while try file.readLine(into: &line) {
            let end = file.bytesTaken
            // Without a line feed behind it, it is torn.
            guard end <= file.bytesRead else { break }
            if let id = ExportedLine.id(of: line) {
                bytes = end
                ticket = id
                next = ExportedLine(line).next
            } else if ticket != 0 {
                throw ClientError(.file, "line \(file.lineNumber) is no ticket")
            }
            line.removeAll(keepingCapacity: true)
        }
        // Departments, agents and views are few: without a ticket all of it is written anew.
        if ticket == 0 { bytes = 0 }
    }

    private mutating func readRows(_ file: CompressedFile, _ path: String) throws(ClientError) {
        var reader = CSVReader(file: file)
        var row = CSVRow()
        var columns: [String] = []
        while true {
            do throws(ClientError) {
                guard try reader.next(&row) else { break }
            } catch {
                // A row torn inside quotes ends with the file.
                break
            }
            guard reader.bytesTaken <= file.bytesRead else { break }
            if columns.isEmpty {
                columns = (0..<row.count).map { row[$0] }
                guard columns.starts(with: TicketRows.columns) else {
                    throw ClientError(.file, "\(path) has another header than an export: it cannot be gone on with")
                }
                fields = columns.dropFirst(TicketRows.columns.count).map { String($0.dropFirst("field.".count)) }
            } else {
                guard row.count == columns.count, let id = Int(row[0]) else {
                    throw ClientError(.file, "line \(row.line) of \(path) is no row of an export")
                }
                ticket = id
            }
            bytes = reader.bytesTaken
        }
    }
}
