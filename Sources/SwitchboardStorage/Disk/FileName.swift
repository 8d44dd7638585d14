import SwitchboardModel

/// The names in a data folder. Numbers have 20 digits, so that names sort as numbers do.
enum FileName {
    static let lock = "switchboard.lock"
    /// Added to the name of a file that is being written; such a file holds nothing until it is renamed.
    static let temporarySuffix = ".tmp"
    /// A file of zeros that is to be a segment.
    static let nextSegment = "journal-next" + temporarySuffix

    /// Names the newest segment.
    static let newestSegment = "journal-newest"

    static func segment(first: LogSequenceNumber) -> String { "journal-\(digits(first)).log" }
    static func snapshot(through lsn: LogSequenceNumber) -> String { "snapshot-\(digits(lsn)).swb" }

    static func segment(_ name: String) -> LogSequenceNumber? { number(in: name, "journal-", ".log") }
    static func snapshot(_ name: String) -> LogSequenceNumber? { number(in: name, "snapshot-", ".swb") }

    /// Ours and unfinished; other programs' files are none of our business.
    static func isTemporary(_ name: String) -> Bool {
        guard name.hasSuffix(temporarySuffix) else { return false }
        if name == nextSegment { return true }
        let final = String(name.dropLast(temporarySuffix.count))
        return segment(final) != nil || snapshot(final) != nil || final == newestSegment
    }

    /// What stands behind the last slash of a path.
    static func last(of path: String) -> String {
        String(path.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    }

    private static func digits(_ lsn: LogSequenceNumber) -> String {
        let text = String(lsn.rawValue)
        return String(repeating: "0", count: 20 - text.count) + text
    }

    private static func number(in name: String, _ prefix: String, _ suffix: String) -> LogSequenceNumber? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
        guard digits.count == 20, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        // Half the range is more than any journal reaches, and leaves room to count on from every number read.
        guard let value = UInt64(digits), value <= UInt64(Int64.max) else { return nil }
        return LogSequenceNumber(value)
    }
}
