import SwitchboardModel

/// The commands on tickets.
enum TicketRows {
    static let version = OptionSpec.option("if", "<version>")
    static let by = OptionSpec.option("by", "<agent>")
    private static let requiredBy = OptionSpec.option("by", "<agent>", required: true)
    private static let body = OptionSpec.option("body", "<text>", required: true)
    private static let conversation = OptionSpec.option("conversation", "<n>")
    private static let force = OptionSpec.option("force", "yes|no")

    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "TICKET", "OPEN", [],
            [
                .option("channel", "ticket|chat|call", required: true), .option("dept", "<dept>", required: true),
                .option("subject", "<text>"), .option("body", "<text>"), .option("from", "<address>"),
                .option("source", "<name>"), .option("priority", "1…9"), .option("tags", "<tag>,…"),
                .option("agent", "<agent>"), .option("ref", "<reference>"), .option("description", "<text>"),
                .option("skills", "<skill>[:<level>],…"), .option("relax", "none|<duration>[:<step>]"),
                .option("weight", "1…100"), .family("field", "<text>"),
            ], roles: .users,
            "open a ticket and route it; priority 1 is served first, weight is how many slots it takes"
        ) { arguments throws(WireError) in try open(arguments) },
        CommandRow(
            "TICKET", "SHOW", ["id"],
            [
                .option("thread", "no|all|<n>-<m>"), .option("conversation", "<n>"),
                .option("view", "agent|customer"),
            ], roles: .users, "show a ticket and its thread"
        ) { arguments throws(WireError) in
            var excerpt = TicketExcerpt()
            excerpt.thread = try arguments.threadRange
            excerpt.conversation = try arguments[given: "conversation"]?.conversation()
            if let view = arguments[given: "view"] {
                excerpt.forCustomer = view.matches("CUSTOMER")
                guard excerpt.forCustomer || view.matches("AGENT") else { throw view.invalid("agent or customer") }
            }
            return .query(.showTicket(try arguments.ticket, excerpt))
        },
        .write(
            "TICKET", "REPLY", ["id"], [requiredBy, body, conversation, version], roles: .users,
            "an agent answers the customer"
        ) { arguments throws(WireError) in
            var command = ReplyTicket(
                ticket: try arguments.ticket, by: try arguments["by"].agent(), body: try arguments["body"].text())
            command.conversation = try arguments[given: "conversation"]?.conversation() ?? 0
            command.version = try arguments.version
            return .replyTicket(command)
        },
        .write(
            "TICKET", "MESSAGE", ["id"],
            [
                body, .option("from", "<address>"), .option("source", "<name>"), .option("ref", "<reference>"),
                conversation, version,
            ],
            roles: .users, "the customer writes again"
        ) { arguments throws(WireError) in
            var command = MessageTicket(ticket: try arguments.ticket, body: try arguments["body"].text())
            command.from = try arguments[given: "from"]?.text(atMost: TextLimit.address)
            command.source = try arguments[given: "source"]?.identifier()
            command.reference = try arguments[given: "ref"]?.reference()
            command.conversation = try arguments[given: "conversation"]?.conversation() ?? 0
            command.version = try arguments.version
            return .messageTicket(command)
        },
        .write(
            "TICKET", "NOTE", ["id"], [requiredBy, body, conversation, version], roles: .agents, "add an internal note"
        ) { arguments throws(WireError) in
            var command = NoteTicket(
                ticket: try arguments.ticket, by: try arguments["by"].agent(), body: try arguments["body"].text())
            command.conversation = try arguments[given: "conversation"]?.conversation() ?? 0
            command.version = try arguments.version
            return .noteTicket(command)
        },
        .write(
            "TICKET", "ASSIGN", ["id", "agent"], [by, force, version], roles: .agents,
            "give a ticket to an agent by hand"
        ) { arguments throws(WireError) in
            var command = AssignTicket(ticket: try arguments.ticket, agent: try arguments["agent"].agent())
            command.by = try arguments.by
            command.force = try arguments[given: "force"]?.yesOrNo() ?? false
            command.version = try arguments.version
            return .assignTicket(command)
        },
        .write(
            "TICKET", "TAKE", ["id"], [requiredBy, force, version], roles: .agents,
            "make an unowned ticket one's own"
        ) { arguments throws(WireError) in
            var command = TakeTicket(ticket: try arguments.ticket, by: try arguments["by"].agent())
            command.force = try arguments[given: "force"]?.yesOrNo() ?? false
            command.version = try arguments.version
            return .takeTicket(command)
        },
        .write(
            "TICKET", "RELEASE", ["id"], [by, version], roles: .agents, "give a ticket back to its queue"
        ) { arguments throws(WireError) in
            var command = ReleaseTicket(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .releaseTicket(command)
        },
        .write(
            "TICKET", "NEXT", [], [requiredBy, .option("channel", "ticket|chat|call")], roles: .agents,
            "take the best waiting ticket"
        ) { arguments throws(WireError) in
            var command = NextTicket(by: try arguments["by"].agent())
            command.channel = try arguments[given: "channel"]?.named()
            return .nextTicket(command)
        },
        .write(
            "TICKET", "TRANSFER", ["id"],
            [
                .option("dept", "<dept>", required: true), .option("agent", "<agent>"), by, .option("note", "<text>"),
                version,
            ], roles: .agents, "move a ticket to a department"
        ) { arguments throws(WireError) in
            var command = TransferTicket(ticket: try arguments.ticket, department: try arguments["dept"].department())
            command.agent = try arguments[given: "agent"]?.agent()
            command.by = try arguments.by
            command.note = try arguments[given: "note"]?.text()
            command.version = try arguments.version
            return .transferTicket(command)
        },
        .write(
            "TICKET", "POSTPONE", ["id"],
            .oneOf(required: true, .option("until", "<time>"), .option("for", "<duration>")) + [by, version],
            roles: .agents, "put a ticket aside until it comes back by itself"
        ) { arguments throws(WireError) in
            let until: PostponeTicket.Until =
                if let time = arguments[given: "until"] {
                    .time(try time.time())
                } else {
                    .span(try arguments["for"].duration())
                }
            var command = PostponeTicket(ticket: try arguments.ticket, until: until)
            command.by = try arguments.by
            command.version = try arguments.version
            return .postponeTicket(command)
        },
        .write(
            "TICKET", "RESOLVE", ["id"], [by, version], roles: .agents, "the work is done"
        ) { arguments throws(WireError) in
            var command = ResolveTicket(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .resolveTicket(command)
        },
        .write(
            "TICKET", "REOPEN", ["id"], [by, version], roles: .users,
            "work again on what is resolved, postponed, spam or deleted"
        ) { arguments throws(WireError) in
            var command = ReopenTicket(ticket: try arguments.ticket)
            command.by = try arguments.by
            command.version = try arguments.version
            return .reopenTicket(command)
        },
        .write(
            "TICKET", "SET", ["id"],
            [
                .option("priority", "1…9"), .option("weight", "1…100"), .option("subject", "<text>"),
                .option("tags", "+<tag>,-<tag>,…"),
                .option("skills", "<skill>[:<level>],…"), .option("relax", "none|<duration>[:<step>]"),
                .option("description", "<text>"), .option("participants", "+<agent>,-<agent>,…"),
                .option("followers", "+<address>,-agent:<agent>,…"), .family("field", "<text>"), by, version,
            ], roles: .agents, "change priority, weight, subject, description, tags, fields, skills or who takes part"
        ) { arguments throws(WireError) in try set(arguments) },
        .write(
            "TICKET", "RATE", ["id"],
            [
                .option("score", "1…5", required: true), .option("n", "<reply>"), .option("comment", "<text>"),
                .option("from", "<address>"), version,
            ], roles: .users, "the customer rates an agent's reply"
        ) { arguments throws(WireError) in
            var command = RateTicket(
                ticket: try arguments.ticket, score: UInt8(try arguments["score"].integer(1...5)))
            command.entry = try arguments[given: "n"]?.number()
            command.comment = try arguments[given: "comment"]?.text(atMost: TextLimit.note) ?? ""
            command.from = try arguments[given: "from"]?.text(atMost: TextLimit.address)
            command.version = try arguments.version
            return .detail(command)
        },
        CommandRow(
            "TICKET", "HISTORY", ["id"], ListOptions.all, roles: .users,
            "every change of owner, department, status, priority and participants"
        ) { arguments throws(WireError) in
            .query(.ticketHistory(try arguments.ticket, try arguments.listRange))
        },
        CommandRow(
            "TICKET", "WHY", ["id"], roles: .users, "why it was assigned as it was, or what it waits for"
        ) { arguments throws(WireError) in .query(.whyTicket(try arguments.ticket)) },
    ]

    private static func open(_ arguments: borrowing Arguments) throws(WireError) -> Command {
        var command = OpenTicket(
            department: try arguments["dept"].department(), channel: try arguments["channel"].named())
        if let subject = arguments[given: "subject"] { command.subject = try subject.text(atMost: TextLimit.subject) }
        if let body = arguments[given: "body"] { command.body = try body.text() }
        if let from = arguments[given: "from"] { command.from = try from.text(atMost: TextLimit.address) }
        if let source = arguments[given: "source"] { command.source = try source.identifier() }
        if let priority = arguments[given: "priority"] { command.priority = try priority.priority() }
        if let reference = arguments[given: "ref"] { command.reference = try reference.reference() }
        if let agent = arguments[given: "agent"] { command.agent = try agent.agent() }
        if let description = arguments[given: "description"] { command.description = try description.description() }
        if let skills = arguments[given: "skills"] { command.needs = try skills.skills() }
        if let relax = arguments[given: "relax"] { command.relax = try relax.relaxation() }
        if let weight = arguments[given: "weight"] { command.weight = try weight.ticketWeight() }
        if let tags = arguments[given: "tags"] {
            for tag in try tags.identifiers() where !command.tags.contains(tag) { command.tags.append(tag) }
            guard command.tags.count <= SetTicket.mostTags else {
                throw .badArgument("tags= names more than \(SetTicket.mostTags) tags")
            }
        }
        command.fields = try arguments.fields
        return .openTicket(command)
    }

    private static func set(_ arguments: borrowing Arguments) throws(WireError) -> Command {
        var command = SetTicket(ticket: try arguments.ticket)
        command.priority = try arguments[given: "priority"]?.priority()
        command.weight = try arguments[given: "weight"]?.ticketWeight()
        command.subject = try arguments[given: "subject"]?.text(atMost: TextLimit.subject)
        command.fields = try arguments.fields
        for edit in try arguments[given: "tags"]?.tagEdits() ?? [] {
            switch edit {
            case .add(let tag): command.addedTags.append(tag)
            case .remove(let tag): command.removedTags.append(tag)
            }
        }
        command.description = try arguments[given: "description"]?.description()
        command.needs = try arguments[given: "skills"]?.skills()
        if let relax = arguments[given: "relax"] {
            command.relax = .some(relax.memory.isEmpty ? nil : try relax.relaxation())
        }
        command.people = try arguments.peopleEdits
        command.by = try arguments.by
        command.version = try arguments.version
        return .setTicket(command)
    }
}

