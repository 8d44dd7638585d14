/// How tickets stand in a file.
package enum TransferFormat: String {
    /// One document a line.
    case jsonl
    /// One ticket a row, with much left out.
    case csv

    /// As it is asked for, or as the file is called; JSON lines otherwise.
    init(named name: String?, path: String?) throws(UsageError) {
        if let name {
            guard let format = TransferFormat(rawValue: name) else {
                throw UsageError("--format must be jsonl or csv, not '\(name)'")
            }
            self = format
            return
        }
        let path = path ?? ""
        self = path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") ? .csv : .jsonl
    }
}
