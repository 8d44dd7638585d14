import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// FIND over random tickets gives what a look at each ticket gives.
@Suite struct FindPropertyTests {
    /// How a word may be written, and how it is known.
    static let vocabulary: [(written: [String], folded: String)] = [
        (["printer", "Printer", "PRINTER"], "printer"), (["print"], "print"), (["Où", "ou", "OÙ"], "ou"),
        (["Печать", "ПЕЧАТЬ"], "печать"), (["Straße", "strasse"], "strasse"), (["東"], "東"), (["京"], "京"),
        (["invoice-17"], "invoice"), (["unbelievably"], "unbelievably"), (["unbelievable"], "unbelievable"),
        (["a"], "a"), (["42"], "42"), (["𞤀𞤣𞤤𞤢𞤥", "𞤢𞤣𞤤𞤢𞤥"], "𞤢𞤣𞤤𞤢𞤥"), (["が", "か\u{3099}"], "が"), (["か"], "か"),
        (["한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"], "한국"),
    ]
    static let people = ["joe@example.org", "Zoé@example.fr", "eve@example.org"]

    @Test(arguments: 1...8)
    func `what is found is what a look at each ticket finds`(_ seed: UInt64) throws {
        var desk = FindDesk(shards: Int(seed % 4) + 1)
        var chance = SeededChance(seed: seed)
        desk.setUp()
        var known = Facts.Book()
        for round in 0..<8 {
            for _ in 0..<60 { desk.change(&chance, &known) }
            if round % 3 == 2 { while !desk.index.tidy(count: 10) {} }
            for _ in 0..<25 {
                let question = Question(&chance, depth: 3, now: desk.now)
                let expected = desk.facts(known).filter { question.matches($0, desk.now) }.map(\.id)
                let step = chance.int(1...300)
                let found = try desk.find(question.text, sort: "id", step: step).ids
                try #require(found == expected, "seed \(seed): \(question.text)")
                #expect(try desk.count(question.text) == Int64(expected.count))
            }
        }
        #expect(desk.index.backlog == 0)
    }

    @Test(arguments: 1...6)
    func `pages hold each ticket once, in order`(_ seed: UInt64) throws {
        var desk = FindDesk()
        var chance = SeededChance(seed: seed)
        desk.setUp()
        var known = Facts.Book()
        for _ in 0..<300 { desk.change(&chance, &known) }
        for sort in ["", "priority", "-created_at", "-priority,queued_at", "updated_at,-id", "-id", "created_at"] {
            let whole = try desk.find("id > 0", sort: sort).ids
            #expect(whole.count == desk.shards.ticketCount)
            var pages: [Int64] = []
            var cursor: String?
            repeat {
                let page = try desk.find("id > 0", sort: sort, limit: chance.int(1...40), after: cursor)
                pages += page.ids
                cursor = page.ids.isEmpty ? nil : page.cursor
            } while cursor != nil
            #expect(pages == whole, "sort=\(sort)")
        }
    }
}

extension FindDesk {
    mutating func setUp() {
        for name in ["sales", "help"] { perform(.addDepartment(AddDepartment(id: DepartmentID(name)))) }
        for name in ["ann", "bob", "cid"] {
            let places = ["sales", "help"].map { MembershipRequest(department: DepartmentID($0), tier: 1) }
            perform(.addAgent(AddAgent(id: AgentID(name), memberships: places)))
            perform(.setPresence(SetPresence(id: AgentID(name), presence: .online)))
        }
    }

