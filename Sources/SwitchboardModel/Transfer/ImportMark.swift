/// What an imported ticket keeps beside what any ticket has.
struct ImportMark: Fielded, Equatable {
    /// Its id is higher than that of a ticket created later: FIND cannot go by ids then.
    var isLate = false
    /// It came in parts of which some are missing, or is merged into a ticket that has not come. Until then it has the
    /// status `merged`, which is found by nobody and written to by nobody, and what it will be stands here.
    var isPutAway = false
    /// More parts of its thread are to come.
    var isInParts = false
    var status = TicketStatus.new
    var wakesAsNew = false
    var slotIsFreed = false
    var agent: AgentIndex?
    var wants: AgentIndex?
    var postponedUntil: Timestamp?
    var merged: MergedInto?
    /// While it comes in parts: its thread has too few entries for them.
    var absorbed: [Absorbed] = []

    init() {}

    mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.flag(1, &isLate)
        try fields.flag(2, &isPutAway)
        try fields.flag(3, &isInParts)
        try fields.named(4, &status)
        try fields.flag(5, &wakesAsNew)
        try fields.flag(6, &slotIsFreed)
        try fields.agent(7, &agent)
        try fields.agent(8, &wants)
        try fields.time(9, &postponedUntil)
        try fields.optional(10, &merged)
        try fields.list(11, &absorbed)
    }
}

extension Ticket {
    /// Of an imported ticket that has not come as a whole: what it will be.
    var putAway: ImportMark? {
        guard status == .merged, let mark = box.first?.importMark.first, mark.isPutAway else { return nil }
        return mark
    }

    /// Created before a ticket of a lower id, as only an import can make it.
    var isLate: Bool { box.first?.importMark.first?.isLate ?? false }

    /// Puts aside what routing would look at.
    mutating func putAway(inParts: Bool) {
        var extras = self.extras
        var mark = extras.importMark.first ?? ImportMark()
        mark.isPutAway = true
        mark.isInParts = inParts
        mark.status = status
        mark.merged = extras.merged
        extras.merged = nil
        if inParts {
            (mark.wakesAsNew, mark.slotIsFreed, mark.agent, mark.wants) = (wakesAsNew, slotIsFreed, agent, wants)
            (wakesAsNew, slotIsFreed, agent, wants) = (false, false, nil, nil)
            mark.postponedUntil = extras.postponedUntil
            extras.postponedUntil = nil
            mark.absorbed = extras.absorbed
            extras.absorbed = []
        }
        status = .merged
        extras.importMark = [mark]
        self.extras = extras
    }

    /// What was put aside when its thread came in parts, all but `merged`, which is looked at apart.
    mutating func restoreParts() {
        guard let mark = putAway, mark.isInParts else { return }
        (wakesAsNew, slotIsFreed, agent, wants) = (mark.wakesAsNew, mark.slotIsFreed, mark.agent, mark.wants)
        status = mark.status
        var extras = self.extras
        extras.postponedUntil = mark.postponedUntil
        extras.absorbed = mark.absorbed
        extras.merged = mark.merged
        extras.importMark = mark.isLate ? [ImportMark.late] : []
        self.extras = extras
    }

    /// It leaves the state in which it waited for the ticket it is merged into.
    mutating func restoreMerge() {
        guard let mark = putAway, !mark.isInParts else { return }
        var extras = self.extras
        extras.merged = mark.merged
        extras.importMark = mark.isLate ? [ImportMark.late] : []
        self.extras = extras
    }
}

extension ImportMark {
    static var late: ImportMark {
        var mark = ImportMark()
        mark.isLate = true
        return mark
    }
}
