import SwitchboardPlatform

/// Plays a log as tickets' lives, exactly as the help desk's people moved them.
package struct LogPass {
    /// How many tickets an agent may hold. More than anyone of the log ever did at once (215).
    package static let capacity = 300

    package let log: IncidentLog
    package private(set) var acknowledged: Acknowledged
    /// Requests sent, of each verb, and those that set the clock.
    package private(set) var requests: [String: Int] = [:]
    package private(set) var seconds = 0.0

    private let steps: [LifeStep]
    private var pipeline: Pipeline<Expectation>

    private enum Expectation {
        case clock(ServiceTime)
        case step(Int)
    }

    /// `window` is how many requests may be on the way.
    package init(_ log: IncidentLog, client: LineClient, window: Int) {
        self.log = log
        steps = TicketLife.schedule(of: log)
        acknowledged = Acknowledged(incidents: log.incidents.count)
        pipeline = Pipeline(client: client, window: window)
    }

    /// The tickets in the order of their incidents, as last acknowledged.
    package var tickets: [Acknowledged.Ticket] { acknowledged.tickets.compactMap { $0 } }

    /// Plays the whole log. The server must have been set up with a manual `HelpDesk`, and be on the manual clock.
    ///
    /// Refusals and answers that differ from the log are counted in `acknowledged`; thrown is only what ends it all.
    package mutating func run(progress: inout Progress) throws(ClientError) {
        let start = SystemClock.monotonicNanoseconds()
        var now: ServiceTime?
        for (index, step) in steps.enumerated() {
            if now != step.at {
                try send(["CLOCK", "SET", step.at.text], .clock(step.at))
                now = step.at
            }
            try send(step.request.words(ticket: try ticketID(of: step)), .step(index))
            if step.endsRow { progress.advance() }
        }
        while !pipeline.isEmpty { try take() }
        seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
    }

    private mutating func send(_ words: [String], _ expectation: Expectation) throws(ClientError) {
        while pipeline.isFull { try take() }
        try pipeline.send(words, tag: expectation)
        requests[words[0] == "CLOCK" ? "CLOCK SET" : words[1], default: 0] += 1
    }

    /// The id of the step's ticket. Only the reply to its opening tells it, so this may have to wait for that.
    private mutating func ticketID(of step: LifeStep) throws(ClientError) -> String {
        if case .open = step.request { return "" }
        while acknowledged.tickets[step.incident] == nil, !pipeline.isEmpty { try take() }
        guard let ticket = acknowledged.tickets[step.incident] else {
            let reason = acknowledged.firstSurprises.first ?? "no reply to its opening"
            throw ClientError(.reply, "\(log.incidents[step.incident].number) has no ticket: \(reason)")
        }
        return ticket.id
    }

    private mutating func take() throws(ClientError) {
        let (expectation, reply) = try pipeline.receive()
        switch expectation {
        case .step(let index): acknowledged.take(reply, to: steps[index])
        case .clock(let time):
            // Without its clock the rest would be another log.
            if case .refusal(let message) = reply {
                throw ClientError(.reply, "CLOCK SET \(time.text): \(message)")
            }
        }
    }
}
