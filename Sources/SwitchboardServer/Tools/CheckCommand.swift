import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardWire

/// `switchboard check`: whether a server would start on a data folder, and what is there.
public enum CheckCommand {
    public static let help = """
        switchboard check --data DIR [--repair]

        Reads every snapshot and every journal file of a data folder and prints how each
        is, what it holds, and the state that a server would have: its counts, its digest
        and what VERIFY says of it. Changes nothing. No server may be running on the
        folder; to look into one that is, copy its files.

        --data DIR   the data folder (default snapshots)
        --repair     renames damaged snapshots, and cuts the journal at the first record
                     that a server cannot get past. What is cut is kept, in files with
                     .cut-OFFSET behind their names, which a server leaves alone. Prints
                     what was done and which records are lost.

        Exit status: 0 when all is sound (a write that a crash tore is: the next start
        cuts it), 1 for damage that is still there, 2 for a bad command line, or a folder
        that cannot be read or is in use.
        """

    /// Runs the command with what follows `check` on the command line; returns the exit status.
    public static func run(arguments: [String]) -> Int32 {
        var path = Configuration().data
        var repairs = false
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h":
                print(help)
                return 0
            case "--repair": repairs = true
            case "--data":
                guard let value = rest.popFirst() else { return fail("option '--data' needs a value") }
                path = value
            case _ where word.hasPrefix("--data="): path = String(word.dropFirst("--data=".count))
            default: return fail("unexpected argument '\(word)'; see 'switchboard help check'")
            }
        }
        guard !path.isEmpty else { return fail("option '--data' must be a folder") }
        do throws(StorageError) {
            let folder = try DataFolder(existing: path)
            defer { folder.release() }
            return try run(folder, repairs: repairs)
        } catch {
            return fail(error.message)
        }
    }

    private static func run(_ folder: DataFolder, repairs: Bool) throws(StorageError) -> Int32 {
        var findings = try FolderCheck.run(folder)
        for line in findings.lines { print(line) }
        guard repairs, !findings.isSound else { return findings.isSound ? 0 : 1 }
        let report = try FolderRepair.run(folder, findings)
        if let refusal = report.refusal {
            print("not repaired: \(refusal)")
            return 1
        }
        for line in report.done { print("repaired: \(line)") }
        for lost in report.lost { print("lost: \(lost.line)") }
        if report.lost.isEmpty { print("lost: nothing") }
        findings = try FolderCheck.run(folder)
        print("after it:")
        for line in findings.lines { print(line) }
        return findings.isSound ? 0 : 1
    }

    private static func fail(_ message: String) -> Int32 {
        StandardError.write("switchboard check: \(message)")
        return 2
    }
}

extension FolderFindings {
    /// What was found, for a person.
    var lines: [String] {
        var lines: [String] = []
        for snapshot in snapshots { lines.append("  \(snapshot.name): \(snapshot.line)") }
        for segment in segments { lines.append("  \(segment.name): \(segment.line)") }
        if snapshots.isEmpty, segments.isEmpty, gaps.isEmpty {
            lines.append("  no snapshot and no journal: a server would start empty")
        }
        lines += gaps.map { "missing: \($0)" }
        if let state { lines += state.lines }
        lines.append(isSound ? "sound" : "damaged")
        return lines
    }
}

extension FolderFindings.Condition {
    fileprivate func line(_ good: String) -> String {
        switch self {
        case .good: "good, \(good)"
        case .torn(let what, let offset, let bytes):
            "good, \(good); the last write was torn at offset \(offset) (\(what)), the next start cuts \(bytes) bytes"
        case .damaged(let what, _): "DAMAGED, \(good): \(what)"
        case .newer(let what): "NOT KNOWN: \(what)"
        }
    }
}

extension FolderFindings.Snapshot {
    fileprivate var line: String {
        let made = createdMilliseconds.map { ", made \(Timestamp(milliseconds: $0).text)" } ?? ""
        return condition.line("record \(record.rawValue)\(made), \(sections) sections, \(bytes) bytes")
    }
}

extension FolderFindings.Segment {
    fileprivate var line: String {
        var times = ""
        if let oldest, let newest { times = ", \(oldest.text) to \(newest.text)" }
        let range = records == 0 ? "no record" : "records \(first.rawValue) to \(last.rawValue)"
        return condition.line("\(range)\(times), \(bytes) bytes")
    }
}

extension FolderFindings.State {
    fileprivate var lines: [String] {
        let base = snapshot.map { "snapshot of record \($0.rawValue)" } ?? "no snapshot"
        var lines = [
            "recovered: record \(last.rawValue) (\(base), \(recordsReplayed) records replayed)",
            "holds: \(departments) departments, \(agents) agents, \(tickets) tickets, \(timers) timers, \(skips) skip lists",
            "digest: \(verification.digest.text)",
            "verified: \(verification.isOK ? "ok" : "NOT OK"), \(verification.checked) facts compared",
        ]
        lines += verification.problems.map { "  \($0)" }
        return lines
    }
}

extension FolderRepair.Lost {
    fileprivate var line: String {
        var line = "records from \(first.rawValue) on"
        if let last {
            line = first == last ? "record \(first.rawValue)" : "records \(first.rawValue) to \(last.rawValue)"
        }
        guard let oldest, let newest else { return line }
        return "\(line), of \(oldest.text) to \(newest.text)"
    }
}
