extension Routing {
    /// The fewest contacts that a member of the department was given, by channel; 0 where it has no members.
    func fewestTaken(in department: DepartmentIndex) -> PerChannel<UInt32> {
        let staff = staff[department.position]
        if let known = staff.fewest { return known }
        var fewest: PerChannel<UInt32>?
        for agent in staff.members {
            guard let taken = agents[agent.position].membership(in: department)?.taken else { continue }
            guard let least = fewest else {
                fewest = taken
                continue
            }
            for channel in Channel.allCases { fewest?[channel] = min(least[channel], taken[channel]) }
        }
        return fewest ?? PerChannel(0)
    }

    /// Remembers what `fewestTaken` was for those who began with it: they are members now, so it is that still.
    mutating func keepFewest(of new: [Membership], besides old: [Membership]) {
        for membership in new where !old.contains(where: { $0.department == membership.department }) {
            staff[membership.department.position].fewest = membership.taken
        }
    }

    /// Counts a contact that the agent was given, where the agent is a member.
    @inline(__always)
    mutating func countContact(_ agent: AgentIndex, _ placement: Placement) {
        let (department, channel) = (placement.department, placement.channel)
        for place in 0..<agents[agent.position].memberships.count
        where agents[agent.position].memberships[place].department == department {
            let ranks = settings(department, channel).strategy == .fewestContacts
            if ranks { withdraw(agent, channel) }
            agents[agent.position].memberships[place].taken.count(channel)
            if staff[department.position].fewest != nil { staff[department.position].fewest = nil }
            if ranks { propose(agent, channel) }
        }
    }
}
