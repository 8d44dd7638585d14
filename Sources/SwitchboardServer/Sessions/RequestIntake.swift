import SwitchboardModel
import SwitchboardWire

/// Turns what a client sends into requests for the lane, up to the first request that is not for it.
///
/// A value apart from the session, so that exclusive access to its parser and its list is checked once for all the
/// requests of a read, and not once for each.
struct RequestIntake {
    /// For the lane, in the order in which they came.
    private(set) var pending: [DomainRequest] = []
    /// Requests of this connection so far, refused ones too.
    private(set) var requests: UInt64 = 0
    /// The row of the last command in the table, for `CLIENT LIST`.
    private(set) var lastRow: Int?
    private var parser: RequestParser

    /// How many requests go to the lane in one turn, so that one client's pipeline does not hold up the others.
    private static let requestsPerTurn = 128

    init(limits: WireLimits) { parser = RequestParser(limits: limits) }

    /// Takes whole requests out of `unread` and adds them to `pending`. The first `consumed` bytes are done with then;
    /// they may have been rewritten, which is what the memory is not owned for.
    mutating func take(
        from unread: UnsafeMutableRawBufferPointer, _ table: CommandTable<ParsedRequest>
    ) -> (stop: Stop, consumed: Int) {
        var consumed = 0
        while pending.count < Self.requestsPerTurn {
            let step = parser.next(in: UnsafeMutableRawBufferPointer(rebasing: unread[consumed...]))
            consumed += step.consumed
            switch step.outcome {
            case .needMore: return (.needMore, consumed)
            case .refused(let error): return (.refused(error), consumed)
            case .broken(let error): return (.broken(error), consumed)
            case .hangUp: return (.hangUp, consumed)
            case .request(let request):
                requests += 1
                do throws(WireError) {
                    let row = try table.row(request)
                    lastRow = row
                    switch try table.parse(request, row: row, roles: .owner) {
                    case .domain(let request): pending.append(request)
                    case .find(let question): return (.find(question), consumed)
                    case .server(let command): return (.server(command, request.form), consumed)
                    }
                } catch {
                    return (.refused(error), consumed)
                }
            }
        }
        return (.enough, consumed)
    }

    /// Why `take` stopped.
    enum Stop {
        case needMore
        /// There is more, after the lane has had a turn.
        case enough
        case find(FindQuestion)
        case server(ServerCommand, RequestForm)
        case refused(WireError)
        case broken(WireError)
        case hangUp
    }

    /// The last request came so many times more, and was taken elsewhere.
    mutating func count(repeated: Int) { requests += UInt64(repeated) }

    /// What was pending is answered.
    mutating func forgetPending() { pending.removeAll(keepingCapacity: true) }
}
