import SwitchboardTestKit

extension Desk {
    /// Tickets opened before the last so many are left alone, so that a check need not look at all of them.
    private static let recent = 200
    /// Longer than the clock is ever moved.
    private static let never = "3650d"

    /// Makes up the next request and notes what it must lead to; returns its words.
    mutating func next(serial: inout Int, _ chance: inout SeededChance) -> [String] {
        let candidates = tickets.indices.suffix(Self.recent).filter { tickets[$0].id != nil }
        guard let ticket = candidates.randomElement(using: &chance), Int.random(in: 0..<8, using: &chance) > 0 else {
            return open(&serial, &chance)
        }
        return isExact ? exact(ticket, &serial, &chance) : routed(ticket, &serial, &chance)
    }

    private mutating func open(_ serial: inout Int, _ chance: inout SeededChance) -> [String] {
        let department = departments.randomElement(using: &chance) ?? ""
        var ticket = DeskTicket()
        serial += 1
        let expected = Shown(version: 1, status: "new", department: department, agent: nil)
        ticket.steps = [Step(serial: serial, expected: isExact ? expected : nil)]
        tickets.append(ticket)
        let channel = isExact ? "ticket" : ["ticket", "chat", "call"].randomElement(using: &chance) ?? "ticket"
        return note(
            tickets.count - 1, ["TICKET", "OPEN", "channel=\(channel)", "dept=\(department)", "body=\(text(serial))"])
    }

    private mutating func note(_ ticket: Int, _ words: [String]) -> [String] {
        requests += 1
        let words = repeats ? words + ["rid=w\(number)-\(requests)"] : words
        onTheWay.append(OnTheWay(ticket: ticket, step: tickets[ticket].steps.count - 1, words: words))
        return words
    }

    /// A request of which the outcome is certain.
    private mutating func exact(_ ticket: Int, _ serial: inout Int, _ chance: inout SeededChance) -> [String] {
        var shown = tickets[ticket].last
        shown.version += 1
        let id = String(tickets[ticket].id ?? 0)
        let agent = agents.randomElement(using: &chance) ?? ""
        let other = agents.first { $0 != shown.agent } ?? ""
        let isAside = shown.status == "postponed" || shown.status == "resolved"
        var added: Int?
        func body() -> String {
            serial += 1
            added = serial
            return text(serial)
        }
        var words: [String]
        switch Int.random(in: 0..<10, using: &chance) {
        case 0 where shown.status != "resolved":
            words = ["TICKET", "RESOLVE", id]
            shown.status = "resolved"
        case 1 where isAside:
            words = ["TICKET", "REOPEN", id]
            shown.status = "open"
        case 2 where shown.status != "resolved":
            words = ["TICKET", "POSTPONE", id, "for=\(Self.never)"]
            shown.status = "postponed"
        case 3:
            words = ["TICKET", "ASSIGN", id, other]
            shown.agent = other
        case 4 where shown.agent != nil && !isAside:
            words = ["TICKET", "RELEASE", id]
            shown.agent = nil
        case 5 where !isAside:
            // Two events, the move and the note: both are there or neither.
            let department = departments.randomElement(using: &chance) ?? ""
            words = ["TICKET", "TRANSFER", id, "dept=\(department)", "by=\(agent)", "note=\(body())"]
            shown.department = department
            shown.agent = nil
        case 6:
            words = ["TICKET", "NOTE", id, "by=\(agent)", "body=\(body())"]
        case 7, 8:
            words = ["TICKET", "REPLY", id, "by=\(agent)", "body=\(body())"]
            if shown.status != "resolved" {
                shown.status = "answered"
                if shown.agent == nil { shown.agent = agent }
            }
        default:
            words = ["TICKET", "MESSAGE", id, "body=\(body())"]
            if shown.status != "new" { shown.status = "open" }
        }
        tickets[ticket].steps.append(Step(serial: added, expected: shown))
        return note(ticket, words)
    }

    /// A request that the balancer has a part in, or is refused for.
    private mutating func routed(_ ticket: Int, _ serial: inout Int, _ chance: inout SeededChance) -> [String] {
        let id = String(tickets[ticket].id ?? 0)
        let agent = agents.randomElement(using: &chance) ?? ""
        var step = Step()
        var words: [String]
        switch Int.random(in: 0..<9, using: &chance) {
        case 0, 1: words = ["TICKET", "RESOLVE", id]
        case 2: words = ["TICKET", "RELEASE", id]
        case 3: words = ["TICKET", "POSTPONE", id, "for=\(Int.random(in: 1...60, using: &chance))s"]
        case 4: words = ["TICKET", "SET", id, "priority=\(Int.random(in: 1...9, using: &chance))", "tags=+t\(id)"]
        case 5, 6:
            serial += 1
            step.serial = serial
            words = ["TICKET", "REPLY", id, "by=\(agent)", "body=\(text(serial))"]
        default:
            serial += 1
            step.serial = serial
            words = ["TICKET", "MESSAGE", id, "body=\(text(serial))"]
        }
        tickets[ticket].steps.append(step)
        return note(ticket, words)
    }
}
