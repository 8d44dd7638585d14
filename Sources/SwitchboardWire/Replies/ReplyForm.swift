/// How the few commands with Redis' own types are answered.
public enum ReplyForm: Sendable, Equatable, CaseIterable {
    /// In lines, as everything else.
    case inline
    /// Flat arrays and bulk strings.
    case resp2
    /// Maps, sets, nulls, doubles and booleans too, as agreed by `HELLO 3`.
    case resp3

    /// - Parameter version: of the connection, 2 or 3.
    public init(_ request: RequestForm, version: Int) {
        switch request {
        case .inline: self = .inline
        case .array: self = version == 3 ? .resp3 : .resp2
        }
    }
}
