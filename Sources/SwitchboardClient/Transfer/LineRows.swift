/// Reads the rows of a file of JSON lines.
struct LineRows {
    private let file: CompressedFile
    private let defaults: ImportDefaults

    init(_ file: CompressedFile, _ defaults: ImportDefaults) {
        self.file = file
        self.defaults = defaults
    }

    /// The next row; `nil` at the end. Throws `ClientError` where the file cannot be read.
    func next() throws(ClientError) -> Result<ImportRow, BadRow>? {
        var line: [UInt8] = []
        repeat {
            line = []
            guard try file.readLine(into: &line) else { return nil }
            // What some editors put before the first line of UTF-8.
            if file.lineNumber == 1, line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
        } while line.allSatisfy { $0 == 32 || $0 == 9 }
        let number = file.lineNumber
        if line.starts(with: Self.record) { return record(line, number) }
        if let id = ExportedLine.id(of: line), defaults.department == nil, defaults.channel == nil {
            return .success(ImportRow(line: number, raw: line, words: ImportRow.words(line), id: id))
        }
        return .success(completed(line, number))
    }

    private static let record = Array("{\"record\":".utf8)

    /// A document with what it lacks. One that is no object is left as it is: the server says what is wrong with it.
    private func completed(_ line: [UInt8], _ number: Int) -> ImportRow {
        var row = ImportRow(line: number, raw: line, words: [])
        var document = line
        if case .object(let members)? = JSONValue(parsing: line), let brace = line.firstIndex(of: UInt8(ascii: "{")) {
            row.id = members["id"]?.integer
            var added: [(String, [UInt8])] = []
            if let department = defaults.department, members["dept"] == nil, members["thread_from"] == nil {
                added.append(("dept", JSONEncoding.text(department)))
            }
            if let channel = defaults.channel, members["channel"] == nil, members["thread_from"] == nil {
                added.append(("channel", JSONEncoding.text(channel)))
            }
            if row.id == nil, members["ref"] == nil, members["refs"] == nil {
                added.append(("ref", JSONEncoding.text(ImportRow.reference(line: number, line))))
            }
            if !added.isEmpty {
                let comma = members.isEmpty ? [] : [UInt8(ascii: ",")]
                document = JSONEncoding.members(added) + comma + line[(brace + 1)...]
            }
        }
        row.words = ImportRow.words(document)
        return row
    }

    /// A department, an agent or a view: the options of the command that adds it.
    private func record(_ line: [UInt8], _ number: Int) -> Result<ImportRow, BadRow> {
        func bad(_ reason: String) -> Result<ImportRow, BadRow> {
            .failure(BadRow(line: number, raw: line, reason: reason))
        }
        guard let json = JSONValue(parsing: line) else { return bad("is no JSON") }
        let nouns = ["dept": "DEPT", "agent": "AGENT", "view": "VIEW"]
        guard let noun = json["record"]?.string.flatMap({ nouns[$0] }) else {
            return bad("record: must be dept, agent or view")
        }
        guard let name = json["name"]?.string else { return bad("name: is missing") }
        var words = [noun, noun == "VIEW" ? "SAVE" : "ADD", name]
        var kind = ImportRow.Kind.record
        if json["change"] != nil {
            kind = .change
            guard noun == "DEPT" else { return bad("change: belongs to a dept") }
            words = [noun, "SET", name]
        }
        if let former = json["former"] {
            guard noun != "VIEW", let former = former.integer else { return bad("former: must be a number") }
            words = [noun, "FORMER", name, "n=\(former)"]
        }
        if case .object(let options)? = json["options"] {
            for (key, value) in options.sorted(by: { $0.key < $1.key }) {
                guard let text = value.string ?? value.integer.map({ String($0) }) else {
                    return bad("options.\(key): must be a text")
                }
                words.append("\(key)=\(text)")
            }
        }
        if noun == "VIEW" { words.append("new=yes") }
        return .success(
            ImportRow(line: number, raw: line, kind: kind, words: words.map { Array($0.utf8) }))
    }
}
