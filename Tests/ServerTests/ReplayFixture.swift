import Glibc
import SwitchboardClient

/// Files and logs for the tests of the replay.
enum ReplayFixture {
    /// The shipped log, wherever this checkout is.
    static var shippedLog: String {
        let top = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return top + "/Benchmarks/incidents/incident_event_log.csv.gz"
    }

    /// Runs `body` with the path of a file that holds `text`.
    static func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        let folder = try TemporaryFolder(name: "switchboard-test")
        defer { folder.remove() }
        let path = folder.path + "/file.csv"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        precondition(write(descriptor, bytes, bytes.count) == bytes.count, "cannot write \(path)")
        return try body(path)
    }

    /// The columns that the reader needs, and one that it does not, in an order of their own.
    static let header = """
        number,incident_state,active,reopen_count,caller_id,opened_at,sys_updated_by,sys_updated_at,contact_type,\
        category,subcategory,priority,assignment_group,assigned_to,resolved_at,closed_at
        """

    /// A log of one incident, opened at 08:00 and resolved at 12:00 of 1 March 2016.
    ///
    /// Each of `rows` is `state|minutes after 08:00|priority|group|assignee|reopenings`.
    static func incident(number: String = "INC1", _ rows: [String]) -> String {
        rows.map { row in
            let fields = row.split(separator: "|").map(String.init)
            let minutes = Int(fields[1])!
            let time = "1/3/2016 \(8 + minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
            return [
                number, fields[0], "true", fields[5], "Caller 7", "1/3/2016 08:00", "Updated by 21", time, "Phone",
                "Category 5", "?", fields[2], fields[3], fields[4], "1/3/2016 12:00", "6/3/2016 12:00",
            ].joined(separator: ",")
        }.joined(separator: "\n") + "\n"
    }

    static func log(_ incidents: String...) throws -> IncidentLog {
        try withFile(header + "\n" + incidents.joined()) { try IncidentLog.read(path: $0) }
    }

    /// The requests of the log's schedule, each as `minutes after 08:00` and its words; ticket ids are the incidents'
    /// numbers.
    static func requests(of log: IncidentLog) -> [String] {
        let start = ServiceTime("2016-03-01T08:00:00Z")!
        return TicketLife.schedule(of: log).map { step in
            let words = step.request.words(ticket: log.incidents[step.incident].number)
            return "\((step.at.milliseconds - start.milliseconds) / 60_000): " + words.joined(separator: " ")
        }
    }
}
