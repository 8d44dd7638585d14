extension WorkTimer: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.agent("agent", &agent)
        try document.time("since", &since)
        try document.flag("billable", &isBillable)
    }
}

extension WorkEntry: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.agent("agent", &agent)
        try document.time("at", &at)
        try document.span("time", &span)
        try document.flag("billable", &isBillable)
        try document.text("note", &note, atMost: TextLimit.note)
        try document.named("how", &origin)
    }
}

extension Subtask: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.number("task", &number, 1...UInt64(UInt32.max))
        try document.text("title", &title, atMost: TextLimit.title)
        try document.agent("agent", &agent)
        try document.time("created_at", &createdAt)
        try document.time("done_at", &doneAt)
    }
}

extension Conversation: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.text("title", &title, atMost: TextLimit.title)
        try document.flag("internal", &isInternal)
        try document.author(&by, ofMessage: false)
        try document.time("created_at", &createdAt)
    }
}

extension Follower: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.agent("agent", &agent)
        try document.text("address", &address, atMost: TextLimit.address)
        guard document.isReading, (agent == nil) == address.isEmpty else { return }
        throw DocumentCoder.fault("address", "a follower is an agent or an address")
    }
}

extension FieldedAgent: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) { try document.agent("agent", &index) }
}

extension Rating: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.number("n", &entry, 1...UInt64(UInt32.max))
        try document.agent("agent", &agent)
        try document.number("score", &score, 1...5)
        try document.text("comment", &comment, atMost: TextLimit.note)
        try document.text("from", &from, atMost: TextLimit.address)
        try document.time("at", &at)
        if score == 0 { throw DocumentCoder.fault("score", "is missing") }
    }
}

extension DeliveryStep: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.named("status", &status)
        try document.time("at", &at)
        try document.text("reason", &reason, atMost: TextLimit.title)
        try document.text("detail", &detail, atMost: TextLimit.detail)
        try document.time("detail_until", &detailUntil)
    }
}

extension Delivery: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.number("n", &entry, 1...UInt64(UInt32.max))
        try document.list("steps", &steps, atMost: Self.mostSteps)
        if document.isReading, steps.isEmpty { throw DocumentCoder.fault("steps", "is empty") }
    }
}

extension Attachment: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.number("n", &entry, 1...UInt64(UInt32.max))
        try document.text("name", &name, atMost: TextLimit.title)
        try document.text("type", &type, atMost: TextLimit.title)
        var bytes = size ?? .max
        if document.isReading || size != nil {
            try document.integer("size", &bytes, 0...UInt64(Int64.max), writesZero: true)
        }
        size = bytes == .max ? nil : bytes
        try document.text("checksum", &checksum, atMost: TextLimit.checksum)
        try document.text("url", &url, atMost: TextLimit.url)
        try document.author(&by, ofMessage: false)
        try document.time("at", &at)
    }
}

extension MergedInto: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        var into: TicketID? = ticket
        try document.ticket("into", &into)
        guard let into else { throw DocumentCoder.fault("into", "is missing") }
        ticket = into
        try document.named("status", &status)
        try document.flag("wakes_as_new", &wakesAsNew)
        try document.flag("slot_freed", &slotIsFreed)
        try document.time("until", &until)
        guard document.isReading else { return }
        guard !status.isConversation, status != .merged, status != .spam, status != .deleted else {
            throw DocumentCoder.fault("status", "a ticket that is \(status.name) is not merged")
        }
        guard (status == .postponed) == (until != nil) else {
            throw DocumentCoder.fault("until", "belongs to a postponed ticket, and to no other")
        }
    }
}

extension Absorbed: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        var source: TicketID? = ticket
        try document.ticket("ticket", &source)
        guard let source else { throw DocumentCoder.fault("ticket", "is missing") }
        ticket = source
        try document.number("after", &after, 0...ImportLimit.entries)
        try document.number("span", &span, 0...ImportLimit.entries)
        // One whose ticket has not come yet is as good as undone; a document does not tell the two apart.
        var undone = isUndone && !isAwaited
        try document.flag("undone", &undone)
        isUndone = undone
        try document.identifiers("tags", &tags, atMost: SetTicket.mostTags)
        try document.number("priority", &priority, 1...9)
        try document.time("queued_at", &queuedAt)
    }
}

extension TicketLink: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        var id: TicketID? = ticket
        try document.ticket("ticket", &id)
        ticket = id ?? TicketID(0)
    }
}
