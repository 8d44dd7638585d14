/// `TICKET IMPORT`: a ticket as a document tells it, from `TICKET EXPORT` or from elsewhere, or the next part of one.
public struct ImportTicket: DetailCommand {
    public static let name = "TICKET IMPORT"
    public var document: JSON
    /// The ticket that must be there when this one is new, so that what follows a refused document is refused too.
    public var follows: TicketID?
    public var version: UInt32?

    public init(_ document: JSON) { self.document = document }

    /// The ticket that the document names; 0: none.
    public var ticket: TicketID {
        guard case .integer(let id)? = document["id"], let id = UInt64(exactly: id) else { return TicketID(0) }
        return TicketID(id)
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        guard case .object = document else { throw Rejection(.badArgument, "the document must be an object") }
        let names = TransferNames(routing)
        if document["thread_from"] != nil { return try decidePart(routing, shards, names, at: now, into: &events) }
        // Before anything else, since who it names may have gone meanwhile.
        let known = ticket
        let isUnused = routing.unusedIDs.contains(known)
        if known.rawValue != 0, known < routing.nextTicket, !isUnused { return try duplicate(of: known, shards) }

        if let follows, shards.summary(follows) == nil {
            throw Rejection(.state, "follows=: ticket \(follows.rawValue) is not there")
        }
        var read = try DocumentCoder.read(TicketDocument.self, from: document, names)
        read.begin(at: now)
        let hasID = read.stored.ticket.id.rawValue != 0
        if !hasID {
            for reference in read.stored.ticket.box.first?.references ?? [] {
                if let known = routing.references[reference.text] { return .duplicate(shards.survivor(of: known)) }
            }
            guard read.next == 0 else { throw DocumentCoder.fault("more", "parts belong to a ticket with an id") }
            read.stored.ticket.id = routing.nextTicket
        }
        try read.requireSound(routing, names, at: now)
        try requireNewReferences(read, routing)
        let id = read.stored.ticket.id
        let reach = routing.nextTicket.rawValue + ImportLimit.gap
        guard id.rawValue < min(reach, ImportLimit.id) else {
            throw DocumentCoder.fault(
                "id", "lies more than \(ImportLimit.gap) beyond the last one given, \(routing.nextTicket.rawValue - 1)")
        }
        guard read.next == 0 || read.next == UInt64(read.entries.count) + 1 else {
            throw DocumentCoder.fault("more", "the next entry is \(read.entries.count + 1)")
        }
        let links =
            read.next == 0
            ? try ImportLinks(
                id, merged: read.stored.ticket.extras.merged, absorbed: read.stored.ticket.extras.absorbed,
                ratings: read.stored.ticket.details.ratings, routing, shards) : nil
        var event = TicketImported()
        event.stored = read.storable(isLate: isUnused || read.stored.ticket.createdAt < routing.newestCreation)
        events.append(.ticketImported(event))
        events += links?.events ?? []
        return .ticket(id)
    }

    /// The answer where the id was given before: the same ticket is a duplicate.
    private func duplicate(of id: TicketID, _ shards: Shards) throws(Rejection) -> Subject {
        guard let known = shards.ticket(id) else {
            throw Rejection(
                .exists,
                "id: \(id.rawValue) was given before and its ticket is gone, or lies too far back; without an id the ticket has the next one"
            )
        }
        var thread = 0
        if case .array(let entries)? = document["thread"] { thread = entries.count }
        guard isSame(known, createdAt: time("created_at"), source: text("source")), known.thread.count >= thread else {
            throw Rejection(.exists, "id: \(id.rawValue) is another ticket's")
        }
        return .duplicate(id)
    }

    private func isSame(_ known: Ticket, createdAt: Timestamp?, source: String) -> Bool {
        // Where no time is told, it was that of the import.
        (createdAt.map { known.createdAt == $0 } ?? true) && known.extras.source == source
    }

    private func text(_ key: String) -> String {
        guard case .string(let text)? = document[key] else { return "" }
        return text
    }

    private func time(_ key: String) -> Timestamp? {
        var text = text(key)
        return text.withUTF8 { RFC3339.timeOrDate(UnsafeRawBufferPointer($0)) }
    }

