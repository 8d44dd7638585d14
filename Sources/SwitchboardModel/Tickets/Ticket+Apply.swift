extension Ticket {
    /// A new ticket.
    @inline(__always)
    init(_ event: TicketOpened, at time: Timestamp, record: LogSequenceNumber, _ texts: inout TextArena) {
        self.init()
        id = event.ticket
        version = 1
        channel = event.channel
        priority = event.priority
        weight = event.weight
        department = event.department
        wants = event.wants
        createdAt = time
        updatedAt = time
        queuedAt = time
        lastRecord = record
        subject = texts.append(event.subject)
        from = texts.append(event.from)
        let isPlain =
            event.source.isEmpty && event.tags.isEmpty && event.fields.isEmpty && event.reference == nil
        if !isPlain {
            var extras = TicketExtras()
            extras.source = event.source
            extras.tags = event.tags
            extras.fields = event.fields
            if let reference = event.reference { extras.references = [FieldedText(reference)] }
            self.extras = extras
        }
        var entry = EntryHead(event.body == nil ? .opened : .message, at: time, by: .customer)
        entry.status = .new
        // Where it began, for the history.
        entry.department = department
        entry.priority = priority
        thread.append(entry, body: event.body, to: &texts)
    }

    /// Applies one event and tells how it moved the ticket. Never fails.
    mutating func apply(
        _ event: Event, at time: Timestamp, record: LogSequenceNumber, _ texts: inout TextArena
    ) -> PlacementChange {
        let before = placement
        if lastRecord != record {
            version += 1
            lastRecord = record
        }
        updatedAt = time
        switch event {
        case .ticketReplied(let event): apply(event, at: time, &texts)
        case .ticketMessageAdded(let event): apply(event, at: time, &texts)
        case .ticketNoted(let event): apply(event, at: time, &texts)
        case .ticketOwnerChanged(let event): apply(event, at: time, &texts)
        case .ticketTransferred(let event): apply(event, at: time, &texts)
        case .ticketStatusChanged(let event): apply(event, at: time, &texts)
        case .ticketChanged(let event): apply(event, at: time, &texts)
        case .ticketMerged(let event): apply(event, at: time, &texts)
        case .ticketAbsorbed(let event): apply(event, at: time, &texts)
        case .ticketUnmerged(let event): apply(event, at: time, &texts)
        case .ticketSeparated(let event): apply(event, at: time, &texts)
        case .ticketEntriesMoved(let event): apply(event, at: time, &texts)
        case .ticketSkillsSet(let event):
            extras.needs = event.needs
            extras.relax = event.relax
        case .ticketPreferred(let event):
            extras.prefers = event.agent
            extras.reservedUntil = event.until
        case .workStarted(let event): apply(event, at: time)
        case .workLogged(let event): apply(event)
        case .ticketTaskAdded(let event): apply(event, at: time, &texts)
        case .ticketTaskChanged(let event): apply(event, at: time, &texts)
        case .ticketTaskRemoved(let event): apply(event, at: time, &texts)
        case .ticketConversationAdded(let event): apply(event, at: time, &texts)
        case .ticketPeopleChanged(let event): apply(event, at: time, &texts)
        case .ticketDescribed(let event): apply(event)
        case .ticketRated(let event): apply(event)
        case .ticketAttached(let event): apply(event)
        case .ticketOverflowed(let event): apply(event, at: time, &texts)
        case .callbackRequested(let event): apply(event, at: time, &texts)
        case .callbackFailed(let event): apply(event, at: time, &texts)
        default: preconditionFailure("\(event) does not change a ticket")
        }
        return PlacementChange(before: before, after: placement, asks: hasWish)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketReplied, at time: Timestamp, _ texts: inout TextArena) {
        var entry = EntryHead(.reply, at: time, by: .agent(event.by))
        entry.conversation = event.conversation
        enter(event.status, in: &entry)
        slotIsFreed = event.freesSlot
        if agent == event.by { isAnsweredByOwner = true }
        thread.append(entry, body: event.body, to: &texts)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketMessageAdded, at time: Timestamp, _ texts: inout TextArena) {
        var entry = EntryHead(.message, at: time, by: .customer)
        entry.conversation = event.conversation
        enter(event.status, in: &entry)
        if event.renewsQueueTime { queuedAt = time }
        if status == .open { slotIsFreed = false }
        if let reference = event.reference { extras.references.append(FieldedText(reference)) }
        thread.append(entry, body: event.body, from: event.from, to: &texts)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketNoted, at time: Timestamp, _ texts: inout TextArena) {
        var entry = EntryHead(.note, at: time, by: event.by)
        entry.conversation = event.conversation
        thread.append(entry, body: event.body, to: &texts)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketOwnerChanged, at time: Timestamp, _ texts: inout TextArena) {
        let kind: EntryKind =
            event.owner != nil ? .assigned : event.rule == .released || event.rule == .absent ? .released : .requeued
        var entry = EntryHead(kind, at: time, by: event.by)
        entry.owner = .some(event.owner)
        entry.rule = event.rule
        entry.free = event.free
        entry.term = event.term
        enter(event.status, in: &entry)
        agent = event.owner
        isAnsweredByOwner = false
        wants = nil
        slotIsFreed = false
        if hasWish, event.owner != nil { forgetPreference() }
        thread.append(entry, to: &texts)
    }

    /// The customer's last agent was asked first; from now on the ticket is like any other.
    @inline(never)
    private mutating func forgetPreference() {
        guard box[0].prefers != nil else { return }
        extras.prefers = nil
        extras.reservedUntil = nil
    }

    @inline(__always)
    private mutating func apply(_ event: TicketTransferred, at time: Timestamp, _ texts: inout TextArena) {
        var entry = EntryHead(.transferred, at: time, by: event.by)
        if department != event.department { entry.department = event.department }
        if agent != event.owner {
            entry.owner = .some(event.owner)
            entry.rule = .transferred
            isAnsweredByOwner = false
        }
        enter(event.status, in: &entry)
        department = event.department
        if !box.isEmpty, !extras.overflowedFrom.isEmpty { extras.waitState.overflowedFrom = [] }
        agent = event.owner
        wants = nil
        slotIsFreed = false
        thread.append(entry, to: &texts)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketStatusChanged, at time: Timestamp, _ texts: inout TextArena) {
        let kind: EntryKind =
            switch event.status {
            case .resolved: event.hungUp ? .hungUp : .resolved
            case .postponed: .postponed
            case .spam: .spammed
            case .deleted: .deleted
            case .merged: .merged
            case .new, .chatting, .calling, .answered, .open:
                event.hungUp ? .hungUp : event.woke ? .woken : .reopened
            }
        var entry = EntryHead(kind, at: time, by: event.by)
        entry.until = event.until
        let wasNew = status == .new || (status == .postponed && wakesAsNew)
        enter(event.status, in: &entry)
        wakesAsNew = event.status == .postponed && wasNew
        if let until = event.until { extras.postponedUntil = until }
        if event.renewsQueueTime { queuedAt = time }
        slotIsFreed = false
        thread.append(entry, to: &texts)
    }

    @inline(__always)
    private mutating func apply(_ event: TicketChanged, at time: Timestamp, _ texts: inout TextArena) {
        if let subject = event.subject { self.subject = texts.append(subject) }
        if event.clearsWants { wants = nil }
        if event.weight != 0 { weight = event.weight }
        if event.replacesTags || !event.fields.isEmpty {
            var extras = self.extras
            if event.replacesTags { extras.tags = event.tags }
            for field in event.fields {
                extras.fields.removeAll { $0.name == field.name }
                if !field.value.isEmpty { extras.fields.append(field) }
            }
            self.extras = extras
        }
        guard event.priority != 0, event.priority != priority else { return }
        priority = event.priority
        var entry = EntryHead(.changed, at: time, by: event.by)
        entry.priority = event.priority
        thread.append(entry, to: &texts)
    }

    /// Takes on a status and notes it in the entry when it is another one.
    mutating func enter(_ next: TicketStatus, in entry: inout EntryHead) {
        guard next != status else { return }
        if status == .postponed {
            extras.postponedUntil = nil
            wakesAsNew = false
        }
        status = next
        entry.status = next
    }
}
