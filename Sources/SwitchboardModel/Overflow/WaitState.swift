/// What few tickets have of their waiting.
struct WaitState: Fielded, Equatable {
    /// At most one element.
    var callback: [Callback] = []
    /// The departments it overflowed from since it was last transferred by hand: it does not go in a circle.
    var overflowedFrom: [FieldedDepartment] = []

    var isEmpty: Bool { callback.isEmpty && overflowedFrom.isEmpty }

    mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.list(1, &callback)
        try fields.list(2, &overflowedFrom)
    }
}

/// A department in a list.
public struct FieldedDepartment: Fielded, Equatable {
    public var index = DepartmentIndex(0)

    public init() {}

    init(_ index: DepartmentIndex) { self.index = index }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.department(1, &index)
    }
}

extension TicketExtras {
    var waitState: WaitState {
        get { waits.first ?? WaitState() }
        set { waits = newValue.isEmpty ? [] : [newValue] }
    }

    var callback: [Callback] { waits.first?.callback ?? [] }
    var overflowedFrom: [FieldedDepartment] { waits.first?.overflowedFrom ?? [] }
}

extension Ticket {
    mutating func apply(_ event: TicketOverflowed, at time: Timestamp, _ texts: inout TextArena) {
        let kind: EntryKind =
            switch event.action {
            case .moved: .overflowed
            case .callback: .callbackRequested
            case .message: .messageTaken
            case .rejected: .rejected
            }
        var entry = EntryHead(kind, at: time, by: .automatic)
        entry.rule = event.cause.rule
        if department != event.department {
            entry.department = event.department
            extras.waitState.overflowedFrom.append(FieldedDepartment(department))
            department = event.department
        }
        wants = nil
        switch event.action {
        case .moved: break
        case .callback: callBack("", since: time)
        case .message: channel = .ticket
        case .rejected: enter(.resolved, in: &entry)
        }
        thread.append(entry, to: &texts)
    }

    mutating func apply(_ event: CallbackRequested, at time: Timestamp, _ texts: inout TextArena) {
        callBack(event.phone, since: time)
        thread.append(EntryHead(.callbackRequested, at: time, by: event.by), to: &texts)
    }

    private mutating func callBack(_ phone: String, since time: Timestamp) {
        var callback = Callback()
        callback.phone = phone
        callback.since = time
        extras.waitState.callback = [callback]
    }

    mutating func apply(_ event: CallbackFailed, at time: Timestamp, _ texts: inout TextArena) {
        if var callback = extras.callback.first {
            // An imported one may have as many as fit.
            if callback.attempts < .max { callback.attempts += 1 }
            extras.waitState.callback = [callback]
        }
        thread.append(EntryHead(.callbackFailed, at: time, by: event.by), to: &texts)
    }
}

extension OverflowCause {
    /// As a thread's entry names it.
    var rule: AssignmentRule {
        switch self {
        case .queueFull: .queueFull
        case .waitedTooLong: .waitedTooLong
        case .nobodyThere: .nobodyThere
        }
    }
}
