import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTestKit
import SwitchboardWire

/// The steps of a request on its way, each alone.
struct Steps {
    private static let names = ["OPEN", "REPLY", "MESSAGE", "RESOLVE"]
    let seed: UInt64

    func run(_ meter: inout Meter) throws {
        meter.begin("the steps of a request, each alone")
        parse(&meter, "inline") { Lifecycle.inline(ticket: $0) }
        parse(&meter, "RESP") { Lifecycle.arrays(ticket: $0) }
        let desk = HelpDesk(agents: 1000, departments: 5, seed: seed)
        let recorded = lane(&meter, desk)
        encode(&meter, recorded)
        try append(&meter)
        snapshot(&meter, desk)
    }

    // MARK: Wire

    /// From bytes to a command, each kind of request by itself.
    private func parse(_ meter: inout Meter, _ form: String, _ requests: (Int) -> [[UInt8]]) {
        let count = meter.operations(20_000)
        for (kind, name) in Self.names.enumerated() {
            let bytes = (0..<count).flatMap { requests(1 + $0 % 1000)[kind] }
            var input: [UInt8] = []
            // Parsing rewrites lines in place, so that each round needs them anew.
            meter.measure(
                "parse \(form) \(name)", operations: count, prepare: { input = bytes },
                body: {
                    var parser = RequestParser()
                    var found: UInt64 = 0
                    input.withUnsafeMutableBytes { memory in
                        var start = 0
                        while start < memory.count {
                            let step = parser.next(in: UnsafeMutableRawBufferPointer(rebasing: memory[start...]))
                            start += step.consumed
                            found &+= Self.commands(in: step.outcome)
                        }
                    }
                    precondition(found == UInt64(count), "\(found) requests of \(count)")
                    return found
                })
        }
    }

    private static func commands(in outcome: RequestParser.Outcome) -> UInt64 {
        guard case .request(let request) = outcome else { preconditionFailure("no request: \(outcome)") }
        do throws(WireError) {
            guard case .domain(.command) = try CommandTables.all.parse(request) else {
                preconditionFailure("no command")
            }
            return 1
        } catch {
            preconditionFailure("refused: \(error)")
        }
    }

    // MARK: Lane

    /// The commands of one ticket's life.
    private static func commands(_ desk: HelpDesk, ticket: UInt64) -> [Command] {
        let id = TicketID(ticket)
        let texts = Lifecycle.requests(ticket: Int(ticket)).map { $0.last.map { String($0.dropFirst(5)) } ?? "" }
        var open = OpenTicket(department: HelpDesk.department(Int(ticket) % desk.departments), channel: .ticket)
        open.subject = "The printer on the second floor does not print"
        open.body = texts[0]
        return [
            .openTicket(open),
            .replyTicket(
                ReplyTicket(ticket: id, by: HelpDesk.agent(Int(ticket) % desk.agents), body: texts[1])),
            .messageTicket(MessageTicket(ticket: id, body: texts[2])),
            .resolveTicket(ResolveTicket(ticket: id)),
        ]
    }

    /// Decides and commits; returns the events of each kind of request.
    private func lane(_ meter: inout Meter, _ desk: HelpDesk) -> [[Event]] {
        let count = meter.operations(20_000)
        // A ticket to decide about, which stays as it is.
        let subject = desk.nextTicket
        var recorded: [[Event]] = []
        for command in Self.commands(desk, ticket: subject).dropLast() {
            desk.perform(command)
            recorded.append(desk.events)
        }
        for (kind, command) in Self.commands(desk, ticket: subject).enumerated() {
            meter.measure("decide \(Self.names[kind])", operations: count) {
                var sum: UInt64 = 0
                for _ in 0..<count { sum &+= desk.decide(command) }
                return sum
            }
        }
        desk.perform(.resolveTicket(ResolveTicket(ticket: TicketID(subject))))
        recorded.append(desk.events)
        route(&meter, desk, count)
        return recorded
    }

    /// The four requests in turn, each kind timed by itself over a round of tickets; then OPEN and RESOLVE beside tickets that
    /// wait.
    private func route(_ meter: inout Meter, _ desk: HelpDesk, _ count: Int) {
        let tickets = max(count / 4, 1)
        var lives: [[Command]] = []
        func prepare() {
            let next = desk.nextTicket
            lives = (0..<tickets).map { Self.commands(desk, ticket: next + UInt64($0)) }
        }
        meter.measure(
            "commit the four requests of a ticket", operations: tickets, prepare: prepare,
            body: {
                lives.reduce(0) { $0 &+ desk.perform($1) }
            })
        meter.measure(
            "commit OPEN and RESOLVE alone", operations: tickets, prepare: prepare,
            body: {
                lives.reduce(0) { $0 &+ desk.perform($1[0]) &+ desk.perform($1[3]) }
            })
    }

    // MARK: Storage

    private func encode(_ meter: inout Meter, _ recorded: [[Event]]) {
        let count = meter.operations(20_000)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 << 10)
        for (kind, events) in recorded.enumerated() {
            meter.measure("encode \(Self.names[kind])", operations: count) {
                var sum: UInt64 = 0
                for _ in 0..<count {
                    bytes.removeAll(keepingCapacity: true)
                    RecordCodec.encode(events, at: .manualStart, appendingTo: &bytes)
                    sum &+= UInt64(bytes.count)
                }
                return sum
            }
        }
    }

    /// What the lane pays for a record of a usual length; the journal's thread writes it between the rounds.
    private func append(_ meter: inout Meter) throws {
        var options = JournalOptions()
        options.policy = .no
        let folder = try DataFolder("data", on: FakeDisk())
        let journal = try Journal(folder: folder, options: options, after: .none) { _ in }
        defer {
            journal.close()
            folder.release()
        }
        let payload = [UInt8](repeating: 7, count: 175)
        let count = meter.operations(20_000)
        var problem: StorageError?
        func settle() {
            do throws(StorageError) { try journal.sync() } catch { problem = error }
        }
        meter.measure(
            "append 175 bytes to the journal", operations: count, prepare: settle,
            body: {
                payload.withUnsafeBytes { bytes in
                    for _ in 0..<count { journal.appendQuietly { $0.raw(bytes) } }
                }
                return journal.appended.rawValue
            })
        if let problem { throw problem }
    }

    private func snapshot(_ meter: inout Meter, _ desk: HelpDesk) {
        let image = desk.image
        let tickets = Int(desk.nextTicket) - 1
        meter.measure("encode a snapshot, a ticket", operations: tickets) {
            final class Sum { var bytes: UInt64 = 0 }
            let sum = Sum()
            image.forEachSection { _, bytes in
                sum.bytes &+= UInt64(bytes.count)
                return true
            }
            return sum.bytes
        }
    }
}
