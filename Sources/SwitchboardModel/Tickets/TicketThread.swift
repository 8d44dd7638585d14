/// A ticket's thread, packed: entries one after the other in one array of bytes, each a kind, a set of flags saying
/// what follows, the milliseconds since the entry before, who, and then what the flags name.
public struct TicketThread: Sendable {
    private struct Contents {
        static let body: UInt8 = 1 << 0
        static let from: UInt8 = 1 << 1
        static let status: UInt8 = 1 << 2
        static let owner: UInt8 = 1 << 3
        static let department: UInt8 = 1 << 4
        static let priority: UInt8 = 1 << 5
        static let until: UInt8 = 1 << 6
    }

    public private(set) var bytes: [UInt8] = []
    public private(set) var count: UInt32 = 0
    private var last = Timestamp(milliseconds: 0)

    public init() {}

    /// A thread read from a snapshot. Throws when the bytes are not `count` whole entries.
    public init(bytes: [UInt8], count: UInt32) throws(ByteReader.Malformed) {
        self.bytes = bytes
        self.count = count
        var cursor = Cursor(self)
        while let entry = try cursor.next() { last = entry.at }
        guard cursor.number == count else {
            throw ByteReader.Malformed(what: "a thread holds \(cursor.number) entries, not \(count)", offset: 0)
        }
    }

    /// Appends `entry` and returns the number it was given.
    @discardableResult
    public mutating func append(_ entry: ThreadEntry) -> UInt32 {
        let text = (entry.body?.utf8.count ?? 0) + (entry.from?.utf8.count ?? 0)
        // Exactly what is needed: an array that doubles would cost a third of the memory of all tickets.
        bytes.reserveCapacity(bytes.count + text + 40)
        var writer = ByteWriter(appendingTo: bytes)
        bytes = []
        var contents: UInt8 = 0
        if entry.body != nil { contents |= Contents.body }
        if entry.from != nil { contents |= Contents.from }
        if entry.status != nil { contents |= Contents.status }
        if entry.owner != nil { contents |= Contents.owner }
        if entry.department != nil { contents |= Contents.department }
        if entry.priority != nil { contents |= Contents.priority }
        if entry.until != nil { contents |= Contents.until }
        writer.byte(entry.kind.rawValue)
        writer.byte(contents)
        writer.signedVarint(entry.at.milliseconds - last.milliseconds)
        writer.varint(entry.by.code)
        if let status = entry.status { writer.byte(status.rawValue) }
        if let owner = entry.owner {
            writer.varint(owner.map { UInt64($0.rawValue) + 1 } ?? 0)
            writer.byte(entry.rule.map { $0.rawValue + 1 } ?? 0)
        }
        if let department = entry.department { writer.varint(UInt64(department.rawValue)) }
        if let priority = entry.priority { writer.byte(priority) }
        if let until = entry.until { writer.signedVarint(until.milliseconds) }
        if let from = entry.from { writer.string(from) }
        if let body = entry.body { writer.string(body) }
        bytes = writer.take()
        last = entry.at
        count += 1
        return count
    }

    /// The entries numbered `range`, in order.
    public func entries(_ range: ClosedRange<UInt32>) -> [ThreadEntry] {
        var result: [ThreadEntry] = []
        for entry in self {
            if range.contains(entry.number) { result.append(entry) }
            if entry.number >= range.upperBound { break }
        }
        return result
    }

    /// Steps through the packed entries.
    fileprivate struct Cursor {
        private var reader: ByteReader
        private var at = Timestamp(milliseconds: 0)
        private(set) var number: UInt32 = 0

        init(_ thread: TicketThread) { reader = ByteReader(thread.bytes) }

        mutating func next() throws(ByteReader.Malformed) -> ThreadEntry? {
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
            if contents & Contents.from != 0 { entry.from = try reader.string() }
            if contents & Contents.body != 0 { entry.body = try reader.string() }
            return entry
        }

        private var malformed: ByteReader.Malformed {
            ByteReader.Malformed(what: "a thread entry is malformed", offset: reader.offset)
        }
    }
}

extension TicketThread: Sequence {
    /// The entries in order.
    public struct Iterator: IteratorProtocol {
        fileprivate var cursor: Cursor

        public mutating func next() -> ThreadEntry? {
            do throws(ByteReader.Malformed) { return try cursor.next() } catch {
                preconditionFailure("a thread in memory is malformed: \(error)")
            }
        }
    }

    public func makeIterator() -> Iterator { Iterator(cursor: Cursor(self)) }
}