    private func requireNewReferences(
        _ read: TicketDocument, _ routing: borrowing Routing
    ) throws(Rejection) {
        for (place, reference) in (read.stored.ticket.box.first?.references ?? []).enumerated() {
            guard let known = routing.references[reference.text] else { continue }
            throw Rejection(.exists, "refs[\(place)]: is that of ticket \(known.rawValue)")
        }
    }

    // MARK: Parts

    private func decidePart(
        _ routing: borrowing Routing, _ shards: Shards, _ names: TransferNames, at now: Timestamp,
        into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let part = try DocumentCoder.read(PartDocument.self, from: document, names)
        guard let ticket = shards.ticket(part.id) else {
            throw DocumentCoder.fault("id", "no ticket \(part.id.rawValue), whose first part must come before")
        }
        let count = UInt64(ticket.thread.count)
        guard isSame(ticket, createdAt: part.createdAt, source: part.source), part.first >= 2, part.first <= count + 1
        else { throw Rejection(.exists, "id: \(part.id.rawValue) is another ticket's, or parts of it are missing") }
        let last = part.first + UInt64(part.entries.count) - 1
        guard part.next == 0 || part.next == last + 1 else {
            throw DocumentCoder.fault("more", "the next entry is \(last + 1)")
        }
        let mark = ticket.putAway
        guard let mark, mark.isInParts else {
            guard last <= count else {
                throw Rejection(.exists, "id: \(part.id.rawValue) has \(count) entries, no more")
            }
            return .duplicate(ticket.id)
        }
        if last <= count, part.next != 0 { return .duplicate(ticket.id) }

        let entries = Array(part.entries.dropFirst(Int(count + 1 - part.first)))
        var event = TicketImportContinued()
        event.ticket = ticket.id
        event.entries = TicketThread.pack(entries)
        event.entryCount = UInt32(entries.count)
        try TicketDocument.requireSound(entries, of: ticket, after: ticket.thread.lastTime, at: now)
        guard part.next == 0 else {
            events.append(.ticketImportContinued(event))
            return .ticket(ticket.id)
        }
        for (place, absorbed) in mark.absorbed.enumerated() where UInt64(absorbed.after) > max(last, count) {
            throw DocumentCoder.fault("absorbed[\(place)].after", "is no place in the thread")
        }
        try TicketDocument.requireSound(ticket.details.ratings, beside: mark.absorbed, names) { place in
            place <= count
                ? ticket.thread.head(of: place, in: shards.texts(of: ticket.id))
                : UInt64(place) <= last ? entries[Int(UInt64(place) - count) - 1].head : nil
        }
        if mark.status.isUnfinished { try routing.requireDepartment(of: ticket) }
        let links = try ImportLinks(
            ticket.id, merged: mark.merged, absorbed: mark.absorbed, ratings: ticket.details.ratings, routing, shards)
        event.endsParts = true
        if mark.status.needsAgent {
            event.dropsOwner = !mark.slotIsFreed && mark.agent.map { names.isRemoved($0) } ?? false
            event.dropsWants = mark.wants.map { !routing.belongs($0, to: ticket.department) } ?? false
        }
        events.append(.ticketImportContinued(event))
        events += links.events
        return .ticket(ticket.id)
    }
}

extension TicketDocument {
    /// As it is put into its place: merges are made whole afterwards.
    func storable(isLate: Bool) -> StoredTicket {
        var stored = stored
        stored.entries = TicketThread.pack(entries)
        stored.entryCount = UInt32(entries.count)
        guard
            isLate || next != 0 || stored.ticket.status == .merged || !(stored.ticket.box.first?.absorbed ?? []).isEmpty
        else { return stored }
        var extras = stored.ticket.extras
        if isLate { extras.importMark = [.late] }
        for place in extras.absorbed.indices where !extras.absorbed[place].isUndone {
            extras.absorbed[place].isUndone = true
            extras.absorbed[place].isAwaited = true
        }
        stored.ticket.extras = extras
        if next != 0 {
            stored.ticket.putAway(inParts: true)
        } else if stored.ticket.status == .merged {
            stored.ticket.putAway(inParts: false)
        }
        return stored
    }
}
