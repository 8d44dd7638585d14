extension Routing {
    /// What hangs on a ticket beside its thread, for agents.
    func describe(_ details: TicketDetails, of ticket: TicketView) -> [(String, JSON)] {
        let addresses = details.followers.map(\.address).filter { !$0.isEmpty && $0 != ticket.from }
        let recipients = (ticket.from.isEmpty ? [] : [ticket.from]) + addresses
        return [
            ("description", details.description.isEmpty ? .null : .string(details.description)),
            (
                "participants",
                .array(details.participants.filter { isPresent($0.index) }.map { name($0.index) })
            ),
            ("followers", .array(details.followers.filter { isPresent($0) }.map { .string(text($0)) })),
            ("recipients", .array(recipients.map { .string($0) })),
            (
                "conversations",
                .array(details.conversations.enumerated().map { describe($1, number: $0 + 1, of: ticket) })
            ),
            ("tasks", .array(details.tasks.map { describe($0) })),
            ("worked", WorkTotals(details.work).document),
        ]
    }

    /// As `followers=` takes it.
    private func text(_ follower: Follower) -> String {
        follower.agent.map { "agent:" + agents[$0.position].id.rawValue } ?? follower.address
    }

    private func describe(_ conversation: Conversation, number: Int, of ticket: TicketView) -> JSON {
        .record([
            ("conversation", .integer(Int64(number))), ("title", .string(conversation.title)),
            ("internal", .bool(conversation.isInternal)), ("by", name(conversation.by, ticket)),
            ("created_at", .time(conversation.createdAt)),
        ])
    }

    /// A ticket's further conversations in order of number.
    func conversations(of ticket: TicketView, _ range: ListRange) throws(Rejection) -> [JSON] {
        try range.page(
            ticket.ticket.details.conversations.enumerated().map { place, conversation in
                describe(conversation, number: place + 1, of: ticket).with("cursor", .string(String(place + 1)))
            })
    }

    /// What is known of an entry beside what stands in the thread.
    func describe(
        _ entry: ThreadEntry, _ details: TicketDetails, of ticket: TicketView, at now: Timestamp
    ) -> [(String, JSON)] {
        // What was moved to another ticket took it along.
        guard entry.kind.isWritten else { return [] }
        var fields: [(String, JSON)] = []
        let attachments = details.attachments.filter { $0.entry == entry.number }
        if !attachments.isEmpty { fields.append(("attachments", .array(attachments.map { $0.document }))) }
        if let delivery = details.deliveries.first(where: { $0.entry == entry.number }) {
            fields.append(("delivery", delivery.document(at: now)))
        }
        if let rating = details.ratings.first(where: { $0.entry == entry.number }) {
            fields.append(("rating", rating.document(of: ticket, forCustomer: false)))
        }
        return fields
    }
}

extension Attachment {
    var document: JSON {
        .record([
            ("name", .string(name)), ("type", type.isEmpty ? .null : .string(type)),
            ("size", size.map { .integer(Int64(clamping: $0)) } ?? .null),
            ("checksum", checksum.isEmpty ? .null : .string(checksum)), ("url", url.isEmpty ? .null : .string(url)),
        ])
    }
}

extension Rating {
    func document(of ticket: TicketView, forCustomer: Bool) -> JSON {
        var fields: [(String, JSON)] = [
            ("score", .integer(Int64(score))), ("comment", comment.isEmpty ? .null : .string(comment)),
        ]
        if !forCustomer {
            let address = from.isEmpty ? ticket.from : from
            fields.append(("by", address.isEmpty ? .string("customer") : .string(address)))
        }
        return .record(fields + [("at", .time(at))])
    }
}

extension RatingTotals {
    /// `rating` of an agent; the average is rounded to hundredths.
    var document: JSON {
        let average: JSON =
            count > 0 ? .number((Double(sum) / Double(count) * 100).rounded() / 100) : .null
        return .record([("count", .integer(Int64(count))), ("average", average)])
    }
}
