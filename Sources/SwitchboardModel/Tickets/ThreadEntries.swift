/// The packed entries of a thread, in order.
struct ThreadEntries: Sequence, IteratorProtocol {
    fileprivate struct Contents {
        static let body: UInt8 = 1 << 0
        static let from: UInt8 = 1 << 1
        static let status: UInt8 = 1 << 2
        static let owner: UInt8 = 1 << 3
        static let department: UInt8 = 1 << 4
        static let priority: UInt8 = 1 << 5
        static let until: UInt8 = 1 << 6
        /// What few entries have: a varint of `Further` flags follows.
        static let further: UInt8 = 1 << 7
    }

    fileprivate struct Further {
        static let ticket: UInt64 = 1 << 0
        static let conversation: UInt64 = 1 << 1
        static let task: UInt64 = 1 << 2
        static let assignee: UInt64 = 1 << 3
        static let decision: UInt64 = 1 << 4
        static let all = ticket | conversation | task | assignee | decision
    }

    private var reader: ByteReader
    private var at = Timestamp(milliseconds: 0)
    /// Of the last entry read.
    private(set) var number: UInt32 = 0

    init(bytes: [UInt8]) { reader = ByteReader(bytes) }

    /// The next entry; `nil` at the end. Traps on malformed bytes: those in memory were written by this process or
    /// checked when they were loaded.
    mutating func next() -> ThreadEntry? {
        do throws(ByteReader.Malformed) { return try read() } catch {
            preconditionFailure("a thread in memory is malformed: \(error)")
        }
    }

    /// The entries numbered `range`.
    func numbered(_ range: ClosedRange<UInt32>) -> [ThreadEntry] {
        var result: [ThreadEntry] = []
        for entry in self {
            if range.contains(entry.number) { result.append(entry) }
            if entry.number >= range.upperBound { break }
        }
        return result
    }

    /// Reads the next entry; `nil` at the end.
    mutating func read() throws(ByteReader.Malformed) -> ThreadEntry? {
        guard case (var entry, let contents)? = try readFields() else { return nil }
        if contents & Contents.from != 0 { entry.from = try reader.string() }
        if contents & Contents.body != 0 { entry.body = try reader.string() }
        return entry
    }

    /// Checks the next entry without making anything of its texts, and returns what else it holds; `nil` at the end.
    mutating func skip() throws(ByteReader.Malformed) -> ThreadEntry? {
        guard let (entry, contents) = try readFields() else { return nil }
        if contents & Contents.from != 0 { try reader.skipString() }
        if contents & Contents.body != 0 { try reader.skipString() }
        return entry
    }

    /// All of the next entry but its texts, and which texts follow.
    private mutating func readFields() throws(ByteReader.Malformed) -> (entry: ThreadEntry, contents: UInt8)? {
        guard !reader.isAtEnd else { return nil }
        let kind = EntryKind(rawValue: try reader.byte())
        let contents = try reader.byte()
        at.milliseconds &+= try reader.signedVarint()
        guard let kind, let by = Actor(code: try reader.varint()) else { throw malformed }
        number += 1
        var entry = ThreadEntry(kind, at: at, by: by)
        entry.number = number
        if contents & Contents.status != 0 {
            guard let status = TicketStatus(rawValue: try reader.byte()) else { throw malformed }
            entry.status = status
        }
        if contents & Contents.owner != 0 {
            let owner = try reader.varint()
            guard owner <= UInt64(UInt32.max) else { throw malformed }
            entry.owner = .some(owner == 0 ? nil : AgentIndex(UInt32(owner - 1)))
            let rule = try reader.byte()
            entry.rule = rule == 0 ? nil : AssignmentRule(rawValue: rule - 1)
        }
        if contents & Contents.department != 0 {
            guard let index = UInt32(exactly: try reader.varint()) else { throw malformed }
            entry.department = DepartmentIndex(index)
        }
        if contents & Contents.priority != 0 { entry.priority = try reader.byte() }
        if contents & Contents.until != 0 { entry.until = Timestamp(milliseconds: try reader.signedVarint()) }
        if contents & Contents.further != 0 { try readFurther(into: &entry) }
        return (entry, contents)
    }

