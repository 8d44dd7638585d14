/// `DEPT ADD`.
public struct AddDepartment: Decidable {
    public var id: DepartmentID
    public var title = ""
    public var settings = DepartmentSettings()
    public var overflow = OverflowRequests()

    public init(id: DepartmentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        guard routing.departmentIndexes[id.rawValue] == nil else {
            throw Rejection(.exists, "department '\(id.rawValue)' exists")
        }
        var event = DepartmentAdded()
        event.index = DepartmentIndex(UInt32(routing.departments.count))
        event.id = id
        event.title = title
        event.settings = settings
        try overflow.put(into: &event.settings, routing, of: id)
        events.append(.departmentAdded(event))
        return .department(event.index)
    }
}

/// `DEPT SET`: what is named changes, the rest stays.
public struct SetDepartment: Decidable {
    public var id: DepartmentID
    public var title: String?
    public var base = ChannelSettings()
    public var own = PerChannel(ChannelSettings())
    public var slot: SlotPolicy?
    /// `.some(nil)`: no limit.
    public var maxPaused: UInt32??
    public var deliveryDetails: TimeSpan?
    public var overflow = OverflowRequests()

    public init(id: DepartmentID) { self.id = id }

    /// The settings named here, over `settings`.
    public func applied(to settings: DepartmentSettings) -> DepartmentSettings {
        var result = settings
        result.base = settings.base.overridden(by: base)
        for channel in Channel.allCases { result.own[channel] = settings.own[channel].overridden(by: own[channel]) }
        result.slot = slot ?? settings.slot
        result.maxPaused = maxPaused ?? settings.maxPaused
        result.deliveryDetails = deliveryDetails ?? settings.deliveryDetails
        return result
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.department(id)
        var event = DepartmentChanged()
        event.index = index
        event.title = title ?? routing.departments[index.position].title
        event.settings = applied(to: routing.departments[index.position].settings)
        try overflow.put(into: &event.settings, routing, of: id)
        let present = routing.departments[index.position]
        guard event.title != present.title || event.settings != present.settings else { return .department(index) }
        events.append(.departmentChanged(event))
        return .department(index)
    }
}

/// `DEPT REMOVE`: only a department without agents and without unfinished tickets.
public struct RemoveDepartment: Decidable {
    public var id: DepartmentID

    public init(id: DepartmentID) { self.id = id }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.department(id)
        guard routing.unfinished[index.position] == 0 else {
            throw Rejection(
                .state,
                "department '\(id.rawValue)' has unfinished tickets: \(routing.unfinished[index.position])")
        }
        let members = routing.staff[index.position].members.count
        guard members == 0 else {
            throw Rejection(.state, "department '\(id.rawValue)' has agents: \(members)")
        }
        for other in routing.departments where !other.isRemoved && other.index != index {
            let leads = Channel.allCases.contains { other.effective[$0].overflow == .department(index) }
            guard !leads else {
                throw Rejection(
                    .state, "department '\(other.id.rawValue)' overflows into '\(id.rawValue)': set its overflow= first"
                )
            }
        }
        var event = DepartmentRemoved()
        event.index = index
        events.append(.departmentRemoved(event))
        return .ok
    }
}

/// What `overflow=` named, for all channels and for each.
public struct OverflowRequests: Equatable, Sendable {
    public var base: OverflowRequest?
    public var own = PerChannel<OverflowRequest?>(nil)

    public init() {}

    /// Finds the departments that are named. Throws when there is none of that name, or it is the department itself.
    fileprivate func put(
        into settings: inout DepartmentSettings, _ routing: borrowing Routing, of id: DepartmentID
    ) throws(Rejection) {
        if let base { settings.base.overflow = try rule(base, routing, of: id) }
        for channel in Channel.allCases {
            if let request = own[channel] { settings.own[channel].overflow = try rule(request, routing, of: id) }
        }
    }

    private func rule(
        _ request: OverflowRequest, _ routing: borrowing Routing, of id: DepartmentID
    ) throws(Rejection) -> OverflowRule {
        switch request {
        case .none: return .none
        case .callback: return .callback
        case .message: return .message
        case .reject: return .reject
        case .department(let name):
            guard name != id else {
                throw Rejection(.badArgument, "overflow= must name another department than '\(id.rawValue)'")
            }
            return .department(try routing.department(name))
        }
    }
}
