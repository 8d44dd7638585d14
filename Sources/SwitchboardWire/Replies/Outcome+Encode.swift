import SwitchboardModel

extension Reply {
    /// The answer to a command or a question.
    public static func outcome(_ outcome: Outcome, to out: inout [UInt8]) {
        switch outcome {
        case .ok: ok(to: &out)
        case .null: null(to: &out)
        case .ticket(let ticket): self.ticket(ticket, to: &out)
        case .document(let document): json(document, to: &out)
        case .list(let documents):
            list(documents.count, to: &out)
            for document in documents { json(document, to: &out) }
        case .rejected(let rejection): error(WireError(rejection), to: &out)
        }
    }

    /// What every write to a ticket answers.
    private static func ticket(_ ticket: TicketReply, to out: inout [UInt8]) {
        line(to: &out) { json in
            json.beginObject()
            json.member("id", ticket.id.rawValue)
            json.member("version", UInt64(ticket.version))
            json.member("status", ticket.status.name)
            json.member("dept", ticket.department)
            json.member("agent", ticket.agent)
            if let wants = ticket.wants { json.member("wants", wants) }
            if ticket.freesSlot {
                json.key("next")
                if let next = ticket.next { json.unsigned(next.rawValue) } else { json.null() }
            }
            if ticket.isDuplicate { json.member("duplicate", true) }
            json.endObject()
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
            }
        self.init(code, rejection.message)
    }
}
