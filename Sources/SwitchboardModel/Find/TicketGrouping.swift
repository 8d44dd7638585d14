/// By what tickets are counted.
public enum TicketGrouping: Equatable, Sendable {
    case status, channel, source, department, agent, wants, priority, tag, from
    case custom(String)

    private static let named: [(name: String, field: TicketGrouping)] = [
        ("status", .status), ("channel", .channel), ("source", .source), ("dept", .department), ("agent", .agent),
        ("wants", .wants), ("priority", .priority), ("tag", .tag), ("tags", .tag), ("from", .from),
    ]

    package static let fieldNames =
        named.map(\.name).filter { $0 != "tags" } + [ExpressionField.customPrefix + "<name>"]

    /// Groups that one answer counts at most.
    static let mostGroups = 10_000

    public init(parsing text: String) throws(Rejection) {
        let lower = text.lowercased()
        let prefix = ExpressionField.customPrefix
        if lower.hasPrefix(prefix), text.count > prefix.count {
            self = .custom(String(text.dropFirst(prefix.count)))
            return
        }
        guard let found = Self.named.first(where: { $0.name == lower }) else {
            let known = Self.named.map(\.name).joined(separator: ", ")
            throw Rejection(.badArgument, "group= takes \(known) or field.<name>, not '\(text)'")
        }
        self = found.field
    }

    /// The groups that a ticket belongs to: one, or one for each tag. `nil` is "without".
    func groups(of ticket: TicketView, _ routing: borrowing Routing) -> [String?] {
        switch self {
        case .status: return [ticket.status.name]
        case .channel: return [ticket.channel.name]
        case .department: return [routing.departments[ticket.ticket.department.position].id.rawValue]
        case .agent: return [ticket.ticket.agent.map { routing.agents[$0.position].id.rawValue }]
        case .wants: return [ticket.ticket.wants.map { routing.agents[$0.position].id.rawValue }]
        case .priority: return [String(ticket.priority)]
        case .source: return [TextField.source.value(ticket)]
        case .custom(let name): return [TextField.custom(name).value(ticket)]
        case .from: return [ticket.from.isEmpty ? nil : ticket.from]
        case .tag:
            guard let tags = ticket.ticket.box.first?.tags, !tags.isEmpty else { return [nil] }
            return tags.map(\.text)
        }
    }
}
