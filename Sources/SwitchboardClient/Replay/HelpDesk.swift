/// The departments and agents of a log, and the requests that set them up on a server without any.
package struct HelpDesk {
    package enum Routing: String, CaseIterable, Sendable {
        /// Nobody is assigned but by hand.
        case manual
        /// The server assigns each ticket to the agent with the least load.
        case leastLoaded = "least_loaded"
    }

    package let departments: [String]
    package let memberships: [(agent: String, departments: [String])]
    package let routing: Routing
    /// How many tickets an agent may hold.
    package let capacity: Int

    package init(of log: IncidentLog, routing: Routing, capacity: Int) {
        departments = log.departments
        memberships = log.memberships
        self.routing = routing
        self.capacity = capacity
    }

    /// Every agent is there and online before the first ticket comes: while a server has exactly one agent, a
    /// `manual` department routes by itself; and a reopened ticket goes back only to an owner who is online.
    package var requests: [[String]] {
        var requests = departments.map { ["DEPT", "ADD", $0, "strategy=" + routing.rawValue] }
        for (agent, departments) in memberships {
            requests.append([
                "AGENT", "ADD", agent, "depts=" + departments.joined(separator: ","), "ticket=\(capacity)",
                "chat=0", "call=0",
            ])
        }
        if routing == .manual {
            // Writes notes on tickets that nobody owns; never takes one.
            requests.append([
                "AGENT", "ADD", TicketLife.desk, "depts=" + departments.joined(separator: ","), "ticket=0", "chat=0",
                "call=0",
            ])
        }
        requests += memberships.map { ["AGENT", "ONLINE", $0.agent] }
        return requests
    }

    /// Sets all of it up. Throws at the first refusal; on a server that has one of the departments already the
    /// message says what to do.
    package func setUp(on client: LineClient) throws(ClientError) {
        let requests = requests
        var pipeline = Pipeline<[String]>(client: client, window: 64)
        var next = 0
        while next < requests.count || !pipeline.isEmpty {
            if next < requests.count, !pipeline.isFull {
                try pipeline.send(requests[next], tag: requests[next])
                next += 1
                continue
            }
            let (words, reply) = try pipeline.receive()
            guard case .refusal(let message) = reply else { continue }
            let hint =
                message.hasPrefix("EXISTS")
                ? "; a replay needs a server without departments and tickets: start one on an empty data folder" : ""
            throw ClientError(.reply, "\(words.prefix(3).joined(separator: " ")): \(message)\(hint)")
        }
    }
}
