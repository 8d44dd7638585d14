extension Routing {
    func view(_ id: ViewID) throws(Rejection) -> View {
        guard let view = views[id.rawValue] else { throw Rejection(.notFound, "no view '\(id.rawValue)'") }
        return view
    }

    /// The view, when `agent` may see it.
    func view(_ id: ViewID, seenBy agent: AgentID?) throws(Rejection) -> View {
        let view = try view(id)
        guard try canSee(view, agent) else {
            throw Rejection(.noPermission, "view '\(id.rawValue)' is private: only its owner may use it, with by=")
        }
        return view
    }

    /// Whether a private view is this agent's, or the view is shared.
    func canSee(_ view: View, _ agent: AgentID?) throws(Rejection) -> Bool {
        let index = try agent.map { (id) throws(Rejection) in try self.agent(id) }
        return view.isShared || (index != nil && view.owner == index)
    }

    /// The private views of an agent, by name.
    func privateViews(of agent: AgentIndex) -> [ViewID] {
        views.values.filter { $0.owner == agent && !$0.isShared }.map(\.id).sorted { $0.rawValue < $1.rawValue }
    }

    /// In order of name: what a snapshot stores.
    static func sorted(_ views: [String: View]) -> [View] { views.values.sorted { $0.id.rawValue < $1.id.rawValue } }

    func describe(_ view: View) -> JSON {
        .record([
            ("name", .string(view.id.rawValue)),
            ("title", .string(view.title.isEmpty ? view.id.rawValue : view.title)),
            ("filter", .string(view.filter)),
            ("sort", view.sort.isEmpty ? .null : .string(view.sort)),
            ("group", view.group.isEmpty ? .null : .string(view.group)),
            ("owner", name(view.owner)),
            ("shared", .bool(view.isShared)),
            ("saved_at", .time(view.savedAt)),
        ])
    }

    /// The shared views, and those of the agent who asks, in order of name; the cursor is the name.
    func listViews(by agent: AgentID?, _ range: ListRange) throws(Rejection) -> [JSON] {
        var found: [View] = []
        for view in Self.sorted(views) where try canSee(view, agent) {
            guard range.after.map({ $0 < view.id.rawValue }) ?? true else { continue }
            found.append(view)
            if found.count == range.limit { break }
        }
        return found.map { describe($0).with("cursor", .string($0.id.rawValue)) }
    }
}

extension FindQuestion {
    struct Resolved {
        enum Goal {
            case tickets(TicketOrder, ListRange)
            case groups(TicketGrouping, ListRange)
            case count
        }

        var expression: Expression
        var goal: Goal
        var by: AgentID?
    }

    /// What is asked, a view's name looked up.
    func resolved(_ routing: borrowing Routing) throws(Rejection) -> Resolved {
        switch self {
        case .tickets(let expression, let order, let range, let by):
            return Resolved(expression: expression, goal: .tickets(order, range), by: by)
        case .groups(let expression, let grouping, let range, let by):
            return Resolved(expression: expression, goal: .groups(grouping, range), by: by)
        case .count(let expression, let by):
            return Resolved(expression: expression, goal: .count, by: by)
        case .view(let id, let range, let by):
            let view = try routing.view(id, seenBy: by)
            let expression = try Expression(parsing: view.filter)
            guard view.group.isEmpty else {
                return Resolved(
                    expression: expression, goal: .groups(try TicketGrouping(parsing: view.group), range), by: by)
            }
            return Resolved(
                expression: expression, goal: .tickets(try TicketOrder(parsing: view.sort), range), by: by)
        }
    }
}