    /// Does something to some ticket.
    mutating func change(_ chance: inout SeededChance, _ known: inout Facts.Book) {
        let last = routing.nextTicket.rawValue - 1
        let id = TicketID(UInt64(chance.int(1...max(Int(last), 1))))
        let agent = AgentID(chance.pick(["ann", "bob", "cid"]))
        switch chance.int(1...11) {
        case 1...4:
            let department = DepartmentID(chance.pick(["sales", "help"]))
            var open = OpenTicket(department: department, channel: chance.pick(Channel.allCases))
            let (subject, body) = (Words(&chance), Words(&chance))
            open.subject = subject.text
            open.body = chance.of(70) ? body.text : nil
            open.priority = UInt8(chance.int(1...9))
            open.from = chance.of(70) ? chance.pick(FindPropertyTests.people) : ""
            open.source = chance.of(50) ? chance.pick(["web", "email"]) : ""
            open.tags = ["vip", "late", "odd"].filter { _ in chance.of(20) }
            if chance.of(30) { open.fields = [CustomField(name: "order", value: chance.pick(["A-1", "B-2"]))] }
            perform(.openTicket(open))
            known.subjects[last + 1] = subject.folded
            known.bodies[last + 1] = open.body == nil ? [] : body.folded
        case 5:
            let body = Words(&chance)
            if case .ticket = perform(.messageTicket(MessageTicket(ticket: id, body: body.text))) {
                known.bodies[id.rawValue, default: []].formUnion(body.folded)
            }
        case 6:
            let body = Words(&chance)
            if case .ticket = perform(.replyTicket(ReplyTicket(ticket: id, by: agent, body: body.text))) {
                known.bodies[id.rawValue, default: []].formUnion(body.folded)
            }
        case 7: perform(.resolveTicket(ResolveTicket(ticket: id)))
        case 8:
            var set = SetTicket(ticket: id)
            let subject = Words(&chance)
            if chance.of(50) { set.subject = subject.text }
            set.priority = UInt8(chance.int(1...9))
            if chance.of(50) { set.addedTags = [chance.pick(["vip", "late"])] } else { set.removedTags = ["vip"] }
            if case .ticket = perform(.setTicket(set)), set.subject != nil {
                known.subjects[id.rawValue] = subject.folded
            }
        case 9: perform(.postponeTicket(PostponeTicket(ticket: id, until: .span(.seconds(3600)))))
        case 10: importTicket(&chance, &known)
        default: wait(seconds: Int64(chance.pick([1, 60, 3600])))
        }
    }

    /// A ticket of some time ago, under an id of its own or not, which may be one that was passed over.
    private mutating func importTicket(_ chance: inout SeededChance, _ known: inout Facts.Book) {
        let next = routing.nextTicket.rawValue
        let body = Words(&chance)
        var members: [JSON.Member] = [
            .init("dept", "help"), .init("body", .string(body.text)),
            .init("created_at", .string((now + .seconds(-Int64(chance.int(0...40)) * 3600)).text)),
        ]
        let id = UInt64(chance.int(max(1, Int(next) - 8)...Int(next) + 3))
        if chance.of(60) { members.append(.init("id", .integer(Int64(id)))) }
        guard case .ticket(let imported) = perform(.detail(ImportTicket(.object(members)))) else { return }
        known.bodies[imported.id.rawValue] = body.folded
    }

    func facts(_ known: Facts.Book) -> [Facts] {
        (1..<max(routing.nextTicket.rawValue, 1)).compactMap { id in
            guard let view = shards.view(TicketID(id)) else { return nil }
            var facts = Facts()
            facts.id = Int64(id)
            facts.subject = known.subjects[id] ?? []
            facts.bodies = known.bodies[id] ?? []
            facts.document = .record(routing.summary(view))
            facts.order = view.extras.fields.first { $0.name == "order" }?.value
            return facts
        }
    }
}

/// Some words of the vocabulary, as somebody writes them.
private struct Words {
    var text = ""
    var folded: Set<String> = []

    init(_ chance: inout SeededChance) {
        for _ in 0..<chance.int(0...4) {
            let word = chance.pick(FindPropertyTests.vocabulary)
            text += chance.pick([" ", ", ", "\n", "…"]) + chance.pick(word.written)
            folded.insert(word.folded)
            if word.folded == "invoice" { folded.insert("17") }
        }
    }
}

/// What the test itself knows of a ticket.
struct Facts {
    struct Book {
        var subjects: [UInt64: Set<String>] = [:]
        var bodies: [UInt64: Set<String>] = [:]
    }

    var id: Int64 = 0
    var subject: Set<String> = []
    var bodies: Set<String> = []
    var document = JSON.null
    var order: String?

