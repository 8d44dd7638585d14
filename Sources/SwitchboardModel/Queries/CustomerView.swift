extension Routing {
    /// What a customer may see of a ticket: the messages and the agents' replies of the conversations with customers, and
    /// what is public of the ticket itself. All else is left out by not being named here: notes, events, internal
    /// conversations, tasks, work, deliveries, tags, fields, who is responsible and how it was decided. Neither the version
    /// nor the time of the last change are shown, as both tell of work that is nobody else's business.
    func customerView(_ ticket: TicketView, _ excerpt: TicketExcerpt, _ shards: Shards) throws(Rejection) -> JSON {
        let details = shards.joinedDetails(of: ticket)
        func isPublic(_ conversation: UInt32) -> Bool {
            guard conversation > 0 else { return true }
            return conversation <= details.conversations.count
                && !details.conversations[Int(conversation) - 1].isInternal
        }
        func isPublic(_ entry: ThreadEntry) -> Bool {
            (entry.kind == .message || entry.kind == .reply) && isPublic(entry.conversation)
        }
        if let asked = excerpt.conversation, !isPublic(asked) {
            throw Rejection(.notFound, "ticket \(ticket.id.rawValue) has no conversation \(asked)")
        }
        let shown = shownEntries(of: ticket, excerpt, shards, where: isPublic)
        var last = ticket.createdAt
        for entry in shards.wholeThread(of: ticket) where isPublic(entry) { last = max(last, entry.at) }
        let conversations = details.conversations.enumerated().filter { !$0.element.isInternal }
        let into = ticket.extras.merged.map { ("merged_into", JSON.integer(Int64($0.ticket.rawValue))) }
        return .record(
            [
                ("id", .integer(Int64(ticket.id.rawValue))),
                ("status", .string(ticket.status.publicName)),
                ("channel", .string(ticket.channel.name)),
                ("subject", .string(ticket.subject)),
                ("from", ticket.from.isEmpty ? .null : .string(ticket.from)),
                ("created_at", .time(ticket.createdAt)),
                ("updated_at", .time(last)),
                (
                    "conversations",
                    .array(
                        conversations.map {
                            .record([
                                ("conversation", .integer(Int64($0.offset + 1))), ("title", .string($0.element.title)),
                            ])
                        })
                ),
                ("thread_total", .integer(Int64(shown.total))),
                ("thread_truncated", .bool(shown.entries.count < shown.total)),
                ("thread", .array(shown.entries.map { customerEntry($0, details, of: ticket, shards) })),
            ] + (into.map { [$0] } ?? []))
    }

    private func customerEntry(
        _ entry: ThreadEntry, _ details: TicketDetails, of ticket: TicketView, _ shards: Shards
    ) -> JSON {
        let displayName = entry.by.agent.flatMap { shards.profile($0)?.displayName } ?? ""
        let author: JSON = displayName.isEmpty ? name(entry.by, ticket) : .string(displayName)
        var fields: [(String, JSON)] = [
            ("n", .integer(Int64(entry.number))),
            ("at", .time(entry.at)),
            ("kind", .string(entry.kind.name)),
            ("by", entry.from.map { .string($0) } ?? author),
            ("body", entry.body.map { .string($0) } ?? .null),
        ]
        if entry.conversation != 0 { fields.append(("conversation", .integer(Int64(entry.conversation)))) }
        let attachments = details.attachments.filter { $0.entry == entry.number }
        if !attachments.isEmpty { fields.append(("attachments", .array(attachments.map { $0.document }))) }
        if let rating = details.ratings.first(where: { $0.entry == entry.number }) {
            fields.append(("rating", rating.document(of: ticket, forCustomer: true)))
        }
        return .record(fields)
    }
}

extension TicketStatus {
    /// That a ticket was put away, and as what, is not for its customer.
    fileprivate var publicName: String {
        switch self {
        case .new, .chatting, .calling, .answered, .open, .postponed, .resolved, .merged: name
        case .spam, .deleted: TicketStatus.resolved.name
        }
    }
}
