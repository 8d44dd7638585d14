extension ThreadEntry: Documented {
    init() { self.init(.message, at: Timestamp(milliseconds: 0), by: .unnamed) }

    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.time("at", &head.at)
        try document.named("kind", &head.kind)
        try document.author(&head.by, ofMessage: head.kind == .message)
        try document.optionalText("from", &from, atMost: TextLimit.address)
        try document.optionalText("body", &body)
        try document.number("conversation", &head.conversation, 1...UInt64(UInt32.max))
        try document.named("status", &head.status)
        try document.change("agent", &head.owner)
        try document.named("rule", &head.rule)
        try document.department("dept", &head.department)
        var priority = UInt64(head.priority ?? 0)
        try document.integer("priority", &priority, 1...9)
        head.priority = priority == 0 ? nil : UInt8(priority)
        try document.time("until", &head.until)
        try document.ticket("ticket", &head.ticket)
        try document.number("task", &head.task, 1...UInt64(UInt32.max))
        try document.change("assignee", &head.assignee)
        try document.number("free", &head.free, 1...UInt64(UInt32.max))
        try document.integer("term", &head.term, 1...UInt64.max)
        if document.isReading { try requireSound() }
    }

    private func requireSound() throws(Rejection) {
        if head.rule != nil, head.owner == nil, !head.kind.tellsOfWaiting {
            throw DocumentCoder.fault("rule", "belongs to an entry with agent")
        }
        guard head.kind.isWritten else { return }
        guard body != nil else { throw DocumentCoder.fault("body", "is missing") }
        guard head.kind == .reply, head.by.agent == nil else { return }
        throw DocumentCoder.fault("by", "a reply is by an agent")
    }
}
