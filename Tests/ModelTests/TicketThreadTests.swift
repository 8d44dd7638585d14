import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct TicketThreadTests {
    /// Every index may be named.
    private let known = KnownIndexes(agents: .max, departments: .max)

    /// An entry with a random choice of what an entry may hold.
    static func entry(_ chance: inout SeededChance) -> ThreadEntry {
        var entry = ThreadEntry(
            EntryKind.allCases.randomElement(using: &chance)!,
            at: Timestamp(milliseconds: Int64.random(in: -5...1_000_000_000_000, using: &chance)),
            by: [.unnamed, .customer, .automatic, .agent(AgentIndex(0)), .agent(AgentIndex(.max - 1))]
                .randomElement(using: &chance)!)
        func some<Value>(_ value: Value) -> Value? { Bool.random(using: &chance) ? value : nil }
        entry.body = some(String(repeating: "é\u{301}\n", count: Int.random(in: 0...50, using: &chance)))
        entry.from = some("joe@example.org")
        entry.status = some(TicketStatus.allCases.randomElement(using: &chance)!)
        if Bool.random(using: &chance) {
            entry.owner = .some(some(AgentIndex(UInt32.random(in: 0..<UInt32.max - 1, using: &chance))))
            entry.rule = some(AssignmentRule.allCases.randomElement(using: &chance)!)
        }
        entry.department = some(DepartmentIndex(UInt32.random(in: 0...UInt32.max, using: &chance)))
        entry.priority = some(UInt8.random(in: 1...9, using: &chance))
        entry.ticket = some(TicketID(UInt64.random(in: 1...UInt64.max, using: &chance)))
        entry.conversation = some(UInt32.random(in: 1...UInt32.max, using: &chance)) ?? 0
        entry.until = some(Timestamp(milliseconds: Int64.random(in: -5...1_000_000_000_000, using: &chance)))
        return entry
    }

    @Test(arguments: 0..<20)
    func `entries come back as they were appended, numbered from 1`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var texts = TextArena()
        var thread = TicketThread()
        var expected: [ThreadEntry] = []
        for number in 1...UInt32.random(in: 1...60, using: &chance) {
            var entry = Self.entry(&chance)
            let given = thread.append(entry, to: &texts)
            #expect(given == number)
            entry.number = number
            expected.append(entry)
        }
        let count = thread.count
        #expect(dumped(thread.entries(in: texts).numbered(1...count)) == dumped(expected))
        let low = UInt32.random(in: 1...count, using: &chance)
        let high = UInt32.random(in: low...count + 5, using: &chance)
        #expect(
            dumped(thread.entries(in: texts).numbered(low...high))
                == dumped(expected.filter { (low...high).contains($0.number) }))

        // Read back from its bytes, and continued: the next entry's time is counted from the last one's.
        var elsewhere = TextArena()
        var read = try TicketThread(bytes: thread.bytes(in: texts), count: count, knowing: known, in: &elsewhere)
        let next = Self.entry(&chance)
        read.append(next, to: &elsewhere)
        thread.append(next, to: &texts)
        #expect(read.bytes(in: elsewhere) == thread.bytes(in: texts))
    }

    @Test func `another count than there are entries is refused`() throws {
        var chance = SeededChance(seed: 1)
        var texts = TextArena()
        var thread = TicketThread()
        for _ in 0..<3 { thread.append(Self.entry(&chance), to: &texts) }
        let bytes = thread.bytes(in: texts)
        for count: UInt32 in [0, 2, 4] {
            #expect(throws: ByteReader.Malformed.self) {
                try TicketThread(bytes: bytes, count: count, knowing: known, in: &texts)
            }
        }
    }

    @Test(arguments: 0..<20)
    func `damaged bytes are refused or read, and never trap`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var texts = TextArena()
        var thread = TicketThread()
        for _ in 0..<5 { thread.append(Self.entry(&chance), to: &texts) }
        let whole = thread.bytes(in: texts)
        for position in whole.indices {
            var bytes = whole
            bytes[position] = UInt8.random(in: 0...255, using: &chance)
            guard let read = try? TicketThread(bytes: bytes, count: 5, knowing: known, in: &texts) else { continue }
            #expect(Array(read.entries(in: texts)).count == 5)
        }
        for length in whole.indices {
            #expect(throws: ByteReader.Malformed.self) {
                try TicketThread(bytes: Array(whole[..<length]), count: 5, knowing: known, in: &texts)
            }
        }
    }

    @Test(arguments: 0..<5)
    func `a ticket with a thread and everything else comes back as itself`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var texts = TextArena()
        var ticket = Ticket()
        ticket.id = TicketID(.random(in: 1...1000, using: &chance))
        ticket.version = 7
        ticket.status = .postponed
        ticket.channel = .call
        ticket.priority = 9
        ticket.wakesAsNew = true
        ticket.slotIsFreed = true
        ticket.department = DepartmentIndex(3)
        ticket.agent = AgentIndex(0)
        ticket.wants = AgentIndex(1)
        ticket.createdAt = Timestamp(milliseconds: 1)
        ticket.updatedAt = Timestamp(milliseconds: 2)
        ticket.queuedAt = Timestamp(milliseconds: 3)
        ticket.lastRecord = LogSequenceNumber(4)
        ticket.subject = texts.append("subject")
        ticket.from = texts.append("from")
        for _ in 0..<seed { ticket.thread.append(Self.entry(&chance), to: &texts) }
        if seed > 0 { ticket.extras = try FieldFiller.fill(TicketExtras.self).value }
        let stored = StoredTicket(TicketView(ticket: ticket, texts: texts))
        let found = try FieldReader.read(StoredTicket.self, from: encoded(stored)[...])
        var elsewhere = TextArena()
        _ = elsewhere.append("something that is there before")
        let unpacked = TicketView(ticket: try found.unpacked(into: &elsewhere, knowing: known), texts: elsewhere)
        #expect(encoded(StoredTicket(unpacked)) == encoded(stored))
        #expect(unpacked.subject == "subject")
        #expect(unpacked.from == "from")
        #expect(dumped(Array(unpacked.thread)) == dumped(Array(TicketView(ticket: ticket, texts: texts).thread)))
        let empty = try FieldReader.read(StoredTicket.self, from: [])
        #expect(encoded(empty).isEmpty)
    }
}

extension TicketThread {
    /// Appends an entry that is there with its texts.
    @discardableResult
    mutating func append(_ entry: ThreadEntry, to texts: inout TextArena) -> UInt32 {
        append(entry.head, body: entry.body, from: entry.from, to: &texts)
    }
}
