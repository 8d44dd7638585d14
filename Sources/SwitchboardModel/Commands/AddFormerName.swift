/// `AGENT FORMER` and `DEPT FORMER`: the name of one that was removed elsewhere, for imported tickets to name. Nothing is
/// given to it, and it takes no name away.
public struct AddFormerName: Decidable {
    public var isDepartment: Bool
    public var id: String
    /// Of how many of this name that were removed it is the last.
    public var number: Int
    public var title = ""

    public init(isDepartment: Bool, id: String, number: Int) {
        self.isDepartment = isDepartment
        self.id = id
        self.number = number
    }

    /// How many of one name there may be.
    public static let most = 10_000

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let known =
            (isDepartment
                ? routing.formerNames.departments[id]?.count : routing.formerNames.agents[id]?.count) ?? 0
        guard known < number else { return .nothing }
        guard known == number - 1 else {
            throw Rejection(.badArgument, "n= must be \(known + 1) at most: '\(id)' was removed \(known) times so far")
        }
        var event = FormerNameAdded()
        event.isDepartment = isDepartment
        event.index = UInt32(isDepartment ? routing.departments.count : routing.agents.count)
        event.id = id
        event.title = title
        events.append(.formerNameAdded(event))
        return .ok
    }
}
