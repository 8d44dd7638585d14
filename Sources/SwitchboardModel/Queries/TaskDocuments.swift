extension Routing {
    /// A ticket's tasks in order of number.
    func tasks(of ticket: TicketView, _ range: ListRange) throws(Rejection) -> [JSON] {
        try range.page(
            ticket.ticket.details.tasks.enumerated().map { place, task in
                describe(task).with("cursor", .string(String(place + 1)))
            })
    }

    func describe(_ task: Subtask) -> JSON {
        .record([
            ("task", .integer(Int64(task.number))), ("title", .string(task.title)),
            ("agent", present(task.agent)), ("done", .bool(task.doneAt != nil)),
            ("done_at", task.doneAt.map { .time($0) } ?? .null), ("created_at", .time(task.createdAt)),
        ])
    }

    /// The agent who is to do something: nobody, once the agent was removed.
    func present(_ agent: AgentIndex?) -> JSON {
        guard let agent, !agents[agent.position].isRemoved else { return .null }
        return name(agent)
    }
}
