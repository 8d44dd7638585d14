import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct StateTests {
    @Test(arguments: [1, 2, 4], [1 << 63 - 1, 1 << 63, UInt64.max] as [UInt64])
    func `no number of a ticket is too large to be asked for`(_ shards: Int, _ number: UInt64) {
        let shards = Shards(shards: shards)
        #expect(shards.ticket(TicketID(number)) == nil)
        #expect(shards.summary(TicketID(number)) == nil)
        #expect(shards.view(TicketID(number)) == nil)
    }

    @Test func `a name is kept once, however often its owner is written`() {
        let image = World.full(shards: 2).image
        var agent = image.routing.agents[0]
        var department = image.routing.departments[0]
        let kept = (agent.name.utf8.baseAddress, department.name.utf8.baseAddress)
        for _ in 1...3 {
            _ = ByteWriter.bytes { writer in
                do {
                    try agent.visit(&writer)
                    try department.visit(&writer)
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(agent.name.text == agent.id.rawValue && department.name.text == department.id.rawValue)
        #expect(agent.name.utf8.baseAddress == kept.0 && department.name.utf8.baseAddress == kept.1)
    }

    @Test func `the world that these tests use holds some of everything`() {
        let world = World.full(shards: 2)
        let image = world.image
        #expect(image.verify().problems == [])
        let figures = world.routing.figures()
        #expect(figures.agents == 6)
        #expect(figures.departments == 5)
        #expect(figures.paused == 2)
        #expect(figures.skips > 0)
        #expect(figures.ringing > 0)
        #expect(Channel.allCases.contains { figures.waiting[$0] > 0 })
        #expect(Channel.allCases.contains { figures.held[$0] > 0 })
        #expect(Set(sections(of: image).map(\.kind)) == Set(SectionKind.allCases))
        var purposes: Set<Int> = []
        for timer in world.routing.timers.all {
            switch timer.purpose {
            case .pauseEnds: purposes.insert(1)
            case .ticketWakes: purposes.insert(2)
            case .skipExpires: purposes.insert(3)
            case .absenceEnds: purposes.insert(4)
            case .ownerGraceEnds: purposes.insert(5)
            case .deliveryDetailsExpire: purposes.insert(6)
            case .offersEnd: purposes.insert(10)
            case .backoffEnds: purposes.insert(11)
            case .ticketWidens: purposes.insert(20)
            case .waitEnds: purposes.insert(35)
            case .answerEnds: purposes.insert(45)
            case .queueEmpties: purposes.insert(36)
            case .wrapUpEnds: purposes.insert(25)
            case .scheduleBegins: purposes.insert(26)
            case .leaseEnds: purposes.insert(27)
            case .recoveryEnds: purposes.insert(28)
            case .rosterTurns: purposes.insert(29)
            }
        }
        #expect(purposes == [1, 2, 3, 4, 5, 6, 10, 11, 20, 25, 26, 27, 28, 29, 35, 36, 45])
        let details = world.image.tickets.flatMap { Array($0) }.filter(\.hasDetails)
        #expect(details.count == 2)
    }

    @Test(arguments: [1, 2, 3, 4, 7])
    func `the digest does not depend on the number of shards`(_ shards: Int) {
        let (one, other) = (World.full(shards: 1).image.verify(), World.full(shards: shards).image.verify())
        #expect(one.digest == other.digest)
        #expect(other.problems == [])
    }

    @Test(arguments: [1, 3, 4], [1, 2, 5])
    func `sections load into any number of shards with the same digest`(_ from: Int, _ into: Int) throws {
        let image = World.full(shards: from).image
        for sectionBytes in [1, 1 << 20] {
            let result = try loaded(sections(of: image, sectionBytes: sectionBytes), shards: into).verify()
            #expect(result.digest == image.verify().digest)
            #expect(result.problems == [])
        }
    }

    @Test(arguments: [1, 3])
    func `records give the state that they came from, from any of them on`(_ shards: Int) throws {
        let world = World.full(shards: shards)
        let expected = world.image.verify().digest
        for cut in stride(from: 0, through: world.records.count, by: 5) {
            let before = try loaded([], shards: shards, records: Array(world.records[..<cut]))
            let after = try loaded(sections(of: before), shards: 2, records: Array(world.records[cut...]))
            #expect(after.verify().digest == expected)
            #expect(after.verify().problems == [])
        }
    }

    @Test func `the digest tells apart what differs in one value`() {
        var world = World.full(shards: 2)
        let before = world.image.verify().digest
        world.perform(.noteTicket(NoteTicket(ticket: TicketID(1), by: AgentID("ann"), body: "x")))
        #expect(world.image.verify().digest != before)
    }

    @Test(arguments: 0..<10)
    func `the digest of values does not depend on their order, but on their kind and number`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        let texts = (0..<50).map { FieldedText("text \($0)") }
        func digest(_ texts: [FieldedText], kind: UInt8 = 1) -> Digest {
            var digest = Digest()
            for text in texts { digest.add(text, kind: kind) }
            return digest
        }
        #expect(digest(texts.shuffled(using: &chance)) == digest(texts))
        #expect(digest(texts, kind: 2) != digest(texts))
        #expect(digest(texts + [texts[0]]) != digest(texts))
        #expect(digest(Array(texts.dropLast())) != digest(texts))
        #expect(digest(texts).text.utf8.count == 32)
    }
}
