import Testing

@testable import SwitchboardModel

/// Tickets that change while a question is under way.
@Suite struct FindWhileChangingTests {
    @Test func `a ticket that moves back meanwhile ends no page early, so that none is passed over`() throws {
        var desk = FindDesk()
        var department = AddDepartment(id: DepartmentID("sales"))
        department.settings.base.strategy = .manual
        desk.perform(.addDepartment(department))
        // More than are looked at without order: then those that wait for work are walked through first.
        for _ in 0..<5000 {
            let id = desk.open()
            desk.perform(.resolveTicket(ResolveTicket(ticket: TicketID(id))))
        }
        let (stays, moves) = (desk.open(), desk.open())
        desk.catchUp()
        let expression = try Expression(parsing: "dept = sales")
        let question = FindQuestion.tickets(expression, .standard, ListRange(limit: 2), by: nil)
        let run = try desk.index.begin(question, desk.routing, desk.shards, at: desk.now)
        desk.perform(.resolveTicket(ResolveTicket(ticket: TicketID(moves))))
        while try !run.advance(desk.routing, desk.shards, tickets: 5) {}
        guard case .list(let documents)? = run.answer(desk.routing, desk.shards, desk.index) else {
            Issue.record("no list")
            return
        }
        // The one that still waits, and the first of those that are done: not the one that moved behind all of these.
        #expect(documents.map { $0["id"] } == [.integer(Int64(stays)), .integer(1)])
    }
}
