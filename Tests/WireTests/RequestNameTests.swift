import SwitchboardModel
import SwitchboardWire
import Testing

/// `rid=` and what stands for a request's words.
@Suite struct RequestNameTests {
    private func parse(_ words: [String], _ form: RequestForm = .array) throws -> DomainRequest {
        var bytes: [UInt8] =
            switch form {
            case .inline: Array(words.joined(separator: " ").utf8) + [13, 10]
            case .array:
                Array("*\(words.count)\r\n".utf8)
                    + words.flatMap { Array("$\($0.utf8.count)\r\n\($0)\r\n".utf8) }
            }
        var parser = RequestParser()
        return try bytes.withUnsafeMutableBytes { memory in
            guard case .request(let request) = parser.next(in: memory).outcome,
                case .domain(let parsed) = try CommandTables.all.parse(request)
            else { throw WireError(.general, "no request for the domain") }
            return parsed
        }
    }

    private func name(_ line: String, _ form: RequestForm = .array) throws -> RequestName {
        guard case .once(_, let name) = try parse(line.split(separator: " ").map(String.init), form) else {
            throw WireError(.general, "no rid")
        }
        return name
    }

    @Test func `the same words in any form, case of keys and order of options are the same request`() throws {
        let first = try name("TICKET OPEN channel=ticket dept=sales subject=a field.A=1 field.B=2 rid=x")
        #expect(first.id == "x")
        for line in [
            "TICKET OPEN channel=ticket dept=sales subject=a field.A=1 field.B=2 rid=x",
            "ticket Open RID=x CHANNEL=ticket field.B=2 dept=sales subject=a FIELD.A=1",
        ] {
            for form in RequestForm.allCases { #expect(try name(line, form) == first, "\(line)") }
        }
        #expect(
            try name("DEPT SET sales call.strategy=manual rid=x") == name("dept set sales rid=x Call.Strategy=manual"))
    }

    @Test func `other words are another request`() throws {
        let lines = [
            "TICKET OPEN channel=ticket dept=sales subject=a", "TICKET OPEN channel=ticket dept=sales subject=A",
            "TICKET OPEN channel=ticket dept=sales subject=", "TICKET OPEN channel=ticket dept=sales",
            "TICKET OPEN channel=ticket dept=sales body=a", "TICKET OPEN channel=ticket dept=sales field.a=a",
            "TICKET OPEN channel=ticket dept=sales field.A=a", "TICKET OPEN channel=ticket dept=sales field.A=",
            "TICKET OPEN channel=ticket dept=sales field.A=a field.B=b",
            "TICKET OPEN channel=ticket dept=sales field.A=b field.B=a",
            "TICKET OPEN channel=ticket dept=sales field.Aa=", "TICKET ASSIGN 1 ann", "TICKET ASSIGN 1 ann force=yes",
            "TICKET ASSIGN 1 ann force=no", "TICKET ASSIGN 11 nn", "TICKET ASSIGN 1 ann by=ann", "AGENT ONLINE ann",
            "AGENT OFFLINE ann", "AGENT ONLINE ann0", "DEPT SET sales retry=1", "DEPT SET sales call.retry=1",
            "DEPT SET sales chat.retry=1", "DEPT SET sales retry=1s", "DEPT ADD sales retry=1",
            "TICKET RESOLVE 1 if=1", "TICKET RESOLVE 1 if=2", "TICKET RESOLVE 1",
        ]
        let hashes = try lines.map { try name($0 + " rid=x").words }
        #expect(Set(hashes).count == lines.count)
        #expect(Set(hashes.map(\.high)).count == lines.count)
        #expect(Set(hashes.map(\.low)).count == lines.count)
    }

    @Test func `the bits are the same in every version, since they are kept on disk`() throws {
        let words = try name("TICKET OPEN channel=ticket dept=sales subject=0123456789 field.A=1 rid=x").words
        #expect(words == WordsHash(high: 2_761_372_220_259_558_742, low: 7_756_292_266_467_520_308))
    }

    @Test func `a long value is told from another that differs in its last byte`() throws {
        let long = String(repeating: "x", count: (1 << 20) - 5)
        let one = try parse(["TICKET", "NOTE", "1", "by=ann", "body=" + long.dropLast() + "y", "rid=x"])
        let other = try parse(["TICKET", "NOTE", "1", "by=ann", "body=" + long, "rid=x"])
        guard case .once(_, let first) = one, case .once(_, let second) = other else {
            Issue.record("no rid")
            return
        }
        #expect(first.words != second.words)
    }

    @Test func `every write takes a rid and no question does`() {
        for shape in CommandTables.all.shapes.all {
            let isQuestion = ["SHOW", "LIST", "QUEUE", "TICKETS", "HISTORY", "WHY", "RUN", "PAUSES", "EXPORT"].contains(
                shape.verb)
            let isOfDomain = [
                "TICKET", "AGENT", "DEPT", "WORK", "TASK", "CONVERSATION", "ATTACHMENT", "DELIVERY", "VIEW", "OFFER",
                "SCHEDULE", "ROSTER",
            ].contains(shape.noun)
            let isWrite = isOfDomain && !isQuestion && shape.name != "AGENT WORK"
            #expect(shape.usage.hasSuffix(" [rid=<request-id>]") == isWrite, "\(shape.usage)")
        }
    }
}
