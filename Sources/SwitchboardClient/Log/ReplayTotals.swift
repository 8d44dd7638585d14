/// The numbers that a replay must bring out equal: those of the log, those acknowledged, those in the histories.
package struct ReplayTotals: Equatable, Sendable {
    package var opened = 0
    package var groupChanges = 0
    package var assigneeChanges = 0
    /// Those of the assignee changes that leave the ticket to nobody.
    package var releases = 0
    package var priorityChanges = 0
    package var reopenings = 0
    package var resolvedAtEnd = 0

    package init() {}

    /// The totals with their names, in the order of the table.
    package var lines: [(name: String, count: Int)] {
        [
            ("tickets opened", opened), ("group changes", groupChanges), ("assignee changes", assigneeChanges),
            ("  of them releases", releases), ("priority changes", priorityChanges), ("reopenings", reopenings),
            ("resolved at the end", resolvedAtEnd),
        ]
    }

    /// What the log says: changes from row to row within an incident in file order, and the final reopen counts.
    ///
    /// Counted from the rows alone, knowing nothing of requests, so that it can hold a replay to account.
    package init(of log: IncidentLog) {
        for incident in log.incidents {
            opened += 1
            for index in incident.rows.dropFirst() {
                let (before, after) = (log.rows[index - 1], log.rows[index])
                if after.group != before.group { groupChanges += 1 }
                if after.assignee != before.assignee {
                    assigneeChanges += 1
                    if after.assignee == nil { releases += 1 }
                }
                if after.priority != before.priority { priorityChanges += 1 }
            }
            guard let last = incident.rows.last else { continue }
            reopenings += log.rows[last].reopenCount
            if log.rows[last].state.isFinished { resolvedAtEnd += 1 }
        }
    }
}
