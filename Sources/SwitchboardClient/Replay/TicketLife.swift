/// How the rows of an incident read as a ticket's life.
///
/// | in the log | request |
/// | --- | --- |
/// | the first row | `OPEN` at `opened_at`, with its group and, unless `?`, its assignee |
/// | the first row is Resolved or Closed already | then `RESOLVE`, at the row's time |
/// | from Resolved or Closed to another state | `REOPEN` |
/// | another group | `TRANSFER dept=`, with `agent=` unless the assignee is `?` |
/// | the same group, another assignee | `ASSIGN`; `RELEASE` when it is `?` |
/// | another priority | `SET priority=` |
/// | from Awaiting User Info to Active | `MESSAGE` of the customer |
/// | from another state to Resolved or Closed | `RESOLVE` |
/// | none of these | `NOTE` |
///
/// A row may need several; they are sent in this order. So each change of the log is one change of the ticket:
/// a reopened ticket comes back to its last owner before it moves on, and a move that takes the owner along is
/// one request and not two. Closed after Resolved is a note. Other changes of state are notes too, or nothing
/// where the row says something else as well: the server has no counterpart, and `unmapped` counts them.
package enum TicketLife {
    /// The writer of notes on tickets that nobody owns.
    package static let desk = "desk"

    /// The requests of one incident, in order. Their times never go back: a row with an earlier time than the row
    /// before it counts as simultaneous with that.
    package static func steps(of index: Int, in log: IncidentLog) -> [LifeStep] {
        let incident = log.incidents[index]
        var writer = StepWriter(incident: index, at: incident.openedAt)
        var before: IncidentRow?
        for number in incident.rows {
            let row = log.rows[number]
            if let before {
                writer.begin(row: number, at: row.updatedAt)
                writer.append(requests(from: before, to: row, incident: incident), before: before, after: row)
            } else {
                writer.begin(row: number, at: incident.openedAt)
                writer.open(incident, row)
                if row.state.isFinished {
                    writer.begin(row: number, at: row.updatedAt)
                    writer.append([.resolve], before: row, after: row)
                }
            }
            before = row
        }
        return writer.steps
    }

    /// What leads from one row of an incident to the next: at least one request.
    package static func requests(
        from before: IncidentRow, to after: IncidentRow, incident: Incident
    ) -> [LifeRequest] {
        let change = before.state == after.state ? nil : StateChange(from: before.state, to: after.state)
        let body = change.map { "\($0) (\(after.updatedBy))" } ?? after.updatedBy
        let counterpart = change?.counterpart ?? .none
        var requests: [LifeRequest] = []
        if counterpart == .reopen { requests.append(.reopen) }
        if after.group != before.group {
            requests.append(.transfer(department: after.group, agent: after.assignee))
        } else if after.assignee != before.assignee {
            requests.append(after.assignee.map(LifeRequest.assign) ?? .release)
        }
        if after.priority != before.priority { requests.append(.setPriority(after.priority)) }
        if counterpart == .customerMessage { requests.append(.message(from: incident.caller, body: body)) }
        if counterpart == .resolve { requests.append(.resolve) }
        if requests.isEmpty { requests.append(.note(by: after.assignee ?? desk, body: body)) }
        return requests
    }

    /// The changes of state in the log that no change of the ticket stands for, most frequent first.
    package static func unmapped(in log: IncidentLog) -> [(change: StateChange, count: Int)] {
        var counts: [StateChange: Int] = [:]
        for incident in log.incidents {
            for index in incident.rows.dropFirst() where log.rows[index].state != log.rows[index - 1].state {
                let change = StateChange(from: log.rows[index - 1].state, to: log.rows[index].state)
                if change.counterpart == .none { counts[change, default: 0] += 1 }
            }
        }
        return counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
            .map { ($0.key, $0.value) }
    }

    /// The requests of the whole log in the order of their times, and of the file where times are equal.
    package static func schedule(of log: IncidentLog) -> [LifeStep] {
        var steps: [LifeStep] = []
        steps.reserveCapacity(log.rows.count + log.rows.count / 8)
        for index in log.incidents.indices { steps.append(contentsOf: self.steps(of: index, in: log)) }
        // The place in the file order decides last: the library does not promise a stable sort.
        let order = steps.indices.sorted { (steps[$0].at, $0) < (steps[$1].at, $1) }
        return order.map { steps[$0] }
    }
}

/// Gathers the steps of one incident.
private struct StepWriter {
    private(set) var steps: [LifeStep] = []
    private let incident: Int
    private var row = 0
    private var time: ServiceTime

    init(incident: Int, at time: ServiceTime) {
        self.incident = incident
        self.time = time
    }

    mutating func begin(row: Int, at time: ServiceTime) {
        self.row = row
        self.time = max(self.time, time)
    }

    mutating func open(_ incident: Incident, _ row: IncidentRow) {
        let opening = LifeOpening(incident, row: row, agent: row.assignee)
        append(.open(opening), endsRow: !row.state.isFinished, department: row.group, agent: row.assignee)
    }

    mutating func append(_ requests: [LifeRequest], before: IncidentRow, after: IncidentRow) {
        for (index, request) in requests.enumerated() {
            // A reopened ticket is still where the row before left it.
            let shown = request == .reopen ? before : after
            append(
                request, endsRow: index == requests.count - 1, department: shown.group, agent: shown.assignee)
        }
    }

    private mutating func append(_ request: LifeRequest, endsRow: Bool, department: String, agent: String?) {
        steps.append(
            LifeStep(
                at: time, row: row, incident: incident, request: request, endsRow: endsRow, department: department,
                agent: agent))
    }
}
