/// What documents call agents and departments. One who was removed is called by the name and a number, as `ann#1` for the
/// first `ann` who was: a name may have been given again since.
struct TransferNames {
    private let agents: PagedArray<Agent>
    private let departments: PagedArray<Department>
    private let agentIndexes: [String: AgentIndex]
    private let departmentIndexes: [String: DepartmentIndex]
    private let former: FormerNames

    init(_ routing: borrowing Routing) {
        agents = routing.agents
        departments = routing.departments
        agentIndexes = routing.agentIndexes
        departmentIndexes = routing.departmentIndexes
        former = routing.formerNames
    }

    func name(_ agent: AgentIndex) -> String {
        let id = agents[agent.position].id.rawValue
        guard agents[agent.position].isRemoved else { return id }
        return "\(id)#\(former.number(of: agent, named: id))"
    }

    func name(_ department: DepartmentIndex) -> String {
        let id = departments[department.position].id.rawValue
        guard departments[department.position].isRemoved else { return id }
        return "\(id)#\(former.number(of: department, named: id))"
    }

    func agent(_ name: String) -> AgentIndex? {
        agentIndexes[name] ?? Self.split(name).flatMap { former.agent($0.id, number: $0.number) }
    }

    func department(_ name: String) -> DepartmentIndex? {
        departmentIndexes[name] ?? Self.split(name).flatMap { former.department($0.id, number: $0.number) }
    }

    func isRemoved(_ agent: AgentIndex) -> Bool { agents[agent.position].isRemoved }
    func isRemoved(_ department: DepartmentIndex) -> Bool { departments[department.position].isRemoved }

    private static func split(_ name: String) -> (id: String, number: Int)? {
        guard let sign = name.lastIndex(of: "#"), let number = Int(name[name.index(after: sign)...]) else { return nil }
        return (String(name[..<sign]), number)
    }
}

/// The agents and departments that were removed, by name and in order of index. Derived from the tables.
struct FormerNames: Equatable, Sendable {
    private(set) var agents: [String: [AgentIndex]] = [:]
    private(set) var departments: [String: [DepartmentIndex]] = [:]

    mutating func add(_ agent: AgentIndex, named name: String) { Self.insert(agent, into: &agents[name, default: []]) }

    mutating func add(_ department: DepartmentIndex, named name: String) {
        Self.insert(department, into: &departments[name, default: []])
    }

    private static func insert<Index: Comparable>(_ index: Index, into list: inout [Index]) {
        list.insert(index, at: list.firstIndex { $0 > index } ?? list.count)
    }

    func number(of agent: AgentIndex, named name: String) -> Int { (agents[name]?.firstIndex(of: agent) ?? 0) + 1 }

    func number(of department: DepartmentIndex, named name: String) -> Int {
        (departments[name]?.firstIndex(of: department) ?? 0) + 1
    }

    func agent(_ name: String, number: Int) -> AgentIndex? { Self.element(agents[name], number) }
    func department(_ name: String, number: Int) -> DepartmentIndex? { Self.element(departments[name], number) }

    private static func element<Index>(_ list: [Index]?, _ number: Int) -> Index? {
        guard let list, number >= 1, number <= list.count else { return nil }
        return list[number - 1]
    }
}
