import Glibc
import SwitchboardClient
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardTestKit

/// FIND over many tickets: three messages and 540 bytes of text each, every one with a number that no other has; 64 in 65 are
/// resolved. 1,000 agents, 20 departments, 200,000 customers; one ticket in five has one of 1,000 tags.
final class FindPages {
    private let desk: HelpDesk
    private let tickets: Int
    private let prose: Prose
    private var chance: SeededChance
    private var index = FindIndex()

    private static let customers = 200_000
    private static let tags = 1000

    init(_ sizes: CurveSizes) {
        desk = HelpDesk(agents: 1000, departments: 20, seed: sizes.seed, capacity: 20)
        tickets = sizes.tickets
        prose = Prose(vocabulary: sizes.words)
        chance = SeededChance(seed: sizes.seed &+ 7)
    }

    func run(_ meter: inout Meter) throws {
        for _ in 0..<tickets { live() }
        meter.begin("FIND over \(grouped(tickets)) tickets")
        let before = Self.residentBytes()
        catchUp(meter)
        let after = Self.residentBytes()
        meter.say(
            "  the index: \(index.size / tickets) bytes a ticket by its own count, \(index.termSize / tickets) of them for words, \((after - before) / tickets) of the process"
        )
        try pages(meter)
        try scan(meter)
    }

    /// A ticket's life.
    private func live() {
        let id = desk.nextTicket
        let customer = desk.random(below: Self.customers)
        var open = OpenTicket(department: HelpDesk.department(desk.random(below: desk.departments)), channel: .ticket)
        open.subject = prose.text(40, &chance)
        open.body = prose.text(190, &chance) + Self.number(id)
        open.from = Self.customer(customer)
        open.priority = UInt8(1 + desk.random(below: 9))
        if desk.random(below: 5) == 0 { open.tags = ["t\(desk.random(below: Self.tags))"] }
        desk.perform(.openTicket(open))
        let ticket = TicketID(id)
        let by = HelpDesk.agent(desk.random(below: desk.agents))
        desk.perform(.replyTicket(ReplyTicket(ticket: ticket, by: by, body: prose.text(150, &chance))))
        desk.perform(.messageTicket(MessageTicket(ticket: ticket, body: prose.text(150, &chance))))
        if id % 65 != 0 { desk.perform(.resolveTicket(ResolveTicket(ticket: ticket))) }
        if id % 16 == 0 { desk.tick() }
    }

    private static func customer(_ number: Int) -> String { "customer.\(number)@example.org" }
    private static func number(_ id: UInt64) -> String { "n\((id &* 2_654_435_761) % 1_000_000_007)" }

    private func catchUp(_ meter: Meter) {
        index.noteAll(desk.shards)
        var (slices, total): ([Double], UInt64) = ([], 0)
        func time(_ body: () -> Bool) {
            var isDone = false
            while !isDone {
                let start = SystemClock.threadNanoseconds()
                isDone = body()
                let taken = SystemClock.threadNanoseconds() - start
                slices.append(Double(taken))
                total += taken
            }
        }
        time { index.catchUp(desk.routing, desk.shards, count: 16) }
        time { index.tidy(count: 64) }
        meter.show("bringing the index up to date, one ticket", [Double(total) / Double(tickets)])
        meter.show("the same, the longest of its steps", [slices.max() ?? 0])
        meter.show("noting a changed ticket", [note()])
    }

    private func note() -> Double {
        let ids = (0..<100_000).map { _ in TicketID(UInt64(1 + desk.random(below: tickets))) }
        let start = SystemClock.threadNanoseconds()
        for id in ids { index.note(id) }
        let taken = SystemClock.threadNanoseconds() - start
        while !index.catchUp(desk.routing, desk.shards, count: 1000) {}
        return Double(taken) / Double(ids.count)
    }

    private func pages(_ meter: Meter) throws {
        let questions: [(String, () -> String)] = [
            ("owner and status", { [self] in "agent = a\(desk.random(below: desk.agents)) and status in (new, open)" }),
            ("owner", { [self] in "agent = a\(desk.random(below: desk.agents))" }),
            ("requester", { [self] in "from = \(Self.customer(desk.random(below: Self.customers)))" }),
            ("tag", { [self] in "tag = t\(desk.random(below: Self.tags))" }),
            (
                "status and department",
                { [self] in "status = open and dept = d\(desk.random(below: desk.departments))" }
            ),
            ("a word of one ticket", { [self] in "text ~ \(Self.number(UInt64(1 + desk.random(below: tickets))))" }),
            ("a word, rank 10,000 to 50,000", { [self] in "text ~ \(word(10_000, 50_000))" }),
            ("a word, rank 1,000 to 10,000", { [self] in "text ~ \(word(1000, 10_000))" }),
            ("a word, rank 1 to 1,000", { [self] in "text ~ \(word(0, 1000))" }),
            (
                "two words, rank 100 to 2,000",
                { [self] in
                    "text ~ '\(word(100, 2000)) \(word(100, 2000))'"
                }
            ),
            (
                "the beginning of a number",
                { [self] in "text ~ \(Self.number(UInt64(1 + desk.random(below: tickets))).dropLast(2))*" }
            ),
        ]
        for (name, question) in questions {
            for sort in ["", "-created_at"] {
                var taken: [Double] = []
                for _ in 0..<meter.operations(200) {
                    let text = question()
                    let start = SystemClock.threadNanoseconds()
                    try answer(
                        .tickets(try Expression(parsing: text), try TicketOrder(parsing: sort), ListRange(), by: nil))
                    taken.append(Double(SystemClock.threadNanoseconds() - start))
                }
                meter.show("a page of 50: \(name)\(sort.isEmpty ? "" : ", sort=\(sort)")", taken)
            }
        }
    }

    /// One of so frequent a word, or of the rarest where there are not so many.
    private func word(_ first: Int, _ end: Int) -> String {
        prose.word(rank: min(first + desk.random(below: end - first), prose.vocabulary - 1))
    }

    private func scan(_ meter: Meter) throws {
        let start = SystemClock.threadNanoseconds()
        try answer(.count(try Expression(parsing: "version > 100"), by: nil))
        meter.show("a full scan, one ticket", [Double(SystemClock.threadNanoseconds() - start) / Double(tickets)])
    }

    private func answer(_ question: FindQuestion) throws {
        let run = try index.begin(question, desk.routing, desk.shards, at: desk.now)
        while true {
            guard try run.advance(desk.routing, desk.shards, tickets: 64) else { continue }
            if run.answer(desk.routing, desk.shards, index) != nil { return }
        }
    }

    /// Memory of this process that is in use.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 127, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
