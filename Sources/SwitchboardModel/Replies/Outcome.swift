/// The answer to a command or a query.
public enum Outcome: Sendable {
    case ok
    case null
    case ticket(TicketReply)
    /// A ticket that rings, and at whom.
    case ringing(TicketReply, [OfferReply])
    case document(JSON)
    /// One document a line.
    case list([JSON])
    case integer(Int64)
    case rejected(Rejection)
}

/// What every write to a ticket answers. Nothing in it is counted by reference: it is copied on its way to every client.
public struct TicketReply: Sendable {
    public var id: TicketID
    public var version: UInt32
    public var status: TicketStatus
    public var department: KeptName
    public var agent: KeptName?
    public var wants: KeptName?
    /// The write freed a slot: the reply says what it let the agent have.
    public var freesSlot = false
    public var next: TicketID?
    /// What it let the agent have rings at the agent.
    public var isNextOffered = false
    public var isDuplicate = false
    /// What something of the ticket was numbered; 0: nothing was.
    public var number: UInt32 = 0
}

/// An offer, as a reply tells of it.
public struct OfferReply: Sendable {
    public var agent: KeptName
    public var token: UInt64
    public var until: Timestamp
}

extension Routing {
    /// The answer to a command that was carried out.
    func reply(
        to subject: Subject, _ shards: Shards, freed: Bool, next: NextTicketGiven?, at now: Timestamp
    ) -> Committed {
        switch subject {
        case .ok:
            return Committed(outcome: .ok, shows: lastRecord)
        case .nothing:
            return Committed(outcome: .null, shows: lastRecord)
        case .ticket(let id):
            return ticketReply(id, shards) { $0.tell(freed: freed, next) }
        case .purged(let id, let last):
            var reply = ticketReply(id, last)
            reply.tell(freed: freed, next)
            return Committed(outcome: .ticket(reply), shows: last.lastRecord)
        case .numbered(let id, let number):
            return ticketReply(id, shards) {
                $0.tell(freed: freed, next)
                $0.number = number
            }
        case .duplicate(let id):
            return ticketReply(id, shards) { $0.isDuplicate = true }
        case .agent(let index):
            return Committed(outcome: .document(describe(index, shards, at: now)), shows: lastRecord)
        case .department(let index):
            return Committed(outcome: .document(describe(index, at: now)), shows: lastRecord)
        case .document(let document):
            return Committed(outcome: .document(document), shows: lastRecord)
        case .view(let id):
            guard let view = views[id.rawValue] else { preconditionFailure("view \(id.rawValue) is gone") }
            return Committed(outcome: .document(describe(view)), shows: lastRecord)
        }
    }

    @inline(__always)
    private func ticketReply(_ id: TicketID, _ shards: Shards, _ fill: (inout TicketReply) -> Void) -> Committed {
        guard let summary = shards.summary(id) else { preconditionFailure("ticket \(id.rawValue) is gone") }
        var reply = ticketReply(id, summary)
        fill(&reply)
        guard !offers.isEmpty, let round = offers[id] else {
            return Committed(outcome: .ticket(reply), shows: summary.lastRecord)
        }
        let ringing = round.offers.map { offer in
            OfferReply(agent: agents[offer.agent.position].name, token: offer.token, until: round.until)
        }
        // Offers do not change the ticket.
        return Committed(outcome: .ringing(reply, ringing), shows: lastRecord)
    }

    @inline(__always)
    private func ticketReply(_ id: TicketID, _ summary: TicketSummary) -> TicketReply {
        TicketReply(
            id: id, version: summary.version, status: summary.status,
            department: departments[summary.department.position].name,
            agent: summary.agent.map { agents[$0.position].name },
            wants: summary.wants.map { agents[$0.position].name })
    }
}

extension TicketReply {
    @inline(__always)
    fileprivate mutating func tell(freed: Bool, _ given: NextTicketGiven?) {
        freesSlot = freed
        guard let given else { return }
        next = given.ticket
        isNextOffered = given.isOffered
    }
}
