/// `VIEW SAVE`: saves a view, or saves it anew under its name.
public struct SaveView: Decidable {
    public var id: ViewID
    public var filter: String
    public var title = ""
    public var sort = ""
    public var group = ""
    public var owner: AgentID?
    /// Not said: a view with an owner is private.
    public var isShared: Bool?
    /// Only when there is none of this name.
    public var isNew = false

    public init(id: ViewID, filter: String) {
        self.id = id
        self.filter = filter
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        _ = try Expression(parsing: filter)
        _ = try TicketOrder(parsing: sort)
        if !group.isEmpty { _ = try TicketGrouping(parsing: group) }
        guard group.isEmpty || sort.isEmpty else {
            throw Rejection(.badArgument, "sort= and group= exclude each other: groups are listed by their value")
        }
        var event = ViewSaved()
        event.view.id = id
        event.view.title = title
        event.view.filter = filter
        event.view.sort = sort
        event.view.group = group
        event.view.owner = try owner.map { (id) throws(Rejection) in try routing.agent(id) }
        event.view.isShared = isShared ?? (owner == nil)
        event.view.savedAt = now
        guard event.view.isShared || owner != nil else {
            throw Rejection(.badArgument, "a view that is not shared needs owner=")
        }
        if isNew, routing.views[id.rawValue] != nil { throw Rejection(.exists, "view '\(id.rawValue)' exists") }
        if routing.views[id.rawValue] == nil {
            guard routing.views.count < ViewLimit.views else {
                throw Rejection(.busy, "there are \(ViewLimit.views) views: remove some")
            }
        } else {
            _ = try routing.view(id, seenBy: owner)
        }
        events.append(.viewSaved(event))
        return .view(id)
    }
}

/// `VIEW REMOVE`.
public struct RemoveView: Decidable {
    public var id: ViewID
    public var by: AgentID?

    public init(id: ViewID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        _ = try routing.view(id, seenBy: by)
        var event = ViewRemoved()
        event.id = id
        events.append(.viewRemoved(event))
        return .ok
    }
}
