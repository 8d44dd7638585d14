extension Expression {
    /// The expression with its names looked up.
    ///
    /// - Parameters:
    ///   - names: who and what there is, and was.
    ///   - me: the agent who asks.
    ///   - now: what relative moments are relative to.
    /// Throws `notFound` for an agent or a department that never was, `badArgument` for `me` without somebody who asks.
    func bound(_ names: NameBook, me: AgentID?, at now: Timestamp) throws(Rejection) -> BoundExpression {
        BoundExpression(root: try node(Binder(names: names, me: me, now: now)))
    }

    private func node(_ binder: Binder) throws(Rejection) -> BoundExpression.Node {
        switch self {
        case .condition(let condition): return try binder.node(condition)
        case .not(let inner): return .not(try inner.node(binder))
        case .all(let parts): return .all(try Self.nodes(parts, binder).sorted { $0.cost < $1.cost })
        case .any(let parts): return .any(try Self.nodes(parts, binder).sorted { $0.cost < $1.cost })
        }
    }

    private static func nodes(_ parts: [Expression], _ binder: Binder) throws(Rejection) -> [BoundExpression.Node] {
        var result: [BoundExpression.Node] = []
        for part in parts { result.append(try part.node(binder)) }
        return result
    }
}

private struct Binder {
    let names: NameBook
    let me: AgentID?
    let now: Timestamp

    func node(_ condition: Condition) throws(Rejection) -> BoundExpression.Node {
        if condition.relation == .notEqual {
            return .not(.test(try bound(Condition(condition.field, .oneOf, condition.values))))
        }
        return .test(try bound(condition))
    }

    private func bound(_ condition: Condition) throws(Rejection) -> BoundCondition {
        let values = condition.values
        if case .pattern(let pattern) = values[0] { return .words(wordsField(condition.field), pattern) }
        switch condition.field {
        case .id: return number(.id, condition)
        case .version: return number(.version, condition)
        case .priority: return number(.priority, condition)
        case .weight: return number(.weight, condition)
        case .createdAt: return number(.createdAt, condition)
        case .updatedAt: return number(.updatedAt, condition)
        case .queuedAt: return number(.queuedAt, condition)
        case .postponedUntil:
            guard values[0] == .none else { return number(.postponedUntil, condition) }
            // Only a postponed ticket has it.
            return .status(~(1 << UInt64(TicketStatus.postponed.rawValue)))
        case .age: return age(condition)
        case .status: return .status(bits(values))
        case .channel: return .channel(bits(values))
        case .department:
            var departments: [DepartmentIndex] = []
            for value in values { departments += try names.departments(named: text(value) ?? "") }
            return .department(departments)
        case .agent: return .agent(try agents(values))
        case .wants: return .wants(try agents(values))
        case .tag: return .tag(values.map(text))
        case .source: return .text(.source, values.map(text))
        case .subject: return .text(.subject, values.map(text))
        case .custom(let name): return .text(.custom(name), values.map(text))
        case .from: return .from(values.map { text($0).map { TextFold.folded($0) } })
        case .text, .body: preconditionFailure("\(condition) has no pattern")
        }
    }

    private func wordsField(_ field: ExpressionField) -> WordsField {
        switch field {
        case .subject: .subject
        case .body: .body
        case .from: .from
        case .custom(let name): .custom(name)
        default: .text
        }
    }

    private func text(_ value: ExpressionValue) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    private func bits(_ values: [ExpressionValue]) -> UInt64 {
        var bits: UInt64 = 0
        for value in values {
            switch value {
            case .status(let status): bits |= 1 << UInt64(status.rawValue)
            case .channel(let channel): bits |= 1 << UInt64(channel.rawValue)
            default: break
            }
        }
        return bits
    }

    private func agents(_ values: [ExpressionValue]) throws(Rejection) -> [AgentIndex?] {
        var agents: [AgentIndex?] = []
        for value in values {
            switch value {
            case .none: agents.append(nil)
            case .me:
                guard let me else {
                    throw Rejection(.badArgument, "'me' in the expression needs by=, to say who asks")
                }
                for agent in try names.agents(named: me.rawValue) { agents.append(agent) }
            default: for agent in try names.agents(named: text(value) ?? "") { agents.append(agent) }
            }
        }
        return agents
    }

    private func number(_ field: NumberField, _ condition: Condition) -> BoundCondition {
        let numbers = condition.values.map { value in
            switch value {
            case .number(let number): number
            case .moment(let moment): moment.time(at: now).milliseconds
            default: Int64(0)
            }
        }
        let range = range(condition.relation, numbers[0])
        return condition.relation == .oneOf || range == nil
            ? .oneOfNumbers(field, range == nil ? [] : numbers)
            : .number(field, range ?? 0...0)
    }

    /// Older than that is queued before.
    private func age(_ condition: Condition) -> BoundCondition {
        guard case .span(let span) = condition.values[0] else { preconditionFailure("\(condition) has no span") }
        let moment = now.milliseconds - span.milliseconds
        let relation: Relation =
            switch condition.relation {
            case .less: .more
            case .atMost: .atLeast
            case .more: .less
            default: .atMost
            }
        return .number(.queuedAt, range(relation, moment) ?? moment...moment)
    }

    /// The values that compare so with `value`; `nil`: none do.
    private func range(_ relation: Relation, _ value: Int64) -> ClosedRange<Int64>? {
        switch relation {
        case .equal, .notEqual, .oneOf, .matches: value...value
        case .less: value == .min ? nil : .min...(value - 1)
        case .atMost: .min...value
        case .more: value == .max ? nil : (value + 1)...(.max)
        case .atLeast: value...(.max)
        }
    }
}
