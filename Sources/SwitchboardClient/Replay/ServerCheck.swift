/// What `VERIFY` says.
package struct Verification: Equatable, Sendable {
    package let isOK: Bool
    package let checked: Int
    package let digest: String
    package let problems: [String]

    package static func ask(_ client: LineClient) throws(ClientError) -> Verification {
        let reply = try client.demand(["VERIFY"])
        guard let json = reply.json, let isOK = json["ok"]?.bool, let digest = json["digest"]?.string else {
            throw ClientError(.reply, "VERIFY: \(reply.text())")
        }
        let problems = json["problems"]?.array ?? []
        return Verification(
            isOK: isOK, checked: json["checked"]?.integer ?? 0, digest: digest,
            problems: problems.map { $0.string ?? "\($0)" })
    }

    /// `VERIFY ok, 24,918 checked, digest 9c41…`
    package var text: String {
        let digest = digest.count > 16 ? digest.prefix(16) + "…" : digest
        let verdict = isOK ? "ok" : "NOT ok"
        let first = problems.first.map { ", \(problems.count) problems, the first: \($0)" } ?? ""
        return "VERIFY \(verdict), \(grouped(checked)) checked, digest \(digest)\(first)"
    }
}

/// Whether the server keeps the two promises of routing at this moment, from its agents and queues as they are listed.
package struct RoutingCheck: Equatable, Sendable {
    /// Agents who hold more than their capacity.
    package private(set) var overCapacity: [String] = []
    /// Departments where a ticket waits although an agent of theirs is there and has room.
    package private(set) var waitingBesideFree: [String] = []
    /// Tickets waiting, in all departments; at most `queueLimit` counted in each.
    package private(set) var waiting = 0
    /// Tickets held, by all agents.
    package private(set) var held = 0

    /// The most that a list may be asked for.
    private static let queueLimit = 1000

    package init() {}

    /// Asks. No other request may be on the way.
    package static func ask(_ client: LineClient, departments: [String]) throws(ClientError) -> RoutingCheck {
        var check = RoutingCheck()
        var departmentsWithRoom: Set<String> = []
        guard case .list(let agents) = try client.demand(["AGENT", "LIST", "limit=1000"]) else {
            throw ClientError(.reply, "AGENT LIST gave no list")
        }
        for agent in agents {
            guard let json = agent.json, let id = json["id"]?.string,
                let capacity = json["capacity"]?["ticket"]?.integer, let load = json["load"]?["ticket"]?.integer
            else { throw ClientError(.reply, "AGENT LIST: \(agent.text())") }
            check.held += load
            if load > capacity { check.overCapacity.append(id) }
            let isThere = json["presence"]?.string == "online" && (json["paused"] ?? .null) == .null
            if isThere, load < capacity { departmentsWithRoom.formUnion(departmentNames(json["depts"])) }
        }
        var pipeline = Pipeline<String>(client: client, window: max(1, departments.count))
        for department in departments {
            try pipeline.send(["DEPT", "QUEUE", department, "limit=\(queueLimit)"], tag: department)
        }
        while !pipeline.isEmpty {
            let (department, reply) = try pipeline.receive()
            guard case .list(let queue) = reply else {
                throw ClientError(.reply, "DEPT QUEUE \(department): \(reply.text())")
            }
            check.waiting += queue.count
            if !queue.isEmpty, departmentsWithRoom.contains(department) { check.waitingBesideFree.append(department) }
        }
        return check
    }

    /// The names in an agent's `depts`, whichever way they are written: `"a:2,b"`, `["a","b:2"]`,
    /// `[{"dept":"a","tier":2}]` or `{"a":2}`.
    package static func departmentNames(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let text): text.split(separator: ",").map(departmentName)
        case .array(let elements):
            elements.compactMap { $0.string ?? $0["dept"]?.string ?? $0["name"]?.string }
                .map { departmentName($0[...]) }
        case .object(let members): Array(members.keys)
        case .number, .bool, .null, nil: []
        }
    }

    /// `sales:2` names `sales`.
    private static func departmentName(_ text: Substring) -> String {
        String(text.split(separator: ":", maxSplits: 1).first ?? text)
    }
}
