import Glibc
import SwitchboardModel
import SwitchboardWire
import Testing

/// Prints what the hot paths cost; checks nothing. Run alone, optimised:
/// `SWITCHBOARD_MEASURE=1 swift test -c release --filter Measurement`.
@Suite(.serialized, .enabled(if: getenv("SWITCHBOARD_MEASURE") != nil))
struct Measurement {
    struct Answer: Sendable {
        let ticket: UInt64
        let by: String
        let body: String
        let version: UInt64?
    }

    private static let table: CommandTable<Answer> = {
        var rows = [
            CommandRow<Answer>(
                "TICKET", "REPLY", ["id"],
                [
                    .option("by", "<agent>", required: true), .option("body", "<text>", required: true),
                    .option("if", "<version>"), .option("rid", "<request id>"),
                ], roles: .agents, "Answer the customer"
            ) { (arguments) throws(WireError) in
                Answer(
                    ticket: try arguments["id"].ticketID(), by: try arguments["by"].identifier(),
                    body: try arguments["body"].text(), version: try arguments[given: "if"]?.unsigned())
            }
        ]
        // As many neighbours as the whole contract has.
        for noun in ["AGENT", "DEPT", "OFFER", "RULE", "VIEW", "CLIENT"] {
            for verb in [
                "ADD", "SET", "SHOW", "LIST", "REMOVE", "TEST", "ONLINE", "OFFLINE", "PAUSE", "RESUME", "QUEUE",
            ] {
                rows.append(
                    CommandRow(noun, verb, roles: .agents, "") { (_) throws(WireError) in
                        Answer(ticket: 0, by: "", body: "", version: nil)
                    })
            }
        }
        return CommandTable(rows)
    }()

    /// The best of many short rounds, in the thread's own time, because other work shares the machine.
    private func measure(_ what: String, _ count: Int = 20_000, _ body: () -> Int) {
        var best = Int.max
        var sum = 0
        for _ in 0..<50 {
            let start = nanoseconds()
            for _ in 0..<count { sum &+= body() }
            best = min(best, nanoseconds() - start)
        }
        print("\(what): \((Double(best) / Double(count) * 10).rounded() / 10) ns (\(sum & 1))")
    }

    private func nanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static let text = String(repeating: "Thank you for your message. ", count: 8).prefix(200)

    @Test(arguments: [RequestForm.inline, .array])
    func `a reply to a ticket, from bytes to a command`(form: RequestForm) {
        let words = ["TICKET", "REPLY", "17", "by=ann", "body=\(Self.text)"]
        var bytes: [UInt8]
        switch form {
        case .inline: bytes = Array("TICKET REPLY 17 by=ann body=\"\(Self.text)\"\r\n".utf8)
        case .array: bytes = Array(("*5\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()).utf8)
        }
        let original = bytes
        var parser = RequestParser()
        let table = Self.table
        bytes.withUnsafeMutableBytes { memory in
            measure("\(form): restore the bytes only") {
                memory.copyBytes(from: original)
                return Int(memory[0])
            }
            measure("\(form): restore, tokenise") {
                memory.copyBytes(from: original)
                guard case .request(let request) = parser.next(in: memory).outcome else { return 0 }
                return request.count
            }
            measure("\(form): restore, tokenise, look up") {
                memory.copyBytes(from: original)
                guard case .request(let request) = parser.next(in: memory).outcome else { return 0 }
                return (try? table.row(request)) ?? -1
            }
            measure("\(form): restore, tokenise, look up, arguments") {
                memory.copyBytes(from: original)
                guard case .request(let request) = parser.next(in: memory).outcome else { return 0 }
                guard let answer = try? table.parse(request) else { return 0 }
                return Int(truncatingIfNeeded: answer.ticket)
            }
        }
    }

    @Test func `a look-up by noun and verb`() throws {
        var bytes = Array("OFFER OFFLINE\n".utf8)
        var parser = RequestParser()
        let table = Self.table
        bytes.withUnsafeMutableBytes { memory in
            guard case .request(let request) = parser.next(in: memory).outcome else { return }
            measure("look up", 200_000) { (try? table.row(request)) ?? -1 }
        }
    }

    @Test func `a pipeline of pings`() {
        var bytes = Array(String(repeating: "PING\r\n", count: 64).utf8)
        var parser = RequestParser()
        bytes.withUnsafeMutableBytes { memory in
            measure("PING, 64 in one read", 2000) {
                var rest = memory
                var count = 0
                while case let step = parser.next(in: rest), case .request(let request) = step.outcome {
                    count += request.count
                    rest = UnsafeMutableRawBufferPointer(rebasing: rest[step.consumed...])
                }
                return count
            }
        }
    }

    @Test func `replies`() {
        var out: [UInt8] = []
        out.reserveCapacity(4096)
        let agent: String? = "ann"
        let text = String(Self.text)
        measure("reply of id, version, status, dept, agent") {
            out.removeAll(keepingCapacity: true)
            Reply.line(to: &out) { json in
                json.beginObject()
                json.member("id", 1001)
                json.member("version", 17)
                json.member("status", "answered")
                json.member("dept", "sales")
                json.member("agent", agent)
                json.endObject()
            }
            return out.count
        }
        measure("a text of 200 bytes as JSON") {
            out.removeAll(keepingCapacity: true)
            Reply.line(to: &out) { $0.string(text) }
            return out.count
        }
        var time = Timestamp.manualStart
        measure("a time") {
            out.removeAll(keepingCapacity: true)
            time.milliseconds &+= 86_400_001
            if time > .latest { time = .manualStart }
            Reply.time(time, to: &out)
            return out.count
        }
    }
}
