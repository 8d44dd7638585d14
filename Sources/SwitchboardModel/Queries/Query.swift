/// A question: changes nothing.
public enum Query: Sendable {
    case showTicket(TicketID, ThreadRange)
    case ticketHistory(TicketID, ListRange)
    case whyTicket(TicketID)
    case showAgent(AgentID)
    case listAgents(department: DepartmentID?, ListRange)
    case agentTickets(AgentID, ListRange)
    case showDepartment(DepartmentID)
    case listDepartments(ListRange)
    case departmentQueue(DepartmentID, Channel?, ListRange)
}

/// Which entries of a thread are shown.
public enum ThreadRange: Sendable, Equatable {
    case none
    /// The last 100.
    case latest
    case all
    case numbers(ClosedRange<UInt32>)
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
            case .showTicket(let id, let range):
                let ticket = try shards.existing(id)
                return (.document(describe(ticket, thread: range, shards)), ticket.lastRecord)
            case .ticketHistory(let id, let range):
                let ticket = try shards.existing(id)
                return (.list(try history(of: ticket, range)), ticket.lastRecord)
            case .whyTicket(let id):
                return (.document(why(try shards.existing(id), at: now)), lastRecord)
            case .showAgent(let id):
                return (.document(describe(try agent(id), shards)), lastRecord)
            case .listAgents(let department, let range):
                return (.list(try listAgents(department, range, shards)), lastRecord)
            case .agentTickets(let id, let range):
                return (.list(try tickets(of: try agent(id), range, shards)), lastRecord)
            case .showDepartment(let id):
                return (.document(describe(try department(id))), lastRecord)
            case .listDepartments(let range):
                return (.list(try listDepartments(range)), lastRecord)
            case .departmentQueue(let id, let channel, let range):
                return (.list(try queue(of: try department(id), channel, range, shards, at: now)), lastRecord)
            }
        } catch {
            return (.rejected(error), lastRecord)
        }
    }
}
