/// Who takes part in a ticket and who follows it: what `TICKET SET` may change of that.
public struct PeopleEdits: Sendable {
    public enum Follower: Sendable, Equatable {
        case agent(AgentID)
        /// A customer.
        case address(String)
    }

    public var addedParticipants: [AgentID] = []
    public var removedParticipants: [AgentID] = []
    public var addedFollowers: [Follower] = []
    public var removedFollowers: [Follower] = []

    public init() {}

    /// How many agents may take part in a ticket beside its owner, and how many may follow it.
    public static let mostParticipants = 100
    public static let mostFollowers = 100

    private var isEmpty: Bool {
        addedParticipants.isEmpty && removedParticipants.isEmpty && addedFollowers.isEmpty && removedFollowers.isEmpty
    }

    /// The event that makes it so; `nil` when it is so.
    func event(
        _ ticket: Ticket, by: Actor, _ routing: borrowing Routing
    ) throws(Rejection) -> TicketPeopleChanged? {
        guard !isEmpty else { return nil }
        let details = ticket.details
        var event = TicketPeopleChanged()
        event.ticket = ticket.id
        event.by = by
        for id in removedParticipants {
            let agent = FieldedAgent(try routing.agent(id))
            guard details.participants.contains(agent), !event.removedParticipants.contains(agent) else { continue }
            event.removedParticipants.append(agent)
        }
        for id in addedParticipants {
            let agent = FieldedAgent(try routing.agent(id))
            guard !details.participants.contains(agent), !event.addedParticipants.contains(agent) else { continue }
            event.addedParticipants.append(agent)
        }
        for follower in removedFollowers {
            let follower = try follower.resolved(routing)
            guard details.followers.contains(follower), !event.removedFollowers.contains(follower) else { continue }
            event.removedFollowers.append(follower)
        }
        for follower in addedFollowers {
            let follower = try follower.resolved(routing)
            guard !details.followers.contains(follower), !event.addedFollowers.contains(follower) else { continue }
            event.addedFollowers.append(follower)
        }
        // Who was removed is not there any more and takes nobody's place.
        let participants = details.participants.count { routing.isPresent($0.index) }
        guard
            participants - event.removedParticipants.count + event.addedParticipants.count <= Self.mostParticipants
        else { throw Rejection(.badArgument, "a ticket has at most \(Self.mostParticipants) participants") }
        let followers = details.followers.count { routing.isPresent($0) }
        guard followers - event.removedFollowers.count + event.addedFollowers.count <= Self.mostFollowers else {
            throw Rejection(.badArgument, "a ticket has at most \(Self.mostFollowers) followers")
        }
        let changes =
            event.addedParticipants.count + event.removedParticipants.count + event.addedFollowers.count
            + event.removedFollowers.count
        return changes > 0 ? event : nil
    }
}

extension PeopleEdits.Follower {
    fileprivate func resolved(_ routing: borrowing Routing) throws(Rejection) -> Follower {
        var follower = Follower()
        switch self {
        case .agent(let id): follower.agent = try routing.agent(id)
        case .address(let address): follower.address = address
        }
        return follower
    }
}

extension Routing {
    func isPresent(_ agent: AgentIndex) -> Bool { !agents[agent.position].isRemoved }

    /// A follower by address is always there.
    func isPresent(_ follower: Follower) -> Bool { follower.agent.map { isPresent($0) } ?? true }
}
