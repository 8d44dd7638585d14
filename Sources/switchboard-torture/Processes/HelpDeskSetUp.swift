import SwitchboardClient

/// The departments and agents that the writers count on.
enum HelpDeskSetUp {
    /// A ticket that no writer touches.
    static let quietTicket = 1

    static func run(_ client: LineClient, _ desks: [Desk]) throws(ClientError) {
        for line in lines(desks) { _ = try client.demand(line.split(separator: " ").map(String.init)) }
    }

    static func lines(_ desks: [Desk]) -> [String] {
        var lines = ["DEPT ADD \(Desk.routedDepartment) strategy=round_robin retry=20s ageing=30s"]
        for agent in Desk.routedAgents {
            lines.append("AGENT ADD \(agent) depts=\(Desk.routedDepartment) ticket=8 chat=3 call=1")
            lines.append("AGENT ONLINE \(agent)")
        }
        for agent in Keeper.names { lines.append("AGENT ADD \(agent) depts=\(Desk.routedDepartment) ticket=4") }
        for desk in desks where desk.isExact {
            for department in desk.departments { lines.append("DEPT ADD \(department) strategy=manual") }
            for agent in desk.agents {
                lines.append("AGENT ADD \(agent) depts=\(desk.departments.joined(separator: ",")) ticket=10000")
                lines.append("AGENT ONLINE \(agent)")
            }
        }
        lines.append("TICKET OPEN channel=ticket dept=\(Desk.routedDepartment) subject=quiet")
        lines.append("TICKET RESOLVE \(quietTicket)")
        return lines
    }
}