    /// Calls `look` with each body among packed entries that this process wrote or checked, until it answers `true`.
    static func anyBody(in memory: UnsafeRawBufferPointer, _ look: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        var reader = MemoryReader(memory)
        while !reader.isAtEnd {
            reader.skip(1)
            let contents = reader.byte()
            reader.skipVarint()
            reader.skipVarint()
            if contents & Contents.status != 0 { reader.skip(1) }
            if contents & Contents.owner != 0 {
                reader.skipVarint()
                reader.skip(1)
            }
            if contents & Contents.department != 0 { reader.skipVarint() }
            if contents & Contents.priority != 0 { reader.skip(1) }
            if contents & Contents.until != 0 { reader.skipVarint() }
            if contents & Contents.further != 0 {
                let further = reader.varint()
                if further & Further.ticket != 0 { reader.skipVarint() }
                if further & Further.conversation != 0 { reader.skipVarint() }
                if further & Further.task != 0 { reader.skipVarint() }
                if further & Further.assignee != 0 { reader.skipVarint() }
                if further & Further.decision != 0 {
                    reader.skipVarint()
                    reader.skipVarint()
                }
            }
            if contents & Contents.from != 0 { _ = reader.blob() }
            if contents & Contents.body != 0, look(reader.blob()) { return true }
        }
        return false
    }

    private mutating func readFurther(into entry: inout ThreadEntry) throws(ByteReader.Malformed) {
        let further = try reader.varint()
        guard further & ~Further.all == 0 else { throw malformed }
        if further & Further.ticket != 0 { entry.ticket = TicketID(try reader.varint()) }
        if further & Further.conversation != 0 {
            guard let conversation = UInt32(exactly: try reader.varint()) else { throw malformed }
            entry.conversation = conversation
        }
        if further & Further.task != 0 {
            guard let task = UInt32(exactly: try reader.varint()) else { throw malformed }
            entry.task = task
        }
        if further & Further.assignee != 0 {
            let agent = try reader.varint()
            guard agent <= UInt64(UInt32.max) else { throw malformed }
            entry.assignee = .some(agent == 0 ? nil : AgentIndex(UInt32(agent - 1)))
        }
        if further & Further.decision != 0 {
            guard let free = UInt32(exactly: try reader.varint()) else { throw malformed }
            entry.free = free
            entry.term = try reader.varint()
        }
    }

    private var malformed: ByteReader.Malformed {
        ByteReader.Malformed(what: "a thread entry is malformed", offset: reader.offset)
    }
}

extension EntryHead {
    /// Writes the entry packed, with its texts. `last` is the time of the entry before it.
    @inline(__always)
    func write(
        body: String?, from: String?, after last: Timestamp, to writer: inout ByteWriter
    ) {
        typealias Contents = ThreadEntries.Contents
        var contents: UInt8 = 0
        if body != nil { contents |= Contents.body }
        if from != nil { contents |= Contents.from }
        if status != nil { contents |= Contents.status }
        if owner != nil { contents |= Contents.owner }
        if department != nil { contents |= Contents.department }
        if priority != nil { contents |= Contents.priority }
        if until != nil { contents |= Contents.until }
        let further = further
        if further != 0 { contents |= Contents.further }
        writer.byte(kind.rawValue)
        writer.byte(contents)
        writer.signedVarint(at.milliseconds - last.milliseconds)
        writer.varint(by.code)
        if let status { writer.byte(status.rawValue) }
        if let owner {
            writer.varint(owner.map { UInt64($0.rawValue) + 1 } ?? 0)
            writer.byte(rule.map { $0.rawValue + 1 } ?? 0)
        }
        if let department { writer.varint(UInt64(department.rawValue)) }
        if let priority { writer.byte(priority) }
        if let until { writer.signedVarint(until.milliseconds) }
        if further != 0 { write(further, to: &writer) }
        if let from { writer.string(from) }
        if let body { writer.string(body) }
    }

    @inline(__always)
    private var further: UInt64 {
        typealias Further = ThreadEntries.Further
        return (ticket == nil ? 0 : Further.ticket) | (conversation == 0 ? 0 : Further.conversation)
            | (task == 0 ? 0 : Further.task) | (assignee == nil ? 0 : Further.assignee)
            | (free == 0 ? 0 : Further.decision)
    }

    /// What `further` says is there.
    private func write(_ further: UInt64, to writer: inout ByteWriter) {
        writer.varint(further)
        if let ticket { writer.varint(ticket.rawValue) }
        if conversation != 0 { writer.varint(UInt64(conversation)) }
        if task != 0 { writer.varint(UInt64(task)) }
        if let assignee { writer.varint(assignee.map { UInt64($0.rawValue) + 1 } ?? 0) }
        if free != 0 {
            writer.varint(UInt64(free))
            writer.varint(term)
        }
    }
}
