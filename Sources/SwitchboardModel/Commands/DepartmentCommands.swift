/// `DEPT ADD`.
public struct AddDepartment: Decidable {
    public var id: DepartmentID
    public var title = ""
    public var settings = DepartmentSettings()

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
        var event = DepartmentRemoved()
        event.index = index
        events.append(.departmentRemoved(event))
        return .ok
    }
}
