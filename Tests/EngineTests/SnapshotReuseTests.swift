import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardEngine
@testable import SwitchboardStorage

/// A snapshot takes over from the one before what did not change, and holds the same as if all were written anew.
@Suite struct SnapshotReuseTests {
    private static let tickets = 5000

    /// An engine with so many tickets, some pages of them in each shard.
    private func desk() throws -> EngineUnderTest {
        let desk = try EngineUnderTest { $0.segmentBytes = 8 << 20 }
        var lines = ["DEPT ADD sales", "AGENT ADD ann depts=sales ticket=10000", "AGENT ONLINE ann"]
        let body = String(repeating: "text ", count: 40)
        for number in 1...Self.tickets {
            lines.append("TICKET OPEN channel=ticket dept=sales subject=\"number \(number)\" body=\"\(body)\"")
        }
        #expect(try desk.execute(lines).allSatisfy { $0.hasPrefix("+") })
        return desk
    }

    private func status(of desk: EngineUnderTest) -> Snapshotter.Status {
        let engine = desk.engine
        return desk.lane.run { await engine.snapshotter.current() }
    }

    /// The bytes that the newest snapshot took over, of all it has.
    private func copied(_ desk: EngineUnderTest) throws -> (bytes: Int, of: Int) {
        let status = status(of: desk)
        return try (#require(status.lastCopiedBytes), #require(status.lastBytes))
    }

    /// A process that ends without a last snapshot, and the next one, which has nothing but snapshot and journal.
    private func expectTheSameAfterACrash(_ desk: EngineUnderTest) throws {
        let digest = desk.digest()
        try desk.crash()
        #expect(desk.verify().problems == [])
        #expect(desk.digest() == digest)
    }

    /// Something that changes one ticket, or its place.
    private func change(_ chance: inout SeededChance) -> String {
        let id = Int.random(in: 1...Self.tickets, using: &chance)
        return switch Int.random(in: 0..<8, using: &chance) {
        case 0: "TICKET SET \(id) tags=+vip"
        case 1: "TICKET MESSAGE \(id) body=\"one more\""
        case 2: "TICKET RESOLVE \(id)"
        case 3: "TICKET PURGE \(id)"
        case 4: "TICKET SET \(id) subject=\"another\""
        case 5: "TICKET NOTE \(id) by=ann body=\"a note\""
        case 6: "TICKET SET \(id) field.order=\(id)"
        default: "TICKET OPEN channel=ticket dept=sales subject=new"
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `what changed between snapshots is in the next one, and nothing else is written anew`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let desk = try desk()
        defer { desk.close() }
        try desk.snapshot()
        #expect(try copied(desk).bytes == 0)
        for _ in 0..<6 {
            var done = 0
            for _ in 0..<Int.random(in: 2...12, using: &chance) {
                if try desk.execute([change(&chance)])[0].hasPrefix("+") { done += 1 }
            }
            #expect(done > 0)
            if Bool.random(using: &chance) { #expect(desk.verify().problems == []) }
            try desk.snapshot()
            let copied = try copied(desk)
            #expect(copied.bytes > 0 && copied.bytes < copied.of)
        }
        try expectTheSameAfterACrash(desk)
    }

    @Test func `the first snapshot of a process takes over from the one that it started from`() throws {
        let desk = try desk()
        defer { desk.close() }
        // Two of them: the second has stretches of both kinds.
        try desk.snapshot()
        _ = try desk.execute(["TICKET SET 7 tags=+vip", "TICKET OPEN channel=ticket dept=sales subject=new"])
        try desk.snapshot()
        // In the journal only.
        _ = try desk.execute(["TICKET SET 8 tags=+vip", "TICKET PURGE 4000", "TICKET OPEN channel=ticket dept=sales"])
        try expectTheSameAfterACrash(desk)
        _ = try desk.execute(["TICKET SET 2000 tags=+vip"])
        try desk.snapshot()
        let copied = try copied(desk)
        #expect(copied.bytes > copied.of / 2 && copied.bytes < copied.of * 9 / 10)
        try expectTheSameAfterACrash(desk)
    }

    @Test func `where no ticket changed nearly all is taken over`() throws {
        let desk = try desk()
        defer { desk.close() }
        try desk.snapshot()
        let whole = try #require(status(of: desk).lastBytes)
        _ = try desk.execute(["DEPT SET sales title=Sales"])
        try desk.snapshot()
        let copied = try copied(desk)
        #expect(copied.of - copied.bytes < whole / 50)
        try expectTheSameAfterACrash(desk)
    }

    @Test(arguments: [false, true])
    func `what is damaged or gone by then is written anew`(isGone: Bool) throws {
        let desk = try desk()
        defer { desk.close() }
        try desk.snapshot()
        let folder = desk.engine.folder
        let first = folder.file(FileName.snapshot(through: try #require(folder.snapshots().last)))
        if isGone {
            try desk.disk.remove(first)
        } else {
            var bytes = try #require(desk.disk.contents(first))
            bytes[bytes.count / 2] ^= 8
            desk.disk.setContents(first, bytes)
        }
        _ = try desk.execute(["TICKET SET 7 tags=+vip"])
        try desk.snapshot()
        let copied = try copied(desk)
        #expect(isGone ? copied.bytes == 0 : copied.bytes > 0 && copied.bytes < copied.of * 2 / 3)
        // And the one after it takes over from the good one.
        _ = try desk.execute(["TICKET SET 8 tags=+vip"])
        try desk.snapshot()
        #expect(try self.copied(desk).bytes > copied.of / 2)
        try expectTheSameAfterACrash(desk)
    }

    @Test func `after a refused snapshot the one before it is taken over`() throws {
        let desk = try desk()
        defer { desk.close() }
        try desk.snapshot()
        _ = try desk.execute(["TICKET SET 7 tags=+vip"])
        try desk.engine.journal.sync()
        desk.disk.faults.isReadOnly = true
        #expect(throws: StorageError.self) { try desk.snapshot() }
        desk.disk.faults.isReadOnly = false
        // Its thread may just have wanted another file.
        while desk.engine.journal.health != .healthy { try? desk.engine.journal.sync() }
        _ = try desk.execute(["TICKET SET \(Self.tickets) tags=+vip"])
        try desk.snapshot()
        let copied = try copied(desk)
        #expect(copied.bytes > copied.of / 2)
        try expectTheSameAfterACrash(desk)
    }
}
