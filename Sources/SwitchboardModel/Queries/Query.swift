/// A question: changes nothing.
public enum Query: Sendable {
    case showTicket(TicketID, TicketExcerpt)
    case ticketConversations(TicketID, ListRange)
    case delivery(TicketID, entry: UInt32, by: AgentID)
    case ticketHistory(TicketID, ListRange)
    case whyTicket(TicketID)
    case ticketWork(TicketID, ListRange)
    case ticketTasks(TicketID, ListRange)
    case showAgent(AgentID)
    case agentWork(AgentID, since: Timestamp?, until: Timestamp?, ListRange)
    case listAgents(department: DepartmentID?, ListRange)
    case agentTickets(AgentID, ListRange)
    case showDepartment(DepartmentID)
    case listDepartments(ListRange)
    case agentOffers(AgentID, ListRange)
    case departmentQueue(DepartmentID, Channel?, ListRange)
    case departmentPauses(DepartmentID, ListRange)
    case listSchedules(AgentID?, ListRange)
    case showRoster(RosterID)
    case listRosters(DepartmentID?, ListRange)
    case listViews(by: AgentID?, ListRange)
    case export(ExportQuery)
}

/// Which entries of a thread are shown.
public enum ThreadRange: Sendable, Equatable {
    case none
    /// The last 100.
    case latest
    case all
    case numbers(ClosedRange<UInt32>)
}

/// What of a ticket is shown, and to whom.
public struct TicketExcerpt: Sendable, Equatable {
    public var thread = ThreadRange.latest
    /// Of this conversation only; 0 is the main one.
    public var conversation: UInt32?
    /// Nothing that customers must not see.
    public var forCustomer = false

    public init() {}
}

/// How much of a list is shown.
public struct ListRange: Sendable, Equatable {
    public static let defaultLimit = 50
    public static let mostLimit = 1000

    public var limit: Int
    /// The `cursor` of the last element seen.
    public var after: String?

    public init(limit: Int = ListRange.defaultLimit, after: String? = nil) {
        self.limit = limit
        self.after = after
    }
}

extension Routing {
    /// Answers a question, and tells the newest record among what the answer shows.
    public func answer(
        _ query: Query, _ shards: Shards, at now: Timestamp
    ) -> (reply: Outcome, shows: LogSequenceNumber) {
        do throws(Rejection) {
            switch query {
            case .showTicket(let id, let excerpt):
                let ticket = try shards.existing(id)
                if let conversation = excerpt.conversation { try ticket.ticket.requireConversation(conversation) }
                guard !excerpt.forCustomer else {
                    // It names agents as they are called, who may have been called otherwise since the ticket changed.
                    return (.document(try customerView(ticket, excerpt, shards)), lastRecord)
                }
                return (.document(describe(ticket, excerpt, shards, at: now)), newest(shownWith: ticket))
            case .ticketConversations(let id, let range):
                let ticket = try shards.existing(id)
                return (.list(try conversations(of: ticket, range)), ticket.lastRecord)
            case .delivery(let id, let entry, let by):
                let report = try delivery(of: entry, try shards.existing(id), by: by, shards, at: now)
                return (.document(report), lastRecord)
            case .ticketHistory(let id, let range):
                let ticket = try shards.existing(id)
                return (.list(try history(of: ticket, range)), ticket.lastRecord)
            case .whyTicket(let id):
                return (.document(why(try shards.existing(id), shards, at: now)), lastRecord)
            case .ticketWork(let id, let range):
                let ticket = try shards.existing(id)
                return (.list(try work(on: ticket, range, at: now)), ticket.lastRecord)
            case .ticketTasks(let id, let range):
                let ticket = try shards.existing(id)
                return (.list(try tasks(of: ticket, range)), newest(shownWith: ticket))
            case .agentWork(let id, let since, let until, let range):
                let entries = try work(of: try agent(id), since: since, until: until, range, shards, at: now)
                return (.list(entries), lastRecord)
            case .showAgent(let id):
                return (.document(describe(try agent(id), shards, at: now)), lastRecord)
            case .listAgents(let department, let range):
                return (.list(try listAgents(department, range, shards, at: now)), lastRecord)
            case .agentTickets(let id, let range):
                return (.list(try tickets(of: try agent(id), range, shards)), lastRecord)
            case .agentOffers(let id, let range):
                return (.list(try offers(to: try agent(id), range, shards)), lastRecord)
            case .showDepartment(let id):
                return (.document(describe(try department(id), at: now)), lastRecord)
            case .listDepartments(let range):
                return (.list(try listDepartments(range, at: now)), lastRecord)
            case .departmentQueue(let id, let channel, let range):
                return (.list(try queue(of: try department(id), channel, range, shards, at: now)), lastRecord)
            case .departmentPauses(let id, let range):
                return (.list(try pauses(in: try department(id), range, at: now)), lastRecord)
            case .showRoster(let id): return (.document(try describeRoster(id)), lastRecord)
            case .listRosters(let department, let range):
                return (.list(try listRosters(department, range)), lastRecord)
            case .listSchedules(let id, let range):
                return (.list(try schedules(of: id, range)), lastRecord)
            case .export(let query): return try export(query, shards)
            case .listViews(let by, let range):
                return (.list(try listViews(by: by, range)), lastRecord)
            }
        } catch {
            return (.rejected(error), lastRecord)
        }
    }

    /// The newest record among what a ticket shows. Of agents named beside the owner only those are shown who are there.
    private func newest(shownWith ticket: TicketView) -> LogSequenceNumber {
        ticket.ticket.hasDetails || offers[ticket.id] != nil ? lastRecord : ticket.lastRecord
    }
}
