/// A ticket as it is exported and imported: all that is stored of it but what the balancer knows for the moment only (who is
/// not to be given it, how long its owner may still be away) and the number of its last record.
struct TicketDocument: Documented {
    /// Without its thread; id 0 where the document has none.
    var stored = StoredTicket()
    var hasCreation = false
    var department: DepartmentIndex?
    var entries: [ThreadEntry] = []
    /// The number of the entry at which the next part begins; 0: this is all.
    var next: UInt64 = 0
    /// What was written first, where a document has no thread.
    private var body: String?
    /// A reference under the ticket's own source.
    private var reference: String?

    init() {}

    /// - Parameter next: the first entry that is left to the next part; `nil`: there is none.
    init(_ view: TicketView, _ entries: [ThreadEntry], next: UInt64?) {
        stored.ticket = view.ticket
        stored.subject = view.subject
        stored.from = view.from
        department = view.ticket.department
        self.entries = entries
        self.next = next ?? 0
    }

    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        var extras = stored.ticket.extras
        try codeHead(&document, &extras)
        try document.fields("fields", &extras.fields)
        var references = extras.references.map { ReferenceDocument($0.text) }
        try document.list("refs", &references, atMost: ImportLimit.references)
        try document.optionalText("ref", &reference, atMost: TextLimit.reference)
        if let reference {
            guard !reference.isEmpty else { throw DocumentCoder.fault("ref", "is empty") }
            var own = ReferenceDocument()
            (own.source, own.reference) = (extras.source, reference)
            references.append(own)
        }
        extras.references = references.map { FieldedText($0.key) }
        try document.time("postponed_until", &extras.postponedUntil)
        try extras.codeWaiting(&document)
        try document.object("merged", &extras.merged)
        try document.list("absorbed", &extras.absorbed, atMost: MergeLimit.tickets)
        try document.ticket("split_from", &extras.splitFrom)
        try document.tickets("split_into", &extras.splitInto)
        var details = extras.details.first ?? TicketDetails()
        try details.code(&document)
        extras.details = details.isEmpty ? [] : [details]
        stored.ticket.extras = extras
        try document.optionalText("body", &body)
        try document.list("thread", &entries)
        if document.isReading { try beginThread() }
        try document.integer("more", &next, 2...ImportLimit.entries)
        if document.isReading { _ = document.take("cursor") }
    }

    private mutating func codeHead(
        _ document: inout DocumentCoder, _ extras: inout TicketExtras
    ) throws(Rejection) {
        if document.isReading {
            stored.ticket.version = 1
            hasCreation = document.value("created_at") != nil
        }
        try document.integer("id", &stored.ticket.id.rawValue, 1...ImportLimit.id)
        try document.number("version", &stored.ticket.version, 1...ImportLimit.version)
        try document.named("status", &stored.ticket.status)
        try document.named("channel", &stored.ticket.channel)
        try document.identifier("source", &extras.source)
        try document.department("dept", &department)
        guard let department else { throw DocumentCoder.fault("dept", "is missing") }
        stored.ticket.department = department
        try document.agent("agent", &stored.ticket.agent)
        try document.agent("wants", &stored.ticket.wants)
        try document.number("priority", &stored.ticket.priority, 1...9)
        var weight = TicketWeight.stored(stored.ticket.weight)
        try document.number("weight", &weight, 1...UInt64(TicketWeight.range.upperBound))
        stored.ticket.weight = TicketWeight.read(weight)
        try document.flag("wakes_as_new", &stored.ticket.wakesAsNew)
        try document.flag("slot_freed", &stored.ticket.slotIsFreed)
        try document.flag("owner_answered", &stored.ticket.isAnsweredByOwner)
        try document.identifiers("tags", &extras.tags, atMost: SetTicket.mostTags)
        try document.text("subject", &stored.subject, atMost: TextLimit.subject)
        try document.text("from", &stored.from, atMost: TextLimit.address)
        try document.time("created_at", &stored.ticket.createdAt)
        if document.isReading {
            stored.ticket.updatedAt = stored.ticket.createdAt
            stored.ticket.queuedAt = stored.ticket.createdAt
        }
        try document.time("updated_at", &stored.ticket.updatedAt)
        try document.time("queued_at", &stored.ticket.queuedAt)
    }

    /// A document from elsewhere need not have a thread: it then begins as one that was opened here.
    private mutating func beginThread() throws(Rejection) {
        guard entries.isEmpty else {
            if body != nil { throw DocumentCoder.fault("body", "is there beside thread") }
            return
        }
        var entry = ThreadEntry(body == nil ? .opened : .message, at: stored.ticket.createdAt, by: .customer)
        entry.body = body
        entry.status = .new
        entry.department = stored.ticket.department
        entry.priority = stored.ticket.priority
        entries = [entry]
    }

    /// Without `created_at` the ticket is of this moment.
    mutating func begin(at now: Timestamp) {
        guard !hasCreation else { return }
        let unset = stored.ticket.createdAt
        stored.ticket.createdAt = now
        if stored.ticket.updatedAt == unset { stored.ticket.updatedAt = now }
        if stored.ticket.queuedAt == unset { stored.ticket.queuedAt = now }
        if entries.count == 1, entries[0].at == unset { entries[0].at = now }
    }
}

extension TicketDetails: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.text("description", &description, atMost: TextLimit.description)
        try document.list("conversations", &conversations, atMost: AddConversation.most)
        try document.list("tasks", &tasks, atMost: AddTask.mostTasks)
        try document.number("last_task", &lastTask, 1...UInt64(UInt32.max))
        if document.isReading, lastTask == 0 { lastTask = tasks.map(\.number).max() ?? 0 }
        try document.agents("participants", &participants, atMost: ImportLimit.people)
        try document.list("followers", &followers, atMost: ImportLimit.people)
        try document.list("timers", &timers, atMost: LogWork.mostEntries)
        try document.list("work", &work, atMost: LogWork.mostEntries)
        try document.list("deliveries", &deliveries)
        try document.list("ratings", &ratings)
        try document.list("attachments", &attachments)
    }
}

/// The rest of a thread whose first part was too long for one request.
struct PartDocument: Documented {
    var id = TicketID(0)
    var source = ""
    var createdAt = Timestamp(milliseconds: 0)
    /// The number of the first of these entries.
    var first: UInt64 = 0
    var entries: [ThreadEntry] = []
    /// As in `TicketDocument`.
    var next: UInt64 = 0

    init() {}

    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.integer("id", &id.rawValue, 1...ImportLimit.id)
        try document.identifier("source", &source)
        try document.time("created_at", &createdAt)
        try document.integer("thread_from", &first, 2...ImportLimit.entries)
        try document.list("thread", &entries)
        try document.integer("more", &next, 3...ImportLimit.entries)
        guard document.isReading else { return }
        _ = document.take("cursor")
        if id.rawValue == 0 { throw DocumentCoder.fault("id", "is missing") }
        if entries.isEmpty { throw DocumentCoder.fault("thread", "is empty") }
    }
}
