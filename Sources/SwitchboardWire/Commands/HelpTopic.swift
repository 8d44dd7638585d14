import SwitchboardModel

/// What `HELP` says beside the commands' usage.
enum HelpTopic: String, CaseIterable {
    case expressions = "EXPRESSIONS"
    case quoting = "QUOTING"
    case statuses = "STATUSES"
    case words = "WORDS"

    var lines: [String] {
        switch self {
        case .expressions: Self.expressionLines
        case .quoting: Self.quotingLines
        case .statuses: TicketStatus.allCases.map { "\($0.name) - \(Self.meaning(of: $0))" }
        case .words: Self.wordLines
        }
    }

    private static let expressionLines: [String] = {
        let fields = ExpressionField.allNames.map { name, signs in "\(name): \(signs.joined(separator: " "))" }
        return [
            "FIND \"status in (new, open) and not tag = vip\" - what FIND, COUNT and VIEW take:",
            "conditions joined by and, or, not and parentheses; a condition is a field, a sign, a value",
        ] + fields + [
            "in (a, b): any of these; = none: without; agent = me: who asks, by=",
            "~ words: all of them, in any order, any case, without accents; print*: words that begin so",
            "times: 2026-01-31, 2026-01-31T09:30:00Z, now, now-8h, or -8h for short; durations: 90s 15m 8h 3d 2w",
            "values with blanks in quotes: subject = 'A lamp'",
            "sort=\(TicketOrder.Field.allCases.map(\.rawValue).joined(separator: ",")); - before one: the largest first",
            "group=\(TicketGrouping.fieldNames.joined(separator: "|"))",
            "limit= how many; after= the cursor of the last one shown, for the next page",
        ]
    }()

    private static let quotingLines = [
        "words with blanks stand in '…' or \"…\": body=\"How long?\" or \"body=How long?\"",
        "inside \"…\" a backslash makes \\\" \\\\ \\n \\r \\t and \\x41; inside '…' only \\' is special",
        "a JSON document, as TICKET EXPORT shows it, goes in '…' with each ' in it as \\'",
        "clients that speak RESP (redis-cli, a Redis library) need no quotes: words come apart there",
    ]

    private static func meaning(of status: TicketStatus) -> String {
        switch status {
        case .new: "nobody has answered yet: TICKET OPEN"
        case .chatting: "a chat in progress: OFFER ACCEPT, TICKET ASSIGN"
        case .calling: "a call in progress; ends by TICKET HANGUP"
        case .answered: "the customer's turn, as others say pending: TICKET REPLY"
        case .open: "the customer wrote again, or somebody reopened it: TICKET MESSAGE, TICKET REOPEN"
        case .postponed: "on hold until its time: TICKET POSTPONE <id> until=<time>"
        case .resolved: "done, as others say closed: TICKET RESOLVE"
        case .spam: "TICKET SPAM; back by TICKET REOPEN"
        case .deleted: "TICKET DELETE; back by TICKET REOPEN, gone for good by TICKET PURGE"
        case .merged: "a part of another ticket: TICKET MERGE; back by TICKET UNMERGE"
        }
    }

    private static let wordLines = [
        "owner, assignee - agent; TICKET ASSIGN, TAKE, RELEASE, TRANSFER",
        "requester, customer - from=<address>",
        "e-mail - channel=ticket source=email; a phone call - channel=call; a social message - channel=ticket source=<name>",
        "queue, team, skill group - dept; DEPT QUEUE shows what waits there",
        "pending, on hold, closed - HELP STATUSES",
        "internal comment - TICKET NOTE; answer - TICKET REPLY; what the customer writes - TICKET MESSAGE",
        "why somebody got a ticket, or nobody did - TICKET WHY; what happened to it - TICKET HISTORY",
        "ready for work - AGENT ONLINE; one step into any state, for a desktop - AGENT LOGIN; a break - AGENT PAUSE",
        "search - FIND, COUNT; saved ones - VIEW; how to ask - HELP EXPRESSIONS",
        "if=<version> - changes only what nobody changed since; rid=<request-id> - carries out once, however often it is sent",
    ]
}