extension Arguments {
    var ticket: TicketID { get throws(WireError) { TicketID(try self["id"].ticketID()) } }

    var by: AgentID? { get throws(WireError) { try self[given: "by"]?.agent() } }

    var version: UInt32? {
        get throws(WireError) {
            guard let value = self[given: "if"] else { return nil }
            return UInt32(try value.unsigned(upTo: UInt64(UInt32.max)))
        }
    }

    fileprivate var fields: [CustomField] {
        get throws(WireError) {
            // Most requests have none, and need no lists for it.
            guard !dotted.isEmpty else { return [] }
            var result: [CustomField] = []
            for (name, value) in family("field") {
                result.append(CustomField(name: name, value: try value.text()))
            }
            guard result.count <= SetTicket.mostFields else {
                throw .badArgument("field.<name>= is given more than \(SetTicket.mostFields) times")
            }
            return result
        }
    }

    fileprivate var threadRange: ThreadRange {
        get throws(WireError) {
            guard let thread = self[given: "thread"] else { return .latest }
            if thread.matches("NO") { return .none }
            if thread.matches("ALL") { return .all }
            let ranges = try thread.numberRanges(1...Int(UInt32.max))
            guard ranges.count == 1 else { throw thread.invalid("no, all or a range such as 1-20") }
            return .numbers(UInt32(ranges[0].lowerBound)...UInt32(ranges[0].upperBound))
        }
    }
}
