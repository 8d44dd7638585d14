extension ExpressionValue {
    /// Reads what a field is compared with.
    init(_ token: ExpressionToken, of field: ExpressionField, _ relation: Relation) throws(Rejection) {
        let text: String
        let isQuoted: Bool
        switch token.kind {
        case .word(let word): (text, isQuoted) = (word, false)
        case .quoted(let quoted): (text, isQuoted) = (quoted, true)
        default: throw Self.wrong(token, field, relation)
        }
        if relation == .matches {
            self = .pattern(try TextPattern(text, at: token.position))
            return
        }
        let isEquality = relation == .equal || relation == .notEqual || relation == .oneOf
        if !isQuoted, isEquality, field.canBeAbsent, text.lowercased() == "none" {
            self = .none
            return
        }
        if !isQuoted, field.isAgent, text.lowercased() == "me" {
            self = .me
            return
        }
        guard let value = Self.value(text, field.kind) else { throw Self.wrong(token, field, relation) }
        self = value
    }

    private static func value(_ text: String, _ kind: ExpressionField.Kind) -> ExpressionValue? {
        switch kind {
        case .number: decimal(text[...]).map { .number($0) }
        case .status: TicketStatus(name: text).map { .status($0) }
        case .channel: Channel(name: text).map { .channel($0) }
        case .name, .text, .words: text.isEmpty ? nil : .text(text)
        case .time: moment(text).map { .moment($0) }
        case .span: span(text[...]).map { .span($0) }
        }
    }

    private static func wrong(
        _ token: ExpressionToken, _ field: ExpressionField, _ relation: Relation
    ) -> Rejection {
        let expected: String =
            switch field.kind {
            case _ where relation == .matches: "a text"
            case .number: "a whole number"
            case .status: TicketStatus.allCases.map(\.name).joined(separator: ", ")
            case .channel: Channel.allCases.map(\.name).joined(separator: ", ")
            case .name: field.canBeAbsent ? "a name or none" : "a name"
            case .text: "a text or none"
            case .words: "a text"
            case .time: "a time such as 2026-01-31T09:30:00Z, 2026-01-31, now, now-8h or -3d"
            case .span: "a duration such as 90s, 15m, 8h, 3d or 2w"
            }
        return .expression(at: token.position, "'\(field.name)' takes \(expected), not \(token.text)")
    }

    /// A time in RFC 3339, a date (its midnight in UTC), `now`, `now-8h`, or the same without `now`.
    private static func moment(_ text: String) -> Moment? {
        var utf8 = text
        if let time = utf8.withUTF8({ RFC3339.timeOrDate(UnsafeRawBufferPointer($0)) }) { return .at(time) }
        var rest = text[...]
        if text.lowercased().hasPrefix("now") {
            rest = rest.dropFirst(3)
            if rest.isEmpty { return .fromNow(.zero) }
        }
        guard let sign = rest.first, sign == "-" || sign == "+", let span = span(rest.dropFirst()) else { return nil }
        return .fromNow(TimeSpan(milliseconds: sign == "-" ? -span.milliseconds : span.milliseconds))
    }

    /// `90`, `90s`, `15m`, `8h`, `3d`, `2w`.
    private static func span(_ text: Substring) -> TimeSpan? {
        let seconds: Int64 =
            switch text.last {
            case "s": 1
            case "m": 60
            case "h": 3600
            case "d": 86_400
            case "w": 7 * 86_400
            default: 0
            }
        guard let count = decimal(seconds == 0 ? text : text.dropLast()),
            count <= TimeSpan.longest.milliseconds / 1000 / max(seconds, 1)
        else { return nil }
        return .seconds(count * max(seconds, 1))
    }

    private static func decimal(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
