import SwitchboardClient

/// The departments and agents that the writers count on.
enum HelpDeskSetUp {
    /// A ticket that no writer touches.
    static let quietTicket = 1

    static func run(_ client: LineClient, _ desks: [Desk]) throws(ClientError) {
        func tell(_ line: String) throws(ClientError) {
            _ = try client.demand(line.split(separator: " ").map(String.init))
        }
        try tell("DEPT ADD \(Desk.routedDepartment) strategy=round_robin retry=20s ageing=30s")
        for agent in Desk.routedAgents {
            try tell("AGENT ADD \(agent) depts=\(Desk.routedDepartment) ticket=8 chat=3 call=1")
            try tell("AGENT ONLINE \(agent)")
        }
        for agent in Keeper.names { try tell("AGENT ADD \(agent) depts=\(Desk.routedDepartment) ticket=4") }
        for desk in desks where desk.isExact {
            for department in desk.departments { try tell("DEPT ADD \(department) strategy=manual") }
            for agent in desk.agents {
                try tell("AGENT ADD \(agent) depts=\(desk.departments.joined(separator: ",")) ticket=10000")
                try tell("AGENT ONLINE \(agent)")
            }
        }
        try tell("TICKET OPEN channel=ticket dept=\(Desk.routedDepartment) subject=quiet")
        try tell("TICKET RESOLVE \(quietTicket)")
    }
}
