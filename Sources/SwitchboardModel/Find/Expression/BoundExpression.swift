/// An expression with the names in it looked up and the moments in it fixed, ready to be asked about tickets.
struct BoundExpression: Sendable {
    indirect enum Node: Sendable {
        case test(BoundCondition)
        case not(Node)
        case all([Node])
        case any([Node])
    }

    let root: Node

    /// What is being imported and has not come as a whole is no answer to anything.
    func matches(_ ticket: TicketView) -> Bool {
        if ticket.ticket.status == .merged, ticket.ticket.putAway != nil { return false }
        return root.matches(ticket)
    }
}

/// One comparison, of the kind of value that it looks at.
enum BoundCondition: Sendable {
    /// A value within bounds; absent ones are not. Moments are milliseconds.
    case number(NumberField, ClosedRange<Int64>)
    case oneOfNumbers(NumberField, [Int64])
    /// A bit for each raw value.
    case status(UInt64)
    case channel(UInt64)
    case department([DepartmentIndex])
    case agent([AgentIndex?])
    case wants([AgentIndex?])
    /// `nil`: without any.
    case tag([String?])
    case text(TextField, [String?])
    /// Folded; `nil`: without.
    case from([String?])
    case words(WordsField, TextPattern)
}

enum NumberField: Sendable {
    case id, version, priority, weight, createdAt, updatedAt, queuedAt, postponedUntil

    func value(_ ticket: Ticket) -> Int64? {
        switch self {
        case .id: Int64(clamping: ticket.id.rawValue)
        case .version: Int64(ticket.version)
        case .priority: Int64(ticket.priority)
        case .weight: Int64(ticket.weight)
        case .createdAt: ticket.createdAt.milliseconds
        case .updatedAt: ticket.updatedAt.milliseconds
        case .queuedAt: ticket.queuedAt.milliseconds
        case .postponedUntil: ticket.extras.postponedUntil?.milliseconds
        }
    }
}

enum TextField: Equatable, Sendable {
    case source, subject
    case custom(String)

    func value(_ ticket: TicketView) -> String? {
        let text: String? =
            switch self {
            case .source: ticket.ticket.box.first?.source
            case .subject: ticket.subject
            case .custom(let name): ticket.ticket.box.first?.fields.first { $0.name == name }?.value
            }
        return text?.isEmpty ?? true ? nil : text
    }
}

enum WordsField: Equatable, Sendable {
    case subject, body, text, from
    case custom(String)
}

extension BoundExpression.Node {
    func matches(_ ticket: TicketView) -> Bool {
        switch self {
        case .test(let condition): return condition.matches(ticket)
        case .not(let inner): return !inner.matches(ticket)
        case .all(let parts):
            for part in parts where !part.matches(ticket) { return false }
            return true
        case .any(let parts):
            for part in parts where part.matches(ticket) { return true }
            return false
        }
    }

    /// Roughly what a look at one ticket costs: the cheap come first.
    var cost: Int {
        switch self {
        case .test(.words): 100
        case .test(.text), .test(.from), .test(.tag): 10
        case .test: 1
        case .not(let inner): inner.cost
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
        }
    }
}

extension BoundCondition {
    func matches(_ view: TicketView) -> Bool {
        let ticket = view.ticket
        switch self {
        case .number(let field, let range):
            guard let value = field.value(ticket) else { return false }
            return range.contains(value)
        case .oneOfNumbers(let field, let values):
            guard let value = field.value(ticket) else { return false }
            return values.contains(value)
        case .status(let bits): return bits & (1 << UInt64(ticket.status.rawValue)) != 0
        case .channel(let bits): return bits & (1 << UInt64(ticket.channel.rawValue)) != 0
        case .department(let departments): return departments.contains(ticket.department)
        case .agent(let agents): return agents.contains(ticket.agent)
        case .wants(let agents): return agents.contains(ticket.wants)
        case .tag(let tags):
            guard let own = ticket.box.first?.tags, !own.isEmpty else { return tags.contains(nil) }
            return own.contains { tags.containsExactly($0.text) }
        case .text(let field, let texts): return texts.containsExactly(field.value(view))
        case .from(let texts):
            let from = view.from
            return texts.contains(from.isEmpty ? nil : TextFold.folded(from))
        case .words(let field, let pattern):
            var search = PatternSearch(pattern)
            switch field {
            case .subject: return view.anyText(subject: true, bodies: false) { search.look(in: $0) }
            case .body: return view.anyText(subject: false, bodies: true) { search.look(in: $0) }
            case .text: return view.anyText(subject: true, bodies: true) { search.look(in: $0) }
            case .from: return view.readFrom { search.look(in: $0) }
            case .custom(let name):
                guard var value = TextField.custom(name).value(view) else { return false }
                return value.withUTF8 { search.look(in: UnsafeRawBufferPointer($0)) }
            }
        }
    }
}

extension [String?] {
    /// Whether one of them is `text`, byte for byte, as they are looked up.
    fileprivate func containsExactly(_ text: String?) -> Bool {
        guard let text else { return contains(nil) }
        return contains { $0.map { ExactText($0) == ExactText(text) } ?? false }
    }
}
