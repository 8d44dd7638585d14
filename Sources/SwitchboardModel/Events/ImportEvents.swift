/// A ticket, or the first part of one, as a document told it. What cannot be there yet is put away in it (`ImportMark`).
public struct TicketImported: Fielded {
    public var stored = StoredTicket()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.value(1, &stored)
    }
}

/// An imported ticket of which something was missing got further. Raises no version.
public struct TicketImportContinued: Fielded {
    public var ticket = TicketID(0)
    /// Packed, one after the other: the next entries of its thread.
    public var entries: [UInt8] = []
    public var entryCount: UInt32 = 0
    /// No more parts come: it is from now on what it was to be.
    public var endsParts = false
    /// The ticket that it is merged into is there.
    public var endsMerge = false
    /// Tickets that are merged into it and have come.
    public var absorbs: [TicketLink] = []
    /// Who owned it, or was waited for, was removed meanwhile.
    public var dropsOwner = false
    public var dropsWants = false

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.ticket(1, &ticket)
        try coder.blob(2, &entries)
        try coder.number(3, &entryCount)
        try coder.flag(4, &endsParts)
        try coder.flag(5, &endsMerge)
        try coder.list(6, &absorbs)
        try coder.flag(7, &dropsOwner)
        try coder.flag(8, &dropsWants)
    }
}

/// The name of an agent or a department that was removed where a ticket comes from: for old tickets to name.
public struct FormerNameAdded: Fielded {
    public var isDepartment = false
    /// Among agents or among departments.
    public var index: UInt32 = 0
    public var id = ""
    public var title = ""

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.flag(1, &isDepartment)
        try coder.number(2, &index)
        try coder.text(3, &id)
        try coder.text(4, &title)
    }
}
