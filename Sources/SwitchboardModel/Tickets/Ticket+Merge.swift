extension Ticket {
    /// A ticket that was split off another one.
    init(_ event: TicketSplit, at time: Timestamp, record: LogSequenceNumber, _ texts: inout TextArena) {
        self.init()
        id = event.ticket
        version = 1
        priority = event.priority
        weight = event.weight
        department = event.department
        wants = event.wants
        createdAt = time
        updatedAt = time
        queuedAt = event.queuedAt
        lastRecord = record
        subject = texts.append(event.subject)
        from = texts.append(event.from)
        thread = TicketThread(checked: event.entries, count: event.entryCount, in: &texts)
        var extras = TicketExtras()
        extras.source = event.source
        extras.tags = event.tags
        extras.fields = event.fields
        extras.splitFrom = event.original
        self.extras = extras
    }

    mutating func apply(_ event: TicketMerged, at time: Timestamp, _ texts: inout TextArena) {
        var was = MergedInto()
        was.ticket = event.into
        was.status = status
        was.wakesAsNew = wakesAsNew
        was.slotIsFreed = slotIsFreed
        was.until = extras.postponedUntil
        var entry = EntryHead(.merged, at: time, by: event.by)
        entry.ticket = event.into
        enter(.merged, in: &entry)
        slotIsFreed = false
        extras.merged = was
        thread.append(entry, to: &texts)
    }

    mutating func apply(_ event: TicketAbsorbed, at time: Timestamp, _ texts: inout TextArena) {
        var absorbed = Absorbed()
        absorbed.ticket = event.source
        absorbed.after = thread.count
        absorbed.span = event.span
        absorbed.tags = event.tags
        var entry = EntryHead(.merged, at: time, by: event.by)
        entry.ticket = event.source
        if event.status != status {
            enter(event.status, in: &entry)
            slotIsFreed = false
        }
        if event.priority != 0 {
            absorbed.priority = priority
            priority = event.priority
            entry.priority = event.priority
        }
        if let older = event.queuedAt {
            absorbed.queuedAt = queuedAt
            queuedAt = older
        }
        var extras = self.extras
        extras.tags += event.tags
        extras.absorbed.append(absorbed)
        self.extras = extras
        thread.append(entry, to: &texts)
    }

    mutating func apply(_ event: TicketUnmerged, at time: Timestamp, _ texts: inout TextArena) {
        let was = extras.merged ?? MergedInto()
        var entry = EntryHead(.unmerged, at: time, by: event.by)
        entry.ticket = was.ticket
        entry.until = event.until
        enter(event.status, in: &entry)
        slotIsFreed = was.slotIsFreed && event.status == was.status
        wakesAsNew = was.wakesAsNew && event.status == .postponed
        var extras = self.extras
        extras.merged = nil
        extras.postponedUntil = event.until
        self.extras = extras
        thread.append(entry, to: &texts)
    }

    mutating func apply(_ event: TicketSeparated, at time: Timestamp, _ texts: inout TextArena) {
        var entry = EntryHead(.unmerged, at: time, by: event.by)
        entry.ticket = event.source
        if event.priority != 0 {
            priority = event.priority
            entry.priority = event.priority
        }
        if let queuedAt = event.queuedAt { self.queuedAt = queuedAt }
        var extras = self.extras
        for place in extras.absorbed.indices
        where extras.absorbed[place].ticket == event.source && !extras.absorbed[place].isUndone {
            extras.absorbed[place].isUndone = true
            let added = extras.absorbed[place].tags
            extras.tags.removeAll { added.contains($0) }
            let (base, absorbed) = absorbedRanges()[place]
            if hasDetails { changeDetails { $0.removeAll { $0 > base && $0 - base <= absorbed.span } } }
            // Not what was changed just now.
            extras.details = box.first?.details ?? []
        }
        self.extras = extras
        thread.append(entry, to: &texts)
    }

    /// What was moved leaves a mark in its place, which says where to: all other numbers stay as they are, and what the
    /// message had changed stays in the history.
    mutating func apply(_ event: TicketEntriesMoved, at time: Timestamp, _ texts: inout TextArena) {
        let places = Set(event.places.map(\.place))
        if !places.isEmpty {
            thread.rewrite(in: &texts) { entry in
                guard places.contains(entry.number) else { return }
                entry.kind = .moved
                entry.ticket = event.to
                entry.body = nil
            }
        }
        let numbers = Set(places.map { number(ofOwn: $0) } + event.numbers.map(\.place))
        if hasDetails, !numbers.isEmpty { changeDetails { $0.removeAll { numbers.contains($0) } } }
        guard event.isOriginal else { return }
        var entry = EntryHead(.split, at: time, by: event.by)
        entry.ticket = event.to
        extras.splitInto.append(TicketLink(event.to))
        thread.append(entry, to: &texts)
    }
}
