/// All agents and departments that ever were, by name: a ticket of long ago may be that of an agent who was removed. Kept up
/// by looking at those added since, as neither a name nor a place in the tables ever changes.
struct NameBook: Sendable {
    private var agents: [String: [AgentIndex]] = [:]
    private var departments: [String: [DepartmentIndex]] = [:]
    private var agentCount = 0
    private var departmentCount = 0

    mutating func update(_ routing: borrowing Routing) {
        while agentCount < routing.agents.count {
            agents[routing.agents[agentCount].id.rawValue, default: []].append(AgentIndex(UInt32(agentCount)))
            agentCount += 1
        }
        while departmentCount < routing.departments.count {
            departments[routing.departments[departmentCount].id.rawValue, default: []].append(
                DepartmentIndex(UInt32(departmentCount)))
            departmentCount += 1
        }
    }

    func agents(named name: String) throws(Rejection) -> [AgentIndex] {
        guard let found = agents[name] else { throw Rejection(.notFound, "no agent '\(name)'") }
        return found
    }

    func departments(named name: String) throws(Rejection) -> [DepartmentIndex] {
        guard let found = departments[name] else { throw Rejection(.notFound, "no department '\(name)'") }
        return found
    }
}
