extension Ticket {
    /// An import got further. Raises no version.
    mutating func apply(_ event: TicketImportContinued, record: LogSequenceNumber, _ texts: inout TextArena) {
        lastRecord = record
        for entry in ThreadEntries(bytes: event.entries) {
            thread.append(entry.head, body: entry.body, from: entry.from, to: &texts)
        }
        if event.endsParts {
            restoreParts()
            if event.dropsOwner {
                agent = nil
                slotIsFreed = false
                if status.isConversation { status = .new }
            }
            if event.dropsWants { wants = nil }
            if status == .merged { putAway(inParts: false) }
        }
        if event.endsMerge { restoreMerge() }
        guard !event.absorbs.isEmpty else { return }
        var extras = self.extras
        for place in extras.absorbed.indices
        where extras.absorbed[place].isAwaited
            && event.absorbs.contains(where: { $0.ticket == extras.absorbed[place].ticket })
        {
            extras.absorbed[place].isAwaited = false
            extras.absorbed[place].isUndone = false
        }
        self.extras = extras
    }

    /// What `TICKET SHOW` says of one that has not come as a whole.
    var importDocument: JSON {
        guard let mark = putAway else { return .null }
        let status = mark.isInParts ? mark.status : .merged
        return .record([
            ("status", .string(status.name)), ("entries", .integer(Int64(thread.count))),
            ("waits_for", mark.isInParts ? .string("parts") : .string("ticket")),
            ("ticket", mark.merged.map { .integer(Int64(clamping: $0.ticket.rawValue)) } ?? .null),
        ])
    }
}

extension Routing {
    /// Follows an imported ticket, or a further part of one, into what hangs on tickets.
    mutating func followImport(of ticket: Ticket, isNew: Bool) {
        if isNew {
            if ticket.id < nextTicket {
                unusedIDs.take(ticket.id)
            } else {
                unusedIDs.jump(from: nextTicket, to: ticket.id)
                nextTicket = TicketID(ticket.id.rawValue + 1)
            }
            for reference in ticket.box.first?.references ?? [] { references[reference.text] = ticket.id }
            count(ticket)
            newestCreation = max(newestCreation, ticket.createdAt)
            if ticket.isLate { hasLateTickets = true }
        }
        if let until = ticket.extras.postponedUntil, timers.due(.ticketWakes(ticket.id)) == nil {
            timers.set(.ticketWakes(ticket.id), due: until)
        }
    }

    /// A removed agent or department of elsewhere, with its place in the tables.
    mutating func apply(_ event: FormerNameAdded, at time: Timestamp, record: LogSequenceNumber) {
        guard event.isDepartment else {
            var agent = Agent()
            agent.index = AgentIndex(event.index)
            agent.id = AgentID(event.id)
            agent.isRemoved = true
            agent.presenceSince = time
            agent.idleSince = PerChannel(time)
            agent.lastRecord = record
            agents.append(agent)
            agentFigures.append(AgentFigures())
            formerNames.add(agent.index, named: event.id)
            return
        }
        var department = Department()
        department.index = DepartmentIndex(event.index)
        department.id = DepartmentID(event.id)
        department.title = event.title
        department.isRemoved = true
        department.createdAt = time
        department.lastRecord = record
        append(department)
    }
}
