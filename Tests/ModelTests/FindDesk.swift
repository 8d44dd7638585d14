import SwitchboardTestKit

@testable import SwitchboardModel

/// The model and its index, without a lane: questions are answered in steps of the size that is asked for.
struct FindDesk: ~Copyable {
    var routing = Routing()
    var shards: Shards
    var index = FindIndex()
    var now = Timestamp.manualStart

    init(shards: Int = 3) { self.shards = Shards(shards: shards) }

    @discardableResult
    mutating func perform(_ command: Command) -> Outcome {
        let carried = routing.carryOut(command, &shards, at: now, record: routing.lastRecord.next)
        index.note(carried.events)
        return carried.outcome
    }

    mutating func wait(seconds: Int64) {
        let end = now + .seconds(seconds)
        while let timer = routing.timers.first, timer.due <= end {
            now = max(now, timer.due)
            perform(.fireTimer(timer))
        }
        now = end
    }

    mutating func catchUp(step: Int = 7) { while !index.catchUp(routing, shards, count: step) {} }

    mutating func ask(_ question: FindQuestion, step: Int = 5) throws(Rejection) -> Outcome {
        catchUp()
        let run = try index.begin(question, routing, shards, at: now)
        while true {
            guard try run.advance(routing, shards, tickets: step) else { continue }
            if let outcome = run.answer(routing, shards, index) { return outcome }
        }
    }

    /// The ids and the last cursor.
    mutating func find(
        _ text: String, sort: String = "", limit: Int = ListRange.mostLimit, after: String? = nil,
        by: AgentID? = nil, step: Int = 5
    ) throws(Rejection) -> (ids: [Int64], cursor: String?) {
        let question = FindQuestion.tickets(
            try Expression(parsing: text), try TicketOrder(parsing: sort), ListRange(limit: limit, after: after), by: by
        )
        guard case .list(let documents) = try ask(question, step: step) else { preconditionFailure("no list") }
        var ids: [Int64] = []
        var cursor: String?
        for document in documents {
            if case .integer(let id)? = document["id"] { ids.append(id) }
            if case .string(let text)? = document["cursor"] { cursor = text }
        }
        return (ids, cursor)
    }

    mutating func count(_ text: String) throws(Rejection) -> Int64 {
        guard case .integer(let count) = try ask(.count(try Expression(parsing: text), by: nil)) else {
            preconditionFailure("no number")
        }
        return count
    }

    /// Opens a ticket with these texts and returns its id.
    @discardableResult
    mutating func open(
        subject: String = "", body: String? = nil, from: String = "", tags: [String] = [], department: String = "sales"
    ) -> UInt64 {
        var command = OpenTicket(department: DepartmentID(department), channel: .ticket)
        command.subject = subject
        command.body = body
        command.from = from
        command.tags = tags
        perform(.openTicket(command))
        return routing.nextTicket.rawValue - 1
    }
}
