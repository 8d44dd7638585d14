extension DeliveryStep {
    fileprivate func status(at now: Timestamp) -> String {
        status == .scheduled && now - at > Delivery.patience ? "delayed" : status.name
    }

    fileprivate var reasonDocument: JSON { reason.isEmpty ? .null : .string(reason) }
}

extension Delivery {
    /// `delivery` of a reply in the thread, for every agent.
    func document(at now: Timestamp) -> JSON {
        guard let last = steps.last else { return .null }
        return .record([
            ("status", .string(last.status(at: now))), ("at", .time(last.at)), ("reason", last.reasonDocument),
        ])
    }
}

extension Routing {
    /// The full report on a reply's delivery, for administrators and owners.
    func delivery(
        of entry: UInt32, _ ticket: TicketView, by: AgentID, _ shards: Shards, at now: Timestamp
    ) throws(Rejection) -> JSON {
        let role = shards.profile(try agent(by))?.role ?? .agent
        guard role == .admin || role == .owner else {
            throw Rejection(
                .noPermission, "a delivery report is for the roles admin and owner; '\(by.rawValue)' is \(role.name)")
        }
        let reply = try shards.reply(entry, of: ticket.ticket)
        let delivery = shards.joinedDetails(of: ticket).deliveries.first { $0.entry == entry }
        let steps = delivery?.steps.map { step -> JSON in
            .record([
                ("status", .string(step.status.name)), ("at", .time(step.at)), ("reason", step.reasonDocument),
                ("detail", step.detail.isEmpty ? .null : .string(step.detail)),
                ("detail_until", step.detailUntil.map { .time($0) } ?? .null),
            ])
        }
        let status = delivery?.steps.last?.status(at: now)
        return .record([
            ("id", .integer(Int64(ticket.id.rawValue))), ("n", .integer(Int64(entry))), ("agent", name(reply.agent)),
            ("status", status.map { .string($0) } ?? .null), ("steps", .array(steps ?? [])),
        ])
    }
}
