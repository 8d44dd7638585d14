/// `TICKET RATE`: the customer rates an agent's reply. Another rating of the same reply takes the place of the first.
public struct RateTicket: DetailCommand {
    public static let name = "TICKET RATE"
    public var ticket: TicketID
    public var score: UInt8
    /// The reply's number in the thread; `nil`: the last reply.
    public var entry: UInt32?
    public var comment = ""
    public var from: String?
    public var version: UInt32?

    public init(ticket: TicketID, score: UInt8) {
        self.ticket = ticket
        self.score = score
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let reply = try shards.reply(entry, of: ticket)
        guard Rating.scores.contains(score) else { throw Rejection(.badArgument, "score= takes 1 to 5") }
        var event = TicketRated()
        event.ticket = ticket.id
        event.rating.entry = reply.number
        event.rating.agent = reply.agent
        event.rating.score = score
        event.rating.comment = comment
        if let from, from != shards.text(ticket.from, of: ticket.id) { event.rating.from = from }
        event.rating.at = now
        if let previous = ticket.details.ratings.first(where: { $0.entry == reply.number }) {
            event.previous = previous.score
            // Who it was counted for, as an imported one may say otherwise than the thread.
            event.rating.agent = previous.agent
        }
        // Another ticket's rating would count beside this one, and come back when the two are unmerged.
        if event.previous == 0, ticket.hasJoinedThread, let view = shards.view(ticket.id),
            shards.joinedDetails(of: view).ratings.contains(where: { $0.entry == reply.number })
        {
            throw Rejection(
                .state, "reply \(reply.number) was rated before its ticket was merged into \(ticket.id.rawValue)")
        }
        events.append(.ticketRated(event))
        return .numbered(ticket.id, reply.number)
    }
}

extension Shards {
    /// A reply of the ticket and who wrote it: the one numbered so, or the last.
    func reply(_ number: UInt32?, of ticket: Ticket) throws(Rejection) -> (number: UInt32, agent: AgentIndex) {
        guard let number else {
            let last = lastReply(of: ticket)
            guard let last, let agent = last.head.by.agent else {
                throw Rejection(.state, "ticket \(ticket.id.rawValue) has no reply")
            }
            return (last.number, agent)
        }
        let head = try entry(number, of: ticket)
        guard head.kind == .reply, let agent = head.by.agent else {
            throw Rejection(.badArgument, "entry \(number) of ticket \(ticket.id.rawValue) is no reply")
        }
        return (number, agent)
    }

    /// An entry of the ticket's thread, all but its time and its texts.
    func entry(_ number: UInt32, of ticket: Ticket) throws(Rejection) -> EntryHead {
        let head =
            if ticket.hasJoinedThread, let view = view(ticket.id) {
                joinedThread(of: view).first { $0.entry.number == number }?.entry.head
            } else {
                ticket.thread.head(of: number, in: texts(of: ticket.id))
            }
        guard let head else {
            throw Rejection(.notFound, "ticket \(ticket.id.rawValue) has no entry \(number)")
        }
        return head
    }

    private func lastReply(of ticket: Ticket) -> (number: UInt32, head: EntryHead)? {
        guard ticket.hasJoinedThread, let view = view(ticket.id) else {
            return ticket.thread.lastHead(in: texts(of: ticket.id)) { _, head in head.kind == .reply }
        }
        return joinedThread(of: view).last { $0.entry.kind == .reply }.map { ($0.entry.number, $0.entry.head) }
    }
}
