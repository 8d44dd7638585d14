/// A condition on tickets, as `FIND`, `COUNT` and views take it. It says nothing of how tickets are found: bound to the state
/// (`BoundExpression`) it tells of one ticket whether it matches.
public indirect enum Expression: Equatable, Sendable {
    case condition(Condition)
    case not(Expression)
    /// All of them hold; at least two.
    case all([Expression])
    /// At least one of them holds; at least two.
    case any([Expression])
}

/// One comparison of a field.
public struct Condition: Equatable, Sendable {
    public var field: ExpressionField
    public var relation: Relation
    /// One, but for `oneOf`, which has at least one.
    public var values: [ExpressionValue]

    public init(_ field: ExpressionField, _ relation: Relation, _ values: [ExpressionValue]) {
        self.field = field
        self.relation = relation
        self.values = values
    }
}

/// How a field is compared.
public enum Relation: String, CaseIterable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case oneOf = "in"
    /// All words of a pattern are there.
    case matches = "~"
}

/// What a field is compared with.
public enum ExpressionValue: Equatable, Sendable {
    /// The field has no value.
    case none
    case number(Int64)
    case status(TicketStatus)
    case channel(Channel)
    /// A text, or the name of an agent, a department, a tag or a source.
    case text(String)
    /// The agent who asks.
    case me
    case moment(Moment)
    case span(TimeSpan)
    case pattern(TextPattern)
}

/// A moment, fixed or relative to the time of the question.
public enum Moment: Equatable, Sendable {
    case at(Timestamp)
    case fromNow(TimeSpan)

    func time(at now: Timestamp) -> Timestamp {
        switch self {
        case .at(let time): time
        case .fromNow(let span): now + span
        }
    }
}

/// What one expression may hold at most.
public enum ExpressionLimit {
    public static let bytes = 8192
    /// Parentheses and `not` inside one another.
    public static let depth = 32
    public static let conditions = 256
    /// Values of all lists together.
    public static let values = 1024
    /// Words of one pattern.
    public static let words = 32
}
