/// One of a ticket's further conversations, beside the main one, which has the number 0 and no such value.
public struct Conversation: Fielded, Equatable {
    public var title = ""
    /// Among agents: it holds notes, and no customer ever sees any of it.
    public var isInternal = false
    public var by = Actor.unnamed
    public var createdAt = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &title)
        try fields.flag(2, &isInternal)
        try fields.actor(3, &by)
        try fields.time(4, &createdAt)
    }
}

extension Ticket {
    /// Throws unless the ticket has the conversation; 0 is the main one, which every ticket has.
    @inline(__always)
    func requireConversation(_ number: UInt32) throws(Rejection) {
        if number != 0 { _ = try conversation(number) }
    }

    /// Throws unless the ticket has the conversation and customers take part in it.
    @inline(__always)
    func requireCustomers(in number: UInt32) throws(Rejection) {
        guard number != 0, try conversation(number).isInternal else { return }
        throw Rejection(
            .state, "conversation \(number) of ticket \(id.rawValue) is internal: it takes notes, by TICKET NOTE")
    }

    @inline(never)
    private func conversation(_ number: UInt32) throws(Rejection) -> Conversation {
        let conversations = details.conversations
        guard number <= conversations.count else {
            throw Rejection(.notFound, "ticket \(id.rawValue) has no conversation \(number)")
        }
        return conversations[Int(number) - 1]
    }
}
