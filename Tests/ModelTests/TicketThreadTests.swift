import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct TicketThreadTests {
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
        entry.until = some(Timestamp(milliseconds: Int64.random(in: -5...1_000_000_000_000, using: &chance)))
        return entry
    }

    @Test(arguments: 0..<20)
    func `entries come back as they were appended, numbered from 1`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var thread = TicketThread()
        var expected: [ThreadEntry] = []
        for number in 1...UInt32.random(in: 1...60, using: &chance) {
            var entry = Self.entry(&chance)
            let given = thread.append(entry)
            #expect(given == number)
            entry.number = number
            expected.append(entry)
        }
        let count = thread.count
        #expect(dumped(thread.entries(1...count)) == dumped(expected))
        let low = UInt32.random(in: 1...count, using: &chance)
        let high = UInt32.random(in: low...count + 5, using: &chance)
        #expect(dumped(thread.entries(low...high)) == dumped(expected.filter { (low...high).contains($0.number) }))

        // Read back from its bytes, and continued: the next entry's time is counted from the last one's.
        var read = try TicketThread(bytes: thread.bytes, count: count)
        let next = Self.entry(&chance)
        read.append(next)
        thread.append(next)
        #expect(read.bytes == thread.bytes)
        #expect(dumped(read.entries(1...count + 1)) == dumped(thread.entries(1...count + 1)))
    }

    @Test func `another count than there are entries is refused`() throws {
        var chance = SeededChance(seed: 1)
        var thread = TicketThread()
        for _ in 0..<3 { thread.append(Self.entry(&chance)) }
        for count: UInt32 in [0, 2, 4] {
            #expect(throws: ByteReader.Malformed.self) { try TicketThread(bytes: thread.bytes, count: count) }
        }
    }

    @Test(arguments: 0..<20)
    func `damaged bytes are refused or read, and never trap`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var thread = TicketThread()
        for _ in 0..<5 { thread.append(Self.entry(&chance)) }
        for position in thread.bytes.indices {
            var bytes = thread.bytes
            bytes[position] = UInt8.random(in: 0...255, using: &chance)
            guard let read = try? TicketThread(bytes: bytes, count: 5) else { continue }
            #expect(read.entries(1...5).count == 5)
        }
        for length in thread.bytes.indices {
            #expect(throws: ByteReader.Malformed.self) {
                try TicketThread(bytes: Array(thread.bytes[..<length]), count: 5)
            }
        }
    }

    @Test(arguments: 0..<5)
    func `a ticket with a thread and everything else comes back as itself`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
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
        ticket.subject = "subject"
        ticket.from = "from"
        for _ in 0..<seed { ticket.thread.append(Self.entry(&chance)) }
        if seed > 0 { ticket.extras = try FieldFiller.fill(TicketExtras.self).value }
        let found = try FieldReader.read(Ticket.self, from: encoded(ticket)[...])
        #expect(dumped(found) == dumped(ticket))
        let empty = try FieldReader.read(Ticket.self, from: [])
        #expect(encoded(empty).isEmpty)
    }
}
