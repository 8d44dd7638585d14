/// A `+` reply, kept so that the same line can be made of it again, whatever became of the ticket since.
public struct RememberedReply: Equatable, Sendable {
    public enum Kind: UInt8, Named {
        case ok = 0
        case null = 1
        case ticket = 2
        case document = 3

        public var name: String {
            switch self {
            case .ok: "ok"
            case .null: "null"
            case .ticket: "ticket"
            case .document: "document"
            }
        }
    }

    public var kind = Kind.ok
    // Of a ticket. Agents and departments by index: their names never change and indexes are never given again.
    public var ticket = TicketID(0)
    public var version: UInt32 = 0
    public var status = TicketStatus.new
    public var department = DepartmentIndex(0)
    public var agent: AgentIndex?
    public var wants: AgentIndex?
    public var freesSlot = false
    /// 0: none.
    public var next = TicketID(0)
    public var isNextOffered = false
    public var offers: [Offer] = []
    /// Until when they ring.
    public var ringsUntil: Timestamp?
    public var isDuplicate = false
    public var number: UInt32 = 0
    /// Of a document: see `JSON.stored`.
    public var document: [UInt8] = []

    public init() {}

    /// Tells of a ticket.
    mutating func show(_ id: TicketID, _ summary: TicketSummary) {
        kind = .ticket
        ticket = id
        version = summary.version
        status = summary.status
        department = summary.department
        agent = summary.agent
        wants = summary.wants
    }

    mutating func tell(freed: Bool, _ given: NextTicketGiven?) {
        freesSlot = freed
        next = given?.ticket ?? TicketID(0)
        isNextOffered = given?.isOffered ?? false
    }
}

extension Routing {
    /// What is to be remembered of the answer to a command that was carried out.
    func remembered(
        _ subject: Subject, _ shards: Shards, freed: Bool, next: NextTicketGiven?, at now: Timestamp
    ) -> RememberedReply {
        var reply = RememberedReply()
        switch subject {
        case .ok: reply.kind = .ok
        case .nothing: reply.kind = .null
        case .ticket(let id), .numbered(let id, _), .duplicate(let id):
            guard let summary = shards.summary(id) else { preconditionFailure("ticket \(id.rawValue) is gone") }
            reply.show(id, summary)
            if let round = offers[id] {
                reply.offers = round.offers
                reply.ringsUntil = round.until
            }
            if case .duplicate = subject {
                reply.isDuplicate = true
                break
            }
            if case .numbered(_, let number) = subject { reply.number = number }
            reply.tell(freed: freed, next)
        case .purged(let id, let last):
            reply.show(id, last)
            reply.tell(freed: freed, next)
        case .agent(let index):
            reply.kind = .document
            reply.document = describe(index, shards, at: now).stored
        case .department(let index):
            reply.kind = .document
            reply.document = describe(index, at: now).stored
        case .document(let document):
            reply.kind = .document
            reply.document = document.stored
        case .view(let id):
            guard let view = views[id.rawValue] else { preconditionFailure("view \(id.rawValue) is gone") }
            reply.kind = .document
            reply.document = describe(view).stored
        }
        return reply
    }

    /// The answer again.
    func outcome(of reply: RememberedReply) -> Outcome {
        switch reply.kind {
        case .ok: return .ok
        case .null: return .null
        case .ticket:
            let ticket = TicketReply(
                id: reply.ticket, version: reply.version, status: reply.status,
                department: departments[reply.department.position].name,
                agent: reply.agent.map { agents[$0.position].name },
                wants: reply.wants.map { agents[$0.position].name }, freesSlot: reply.freesSlot,
                next: reply.next == TicketID(0) ? nil : reply.next, isNextOffered: reply.isNextOffered,
                isDuplicate: reply.isDuplicate, number: reply.number)
            guard let until = reply.ringsUntil else { return .ticket(ticket) }
            return .ringing(
                ticket,
                reply.offers.map { offer in
                    OfferReply(agent: agents[offer.agent.position].name, token: offer.token, until: until)
                })
        case .document:
            do {
                return .document(try JSON(stored: reply.document))
            } catch {
                preconditionFailure("a remembered document cannot be read: \(error)")
            }
        }
    }

    /// Throws when the answer cannot be made again: what was read from a file names what is not there.
    func check(_ remembered: RequestRemembered) throws(ByteReader.Malformed) {
        let reply = remembered.reply
        func require(_ holds: Bool, _ what: String) throws(ByteReader.Malformed) {
            guard holds else { throw ByteReader.Malformed(what: "a remembered request \(what)", offset: 0) }
        }
        try require(!remembered.id.isEmpty, "has no id")
        switch reply.kind {
        case .ok, .null: break
        case .ticket:
            try require(reply.department.position < departments.count, "has a department that is not there")
            for agent in [reply.agent, reply.wants] + reply.offers.map(\.agent) {
                try require((agent?.position ?? -1) < agents.count, "has an agent that is not there")
            }
        case .document: _ = try JSON(stored: reply.document)
        }
    }
}
