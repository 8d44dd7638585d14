import SwitchboardModel

extension Reply {
    /// The answer to a command or a question.
    public static func outcome(_ outcome: Outcome, to out: inout [UInt8]) {
        switch outcome {
        case .ok: ok(to: &out)
        case .null: null(to: &out)
        case .ticket(let reply): TicketLine.append(reply, to: &out)
        case .ringing(let reply, let offers): TicketLine.append(reply, offers, to: &out)
        case .document(let document): json(document, to: &out)
        case .list(let documents):
            list(documents.count, to: &out)
            for document in documents { json(document, to: &out) }
        case .integer(let value): integer(value, to: &out)
        case .rejected(let rejection): error(WireError(rejection), to: &out)
        }
    }
}

extension WireError {
    /// A refusal by the model, as the client is told.
    public init(_ rejection: Rejection) {
        let code: ErrorCode =
            switch rejection.code {
            case .err: .general
            case .badArgument: .badArgument
            case .notFound: .notFound
            case .exists: .exists
            case .state: .state
            case .capacity: .capacity
            case .conflict: .conflict
            case .busy: .busy
            case .misconfigured: .misconfigured
            case .noPermission: .noPermission
            }
        self.init(code, rejection.message)
    }
}
