import SwitchboardPlatform

/// Plays a log's arrivals and lets the server route them: each ticket comes at its opening time into its first
/// group, and is resolved when the log says that the work was done, which frees the slot for one that waits.
package struct RoutedPass {
    package static let capacity = 10

    package let log: IncidentLog
    package private(set) var result = RoutedResult()

    private let departments: [String]
    private let steps: [Step]
    private var pipeline: Pipeline<Expectation>
    private var tickets: [Ticket?]

    /// Between two looks at agents and queues.
    private static let stepsPerCheck = 1000

    /// An arrival or the end of the work.
    private struct Step {
        let at: ServiceTime
        let incident: Int
        let isArrival: Bool
    }

    private struct Ticket {
        let id: String
        let isAssignedAtOnce: Bool
    }

    private enum Expectation {
        case clock(ServiceTime)
        case arrival(Int)
        case end(Int)
    }

    package init(_ log: IncidentLog, client: LineClient, window: Int) {
        self.log = log
        departments = log.departments
        steps = log.incidents.enumerated().flatMap { index, incident in
            [
                Step(at: incident.openedAt, incident: index, isArrival: true),
                Step(at: incident.finishedAt, incident: index, isArrival: false),
            ]
        }.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        pipeline = Pipeline(client: client, window: window)
        tickets = Array(repeating: nil, count: log.incidents.count)
    }

    /// How many requests about tickets the pass will make: what `progress` should count to.
    package var stepCount: Int { steps.count }

    /// Plays everything, then reads the waits from the histories. The server must have been set up with a
    /// `HelpDesk` that routes, and be on the manual clock.
    package mutating func run(progress: inout Progress) throws(ClientError) {
        let start = SystemClock.monotonicNanoseconds()
        var now: ServiceTime?
        for (index, step) in steps.enumerated() {
            if now != step.at {
                try send(["CLOCK", "SET", step.at.text], .clock(step.at))
                now = step.at
            }
            if step.isArrival {
                let incident = log.incidents[step.incident]
                let opening = LifeOpening(incident, row: log.rows[incident.rows.lowerBound], agent: nil)
                try send(opening.words, .arrival(step.incident))
            } else {
                try send(["TICKET", "RESOLVE", try ticket(of: step.incident).id], .end(step.incident))
            }
            progress.advance()
            if index % RoutedPass.stepsPerCheck == RoutedPass.stepsPerCheck - 1 { try check() }
        }
        try check()
        result.seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
        try readWaits()
    }

    private mutating func send(_ words: [String], _ expectation: Expectation) throws(ClientError) {
        while pipeline.isFull { try take() }
        try pipeline.send(words, tag: expectation)
    }

    private mutating func ticket(of incident: Int) throws(ClientError) -> Ticket {
        while tickets[incident] == nil, !pipeline.isEmpty { try take() }
        guard let ticket = tickets[incident] else {
            throw ClientError(.reply, "\(log.incidents[incident].number) has no ticket")
        }
        return ticket
    }

    private mutating func take() throws(ClientError) {
        let (expectation, reply) = try pipeline.receive()
        switch expectation {
        case .clock(let time):
            if case .refusal(let message) = reply { throw ClientError(.reply, "CLOCK SET \(time.text): \(message)") }
        case .arrival(let incident):
            guard let json = reply.json, let id = json["id"]?.integer, let agent = json["agent"],
                json["duplicate"]?.bool != true
            else { throw ClientError(.reply, "opening \(log.incidents[incident].number): \(reply.text())") }
            tickets[incident] = Ticket(id: String(id), isAssignedAtOnce: agent.string != nil)
            result.arrived += 1
            if agent.string != nil { result.assignedAtOnce += 1 }
        case .end(let incident):
            guard let json = reply.json, json["status"]?.string == "resolved" else {
                throw ClientError(.reply, "resolving \(log.incidents[incident].number): \(reply.text())")
            }
            result.resolved += 1
            if let next = json["next"]?.integer, next > 0 { result.pulled += 1 }
        }
    }

    private mutating func check() throws(ClientError) {
        while !pipeline.isEmpty { try take() }
        result.add(try RoutingCheck.ask(pipeline.client, departments: departments))
    }

    /// How long those waited that had to, by the service times in their histories.
    private mutating func readWaits() throws(ClientError) {
        var questions = Pipeline<Int>(client: pipeline.client, window: pipeline.window)
        var index = 0
        while index < tickets.count || !questions.isEmpty {
            if index < tickets.count, !questions.isFull {
                if let ticket = tickets[index], !ticket.isAssignedAtOnce {
                    try questions.send(["TICKET", "HISTORY", ticket.id], tag: index)
                }
                index += 1
                continue
            }
            let (incident, reply) = try questions.receive()
            let assigned = try TicketChange.list(in: reply).first { $0.kind == .agent && $0.to != nil }
            let opened = log.incidents[incident].openedAt
            result.addWait(from: opened, to: assigned?.at, end: log.incidents[incident].finishedAt)
        }
    }
}
