extension Expression {
    /// Reads an expression. Throws `badArgument`, with the character and what was expected there.
    ///
    ///     or:        and ("or" and)…
    ///     and:       not ("and" not)…
    ///     not:       "not" not | "(" or ")" | condition
    ///     condition: field relation value | field ["not"] "in" "(" value ("," value)… ")"
    public init(parsing text: String) throws(Rejection) {
        guard text.utf8.count <= ExpressionLimit.bytes else {
            throw Rejection(.badArgument, "the expression has more than \(ExpressionLimit.bytes) bytes")
        }
        var lexer = ExpressionLexer(text)
        var parser = ExpressionParser(try lexer.tokens())
        self = try parser.whole()
    }
}

private struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var place = 0
    private var depth = 0
    private var conditions = 0
    private var values = 0

    init(_ tokens: [ExpressionToken]) { self.tokens = tokens }

    private var token: ExpressionToken { tokens[place] }

    mutating func whole() throws(Rejection) -> Expression {
        let result = try disjunction()
        guard token.kind == .end else { throw unexpected("'and', 'or' or the end") }
        return result
    }

    private mutating func disjunction() throws(Rejection) -> Expression {
        var parts = [try conjunction()]
        while take("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Rejection) -> Expression {
        var parts = [try negation()]
        while take("and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(Rejection) -> Expression {
        guard token.kind == .open || token.isKeyword("not") else { return try condition() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= ExpressionLimit.depth else {
            throw .expression(at: token.position, "more than \(ExpressionLimit.depth) levels inside one another")
        }
        if take("not") { return .not(try negation()) }
        place += 1
        let inner = try disjunction()
        guard token.kind == .close else { throw unexpected("'and', 'or' or ')'") }
        place += 1
        return inner
    }

    private mutating func condition() throws(Rejection) -> Expression {
        guard case .word(let name) = token.kind else { throw unexpected("a field, 'not' or '('") }
        guard let field = ExpressionField(name: name) else {
            let known = ExpressionField.named.map(\.name).joined(separator: ", ")
            throw .expression(
                at: token.position, "there is no field '\(name)'; the fields are \(known) and field.<name>")
        }
        place += 1
        conditions += 1
        guard conditions <= ExpressionLimit.conditions else {
            throw .expression(at: token.position, "more than \(ExpressionLimit.conditions) conditions")
        }
        let isNegated = take("not")
        let position = token.position
        guard let relation = relation(onlyList: isNegated), field.relations.contains(relation) else {
            let allowed = isNegated ? "'in'" : field.relations.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw .expression(at: position, "'\(field.name)' must be followed by \(allowed), not \(token.text)")
        }
        place += 1
        guard relation == .oneOf else { return .condition(Condition(field, relation, [try value(field, relation)])) }
        let list = Expression.condition(Condition(field, .oneOf, try list(field)))
        return isNegated ? .not(list) : list
    }

    private func relation(onlyList: Bool) -> Relation? {
        if token.isKeyword("in") { return .oneOf }
        guard !onlyList, case .relation(let relation) = token.kind else { return nil }
        return relation
    }

    private mutating func list(_ field: ExpressionField) throws(Rejection) -> [ExpressionValue] {
        guard token.kind == .open else { throw unexpected("'('") }
        place += 1
        var result = [try value(field, .oneOf)]
        while token.kind == .comma {
            place += 1
            result.append(try value(field, .oneOf))
        }
        guard token.kind == .close else { throw unexpected("',' or ')'") }
        place += 1
        return result
    }

    private mutating func value(_ field: ExpressionField, _ relation: Relation) throws(Rejection) -> ExpressionValue {
        values += 1
        guard values <= ExpressionLimit.values else {
            throw .expression(at: token.position, "more than \(ExpressionLimit.values) values")
        }
        let value = try ExpressionValue(token, of: field, relation)
        place += 1
        return value
    }

    private mutating func take(_ keyword: String) -> Bool {
        guard token.isKeyword(keyword) else { return false }
        place += 1
        return true
    }

    private func unexpected(_ expected: String) -> Rejection {
        .expression(at: token.position, "expected \(expected), found \(token.text)")
    }
}
