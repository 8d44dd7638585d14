/// What of a ticket an expression can look at.
public enum ExpressionField: Equatable, Sendable {
    case id, version, priority, weight
    case status, channel, source, department, agent, wants, tag
    case subject, from
    /// A field that a department made up.
    case custom(String)
    case createdAt, updatedAt, queuedAt, postponedUntil
    /// How long ago it was queued.
    case age
    /// Subject and messages.
    case text
    /// Messages only.
    case body

    /// Those with a fixed name, in the order in which an error lists them.
    static let named: [(name: String, field: ExpressionField)] = [
        ("id", .id), ("status", .status), ("channel", .channel), ("source", .source), ("dept", .department),
        ("agent", .agent), ("wants", .wants), ("priority", .priority), ("weight", .weight), ("tag", .tag),
        ("tags", .tag), ("subject", .subject), ("from", .from), ("created_at", .createdAt), ("updated_at", .updatedAt),
        ("queued_at", .queuedAt), ("postponed_until", .postponedUntil), ("age", .age), ("version", .version),
        ("text", .text), ("body", .body),
    ]

    static let customPrefix = "field."

    /// The name of each, with the signs behind it.
    package static let allNames: [(name: String, signs: [String])] =
        named.filter { $0.name != "tags" }.map { ($0.name, $0.field.relations.map(\.rawValue)) }
        + [(customPrefix + "<name>", ExpressionField.custom("").relations.map(\.rawValue))]

    /// The field of this name, whose case does not count but for what a department made up.
    init?(name: String) {
        let lower = name.lowercased()
        if lower.hasPrefix(Self.customPrefix) {
            let own = String(name.dropFirst(Self.customPrefix.count))
            guard !own.isEmpty else { return nil }
            self = .custom(own)
            return
        }
        guard let found = Self.named.first(where: { $0.name == lower }) else { return nil }
        self = found.field
    }

    public var name: String {
        if case .custom(let name) = self { return Self.customPrefix + name }
        return Self.named.first { $0.field == self }?.name ?? ""
    }

    enum Kind { case number, status, channel, name, text, time, span, words }

    var kind: Kind {
        switch self {
        case .id, .version, .priority, .weight: .number
        case .status: .status
        case .channel: .channel
        case .source, .department, .agent, .wants, .tag: .name
        case .subject, .from, .custom: .text
        case .createdAt, .updatedAt, .queuedAt, .postponedUntil: .time
        case .age: .span
        case .text, .body: .words
        }
    }

    /// Whether a ticket may be without, so that `= none` makes sense.
    var canBeAbsent: Bool {
        switch self {
        case .source, .agent, .wants, .tag, .subject, .from, .custom, .postponedUntil: true
        case .id, .version, .priority, .weight, .status, .channel, .department, .createdAt, .updatedAt, .queuedAt,
            .age, .text, .body:
            false
        }
    }

    /// Whether `me` may stand for the agent who asks.
    var isAgent: Bool { self == .agent || self == .wants }

    var relations: [Relation] {
        switch kind {
        case .number: [.equal, .notEqual, .less, .atMost, .more, .atLeast, .oneOf]
        case .status, .channel, .name: [.equal, .notEqual, .oneOf]
        case .text: [.equal, .notEqual, .oneOf, .matches]
        case .time: [.equal, .notEqual, .less, .atMost, .more, .atLeast]
        case .span: [.less, .atMost, .more, .atLeast]
        case .words: [.matches]
        }
    }
}
