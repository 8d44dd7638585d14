import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// A snapshot's sections have checksums; what gets past them all the same is refused or loaded, and never traps.
@Suite struct DamagedStateTests {
    private static let whole = sections(of: World.imported(shards: 2).image)

    /// Loads the sections with one spoilt, and looks at all of what came of it.
    private func load(_ kind: SectionKind, _ bytes: [UInt8]) {
        let spoilt = Self.whole.map { $0.kind == kind ? (kind, bytes) : $0 }
        guard let image = try? loaded(spoilt, shards: 3) else { return }
        #expect(image.verify().checked > 0)
        let shards = Shards(tickets: image.tickets, agents: image.agents)
        for id in 1...80 { _ = shards.written(in: TicketID(UInt64(id))) }
    }

    @Test(arguments: SectionKind.allCases)
    func `any byte may be spoilt`(_ kind: SectionKind) throws {
        let bytes = try #require(Self.whole.first { $0.kind == kind }).bytes
        var chance = SeededChance(seed: UInt64(kind.rawValue))
        for position in bytes.indices {
            var spoilt = bytes
            spoilt[position] ^= [0x01, 0x04, 0x80, 0x84, 0xff].randomElement(using: &chance)!
            load(kind, spoilt)
        }
    }

    @Test(arguments: SectionKind.allCases)
    func `a section cut short anywhere is refused, or holds fewer values`(_ kind: SectionKind) throws {
        let bytes = try #require(Self.whole.first { $0.kind == kind }).bytes
        for length in stride(from: 0, to: bytes.count, by: 3) { load(kind, Array(bytes[..<length])) }
    }

    @Test(arguments: SectionKind.allCases)
    func `a section may be missing, come twice, or hold what belongs elsewhere`(_ kind: SectionKind) throws {
        let whole = Self.whole
        _ = try? loaded(whole.filter { $0.kind != kind }, shards: 3).verify()
        _ = try? loaded(whole + whole.filter { $0.kind == kind }, shards: 3).verify()
        _ = try? loaded(whole.reversed(), shards: 3).verify()
        for other in whole { load(kind, other.bytes) }
    }

    @Test(arguments: SectionKind.allCases)
    func `random bytes are refused or loaded`(_ kind: SectionKind) {
        var chance = SeededChance(seed: UInt64(kind.rawValue))
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...4, using: &chance) {
                let count = Int.random(in: 0...40, using: &chance)
                bytes.append(UInt8(count))
                bytes += (0..<count).map { _ in UInt8.random(in: 0...60, using: &chance) }
            }
            load(kind, bytes)
        }
    }

    // MARK: What names something that is not there

    /// The sections with another value behind those of one kind.
    private func loading<Value: Fielded>(_ kind: SectionKind, _ value: Value) throws {
        let added = ByteWriter.bytes { $0.append(value) }
        _ = try loaded(Self.whole.map { $0.kind == kind ? (kind, $0.bytes + added) : $0 }, shards: 3)
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ByteReader.Malformed)?.what ?? "\(error)"
        }
    }

    @Test(arguments: [
        TimerPurpose.pauseEnds(AgentIndex(99)), .absenceEnds(AgentIndex(99), DepartmentIndex(0), .chat),
        .absenceEnds(AgentIndex(0), DepartmentIndex(99), .chat), .ticketWakes(TicketID(99)),
        .skipExpires(TicketID(99)), .ownerGraceEnds(TicketID(0)),
    ])
    func `a timer of what is not there is refused`(purpose: TimerPurpose) throws {
        var timer = ServiceTimer()
        timer.number = 1000
        timer.due = Timestamp(milliseconds: 1)
        timer.purpose = purpose
        #expect(refusal { try loading(.timers, timer) }?.contains("not there") == true)
    }

    @Test func `two timers of one purpose are refused`() throws {
        for number in [1000, 1001] as [UInt64] {
            var timer = ServiceTimer()
            timer.number = number
            timer.purpose = .ticketWakes(TicketID(7))
            #expect(refusal { try loading(.timers, timer) } == "two timers have one purpose")
        }
    }

    @Test func `a skip of what is not there is refused`() throws {
        for (ticket, agent) in [(99, 0), (1, 99)] as [(UInt64, UInt32)] {
            var list = SkipList()
            list.ticket = TicketID(ticket)
            list.skips = [Skip()]
            list.skips[0].agent = AgentIndex(agent)
            #expect(refusal { try loading(.skips, list) }?.contains("not there") == true)
        }
    }

    @Test func `an entry of a thread that names what is not there is refused`() throws {
        var entries: [ThreadEntry] = []
        entries.append(ThreadEntry(.reply, at: Timestamp(milliseconds: 1), by: .agent(AgentIndex(99))))
        entries.append(ThreadEntry(.assigned, at: Timestamp(milliseconds: 1), by: .automatic))
        entries[1].owner = .some(AgentIndex(99))
        entries.append(ThreadEntry(.transferred, at: Timestamp(milliseconds: 1), by: .automatic))
        entries[2].department = DepartmentIndex(99)
        for entry in entries {
            var texts = TextArena()
            var thread = TicketThread()
            thread.append(entry, to: &texts)
            let known = KnownIndexes(agents: 99, departments: 99)
            #expect(throws: ByteReader.Malformed.self) {
                try TicketThread(bytes: thread.bytes(in: texts), count: 1, knowing: known, in: &texts)
            }
            let more = KnownIndexes(agents: 100, departments: 100)
            _ = try TicketThread(bytes: thread.bytes(in: texts), count: 1, knowing: more, in: &texts)
        }
    }

    @Test func `an agent without a profile is refused`() throws {
        let without = Self.whole.filter { $0.kind != .profiles }
        #expect(refusal { _ = try loaded(without, shards: 3) } == "agent 0 has no profile")
    }
}