    func text(_ key: String) -> String? { if case .string(let text)? = document[key] { text } else { nil } }
    func number(_ key: String) -> Int64 { if case .integer(let number)? = document[key] { number } else { 0 } }
    func time(_ key: String) -> Timestamp {
        if case .time(let time)? = document[key] { time } else { Timestamp(milliseconds: 0) }
    }
    var tags: [String] {
        guard case .array(let tags)? = document["tags"] else { return [] }
        return tags.compactMap { if case .string(let tag) = $0 { tag } else { nil } }
    }
}

/// An expression, and the same as a function.
private struct Question {
    var text: String
    var matches: (Facts, Timestamp) -> Bool

    init(_ chance: inout SeededChance, depth: Int, now: Timestamp) {
        guard depth > 0, chance.of(55) else {
            self = Question(leaf: &chance)
            return
        }
        let left = Question(&chance, depth: depth - 1, now: now)
        let right = Question(&chance, depth: depth - 1, now: now)
        switch chance.int(1...3) {
        case 1: self = Question("(\(left.text)) and (\(right.text))") { left.matches($0, $1) && right.matches($0, $1) }
        case 2: self = Question("(\(left.text)) or (\(right.text))") { left.matches($0, $1) || right.matches($0, $1) }
        default: self = Question("not (\(left.text))") { !left.matches($0, $1) }
        }
    }

    private init(_ text: String, _ matches: @escaping (Facts, Timestamp) -> Bool) {
        self.text = text
        self.matches = matches
    }

    private init(leaf chance: inout SeededChance) {
        switch chance.int(1...15) {
        case 1:
            let status = chance.pick(["new", "open", "answered", "resolved", "postponed", "chatting"])
            self = Question("status = \(status)") { facts, _ in facts.text("status") == status }
        case 2:
            self = Question("status not in (new, open)") { f, _ in !["new", "open"].contains(f.text("status") ?? "") }
        case 3:
            let dept = chance.pick(["sales", "help"])
            self = Question("dept != \(dept)") { facts, _ in facts.text("dept") != dept }
        case 4:
            let agent = chance.pick(["ann", "bob"])
            self = Question("agent = \(agent)") { facts, _ in facts.text("agent") == agent }
        case 5: self = Question("agent in (none, cid)") { f, _ in f.text("agent") == nil || f.text("agent") == "cid" }
        case 6:
            let priority = Int64(chance.int(1...9))
            self = Question("priority <= \(priority)") { facts, _ in facts.number("priority") <= priority }
        case 7:
            let tag = chance.pick(["vip", "late", "odd"])
            self = Question("tag = \(tag)") { facts, _ in facts.tags.contains(tag) }
        case 8: self = Question("tag = none") { facts, _ in facts.tags.isEmpty }
        case 9:
            let from = chance.pick(FindPropertyTests.people)
            self = Question("from = \(from.uppercased())") { facts, _ in facts.text("from") == from }
        case 10: self = Question("source in (none, email)") { f, _ in f.text("source") != "web" }
        case 11:
            let hours = Int64(chance.int(0...40))
            self = Question("created_at > now-\(hours)h") { $0.time("created_at") > $1 + .seconds(-hours * 3600) }
        case 12:
            let hours = Int64(chance.int(0...40))
            self = Question("age >= \(hours)h") { $0.time("queued_at") <= $1 + .seconds(-hours * 3600) }
        case 13: self = Question("field.order = A-1") { facts, _ in facts.order == "A-1" }
        case 14:
            let word = chance.pick(FindPropertyTests.vocabulary)
            let written = chance.pick(word.written)
            let wanted: Set<String> = word.folded == "invoice" ? ["invoice", "17"] : [word.folded]
            self = Question("text ~ '\(written)'") { f, _ in wanted.isSubset(of: f.subject.union(f.bodies)) }
        default:
            let prefix = chance.pick([
                "prin", "print", "unbeliev", "unbelievab", "unbelievably", "пе", "S", "東", "𞤢𞤣", "한",
            ])
            let folded = prefix.lowercased()
            self = Question("body ~ '\(prefix)*'") { f, _ in f.bodies.contains { $0.hasPrefix(folded) } }
        }
    }
}
