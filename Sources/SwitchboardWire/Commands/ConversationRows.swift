import SwitchboardModel

/// The commands on a ticket's further conversations.
enum ConversationRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "CONVERSATION", "ADD", ["ticket"],
            [
                .option("title", "<text>", required: true), .option("internal", "yes|no"), DetailOptions.by,
                DetailOptions.version,
            ], roles: .agents, "begin one more conversation on a ticket"
        ) { arguments throws(WireError) in
            var command = AddConversation(ticket: try arguments.detailTicket, title: try arguments["title"].title())
            command.isInternal = try arguments[given: "internal"]?.yesOrNo() ?? false
            command.by = try arguments.by
            command.version = try arguments.version
            return .detail(command)
        },
        CommandRow(
            "CONVERSATION", "LIST", ["ticket"], ListOptions.all, roles: .users, "a ticket's further conversations"
        ) { arguments throws(WireError) in
            .query(.ticketConversations(try arguments.detailTicket, try arguments.listRange))
        },
    ]
}

extension Argument {
    /// 0 is the main one.
    func conversation() throws(WireError) -> UInt32 { UInt32(try integer(0...Int(UInt32.max))) }

    func description() throws(WireError) -> String { try text(atMost: TextLimit.description) }

    /// `agent:<agent>`, or any other text as an address.
    fileprivate func follower() throws(WireError) -> PeopleEdits.Follower {
        let prefix: StaticString = "agent:"
        let count = prefix.utf8CodeUnitCount
        // A literal's bytes are never freed.
        let isAgent =
            memory.count >= count
            && memory[..<count].elementsEqual(
                UnsafeBufferPointer(start: prefix.utf8Start, count: count))
        guard !isAgent else { return .agent(AgentID(try from(count).identifier())) }
        return .address(try text(atMost: TextLimit.address))
    }
}

extension Arguments {
    /// `participants=` and `followers=`.
    var peopleEdits: PeopleEdits {
        get throws(WireError) {
            var edits = PeopleEdits()
            let participants = try self[given: "participants"]?.edits("a list of +agent and -agent") {
                (part) throws(WireError) in AgentID(try part.identifier())
            }
            for edit in participants ?? [] {
                if edit.isAddition {
                    edits.addedParticipants.append(edit.element)
                } else {
                    edits.removedParticipants.append(edit.element)
                }
            }
            let followers = try self[given: "followers"]?.edits("a list of +address, -address, +agent:id and -agent:id")
            {
                (part) throws(WireError) in try part.follower()
            }
            for edit in followers ?? [] {
                if edit.isAddition {
                    edits.addedFollowers.append(edit.element)
                } else {
                    edits.removedFollowers.append(edit.element)
                }
            }
            return edits
        }
    }
}
