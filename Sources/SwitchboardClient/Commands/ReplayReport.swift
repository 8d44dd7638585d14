/// What a replay prints, as lines of at most 80 columns.
package enum ReplayReport {
    /// `24,918 incidents, 141,712 rows, 79 departments, 234 agents`
    package static func size(of log: IncidentLog) -> String {
        "\(grouped(log.incidents.count)) incidents, \(grouped(log.rows.count)) rows, "
            + "\(log.departments.count) departments, \(log.memberships.count) agents"
    }

    /// The totals of the log beside those of other countings, and whether each line is equal.
    package static func table(
        log: ReplayTotals, beside columns: [(heading: String, totals: ReplayTotals)]
    ) -> [String] {
        var table = TextTable(["", "the log"] + columns.map(\.heading) + [""])
        for (index, line) in log.lines.enumerated() {
            let counts = columns.map { $0.totals.lines[index].count }
            let verdict = counts.allSatisfy { $0 == line.count } ? "equal" : "DIFFERS"
            table.add([line.name, grouped(line.count)] + counts.map(grouped) + [verdict])
        }
        return table.lines
    }

    /// The changes of the log that no change of a ticket stands for, by kind.
    package static func unmapped(in log: IncidentLog) -> [String] {
        let changes = TicketLife.unmapped(in: log)
        guard !changes.isEmpty else { return [] }
        var table = TextTable(["changes of state not mapped", "count"])
        for (change, count) in changes { table.add([change.description, grouped(count)]) }
        table.add(["together", grouped(changes.reduce(0) { $0 + $1.count })])
        return table.lines
    }

    /// How many requests of each verb were sent, most frequent first, wrapped.
    package static func requests(_ counts: [String: Int]) -> [String] {
        var lines = ["  requests: \(grouped(counts.values.reduce(0, +)))"]
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (index, entry) in sorted.enumerated() {
            let item = (index == 0 ? " = " : " + ") + "\(grouped(entry.value)) \(entry.key)"
            if lines[lines.count - 1].count + item.count > 78 { lines.append("   ") }
            lines[lines.count - 1] += item
        }
        return lines
    }

    /// `141,712 rows in 4.2 s: 33,740 rows/s`
    package static func speed(_ count: Int, _ unit: String, seconds: Double) -> String {
        let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
        return "\(grouped(count)) \(unit) in \(shortTime(seconds)): \(grouped(rate)) \(unit)/s"
    }

    /// What a routed pass found.
    package static func routed(_ result: RoutedResult) -> [String] {
        var table = TextTable(["second pass: routed by the server", ""])
        table.add(["tickets arrived", grouped(result.arrived)])
        table.add(["  assigned at once", grouped(result.assignedAtOnce)])
        table.add(["  waited, then assigned", grouped(result.assignedLater)])
        table.add(["  waited until the log's work was done", grouped(result.neverAssigned)])
        table.add(["longest wait (service time)", shortTime(Double(result.longestWaitSeconds))])
        table.add(["mean wait of those that waited", shortTime(Double(result.meanWaitSeconds))])
        table.add(["most waiting, most held at once", "\(grouped(result.mostWaiting)), \(grouped(result.mostHeld))"])
        table.add(["looks at agents and queues", grouped(result.checks)])
        table.add(["  agents over capacity", grouped(result.overCapacity.count)])
        table.add(["  departments waiting beside a free agent", grouped(result.waitingBesideFree.count)])
        table.add(["resolved at the end", grouped(result.resolved)])
        return table.lines
    }
}
