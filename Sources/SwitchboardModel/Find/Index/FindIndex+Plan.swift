/// Looking up: which tickets may match.
extension FindIndex {
    /// Which tickets may match.
    func plan(_ expression: BoundExpression, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        let plan = plan(expression.root, routing, shards)
        // Every ticket has a status: ids that no ticket has are not walked through.
        return plan.namesTicketsOnly ? plan : .both([plan, self.plan(statuses: ~0)])
    }

    func plan(statuses bits: UInt64) -> FindPlan {
        let sets = statuses.indices.filter { bits & (1 << UInt64($0)) != 0 && !statuses[$0].isEmpty }
        return Self.either(sets.map { .set(statuses[$0]) })
    }

    func plan(priority: Int) -> FindPlan { priorities[priority].isEmpty ? .nothing : .set(priorities[priority]) }

    private func plan(_ node: BoundExpression.Node, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        switch node {
        case .test(let condition): return plan(condition, routing, shards)
        case .not(.test(.status(let bits))): return plan(statuses: ~bits)
        case .not(.not(let inner)): return plan(inner, routing, shards)
        case .not: return .everything
        case .all(let parts):
            var plans: [FindPlan] = []
            for part in parts {
                let plan = plan(part, routing, shards)
                switch plan {
                case .everything: continue
                case .nothing: return .nothing
                default: plans.append(plan)
                }
            }
            return plans.isEmpty ? .everything : plans.count == 1 ? plans[0] : .all(of: plans)
        case .any(let parts):
            var plans: [FindPlan] = []
            for part in parts {
                let plan = plan(part, routing, shards)
                if case .everything = plan { return .everything }
                plans.append(plan)
            }
            return Self.either(plans)
        }
    }

    private func plan(_ condition: BoundCondition, _ routing: borrowing Routing, _ shards: Shards) -> FindPlan {
        switch condition {
        case .status(let bits): return plan(statuses: bits)
        case .department(let indexes):
            return Self.either(
                indexes.map { $0.position < departments.count ? .set(departments[$0.position]) : .nothing })
        case .agent(let agents):
            return Self.either(
                agents.map { agent in
                    let place = agent.map { $0.position + 1 } ?? 0
                    return place < owners.count ? .set(owners[place]) : .nothing
                })
        case .number(.priority, let range):
            let found = (1...9).filter { range.contains(Int64($0)) }
            return found.count == 9 ? .everything : Self.either(found.map { plan(priority: $0) })
        case .number(.id, let range):
            let low = UInt32(clamping: range.lowerBound)
            return low > UInt32(clamping: range.upperBound) ? .nothing : .ids(low...UInt32(clamping: range.upperBound))
        case .oneOfNumbers(.id, let ids):
            return Self.either(ids.map { .ids(UInt32(clamping: $0)...UInt32(clamping: $0)) })
        case .number(.createdAt, let range):
            return plan(created: range, before: UInt32(clamping: routing.nextTicket.rawValue), shards)
        case .tag(let tags): return plan(tags) { TermKey(.tag, $0) }
        case .from(let texts): return plan(texts) { TermKey(.from, $0) }
        case .text(.source, let texts): return plan(texts) { TermKey(.source, $0) }
        case .text(.custom(let name), let texts): return plan(texts) { Self.key(name, $0) }
        case .text(.subject, let texts):
            // By the words in it, if there are any.
            return plan(texts) { (text) -> FindPlan in
                do { return plan(try TextPattern(text, at: 0)) } catch { return .everything }
            }
        case .words(let field, let pattern):
            switch field {
            case .subject, .body, .text: return plan(pattern)
            case .from, .custom: return .everything
            }
        default: return .everything
        }
    }

    /// Any of these; that something is absent is not looked up.
    private func plan(_ texts: [String?], _ key: (String) -> TermKey) -> FindPlan {
        plan(texts) { terms.plan(key($0)) }
    }

    private func plan(_ texts: [String?], _ planOf: (String) -> FindPlan) -> FindPlan {
        var plans: [FindPlan] = []
        for text in texts {
            guard let text else { return .everything }
            let plan = planOf(text)
            if case .everything = plan { return .everything }
            plans.append(plan)
        }
        return Self.either(plans)
    }

    /// Those that may have all words of a pattern.
    private func plan(_ pattern: TextPattern) -> FindPlan {
        var plans: [FindPlan] = []
        for word in pattern.words {
            let range = word.letters.withUnsafeBytes { letters in
                word.isPrefix ? TermKey.range(prefix: letters) : TermKey(word: letters)...TermKey(word: letters)
            }
            let plan = terms.plan(range)
            switch plan {
            case .everything: continue
            case .nothing: return .nothing
            default: plans.append(plan)
            }
        }
        return plans.isEmpty ? .everything : plans.count == 1 ? plans[0] : .all(of: plans)
    }

    private static func either(_ plans: [FindPlan]) -> FindPlan {
        let some = plans.filter { plan in if case .nothing = plan { false } else { true } }
        return some.isEmpty ? .nothing : some.count == 1 ? some[0] : .either(some)
    }

    /// Those created within `range`. Ids rise as time does, but for tickets that came late; all of these may be.
    private func plan(created range: ClosedRange<Int64>, before end: UInt32, _ shards: Shards) -> FindPlan {
        guard let low = Self.firstID(createdFrom: range.lowerBound, before: end, shards),
            let high = range.upperBound == .max
                ? end : Self.firstID(createdFrom: range.upperBound + 1, before: end, shards)
        else { return .everything }
        let inOrder = low < high ? FindPlan.ids(low...(high - 1)) : .nothing
        return early.isEmpty ? inOrder : Self.either([inOrder, .set(early)])
    }

    /// The first id whose ticket, or the next one that is still there, was created at `time` or later. `nil`: among so many late
    /// ones it is not found quickly.
    private static func firstID(createdFrom time: Int64, before end: UInt32, _ shards: Shards) -> UInt32? {
        var (low, high) = (UInt32(1), end)
        var lateOnes = 0
        while low < high {
            let middle = low + (high - low) / 2
            var probe = shards.next(from: TicketID(UInt64(middle)))
            while let late = probe, let ticket = shards.ticket(late), ticket.isLate {
                lateOnes += 1
                guard lateOnes <= mostLateOnes else { return nil }
                probe = shards.next(from: TicketID(late.rawValue + 1))
            }
            guard let probe, probe.rawValue < UInt64(high), let ticket = shards.ticket(probe) else {
                high = middle
                continue
            }
            if ticket.createdAt.milliseconds < time { low = UInt32(probe.rawValue) + 1 } else { high = middle }
        }
        return low
    }

    private static let mostLateOnes = 1000
}
