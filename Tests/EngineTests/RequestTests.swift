import SwitchboardEngine
import SwitchboardModel
import SwitchboardTestKit
import Testing

/// Requests with an id of their own, where a transcript cannot look.
struct RequestTests {
    private func lines(_ engine: EngineUnderTest, _ requests: String...) throws -> [String] {
        var answers: [String] = []
        for request in requests {
            let answer = String(decoding: try engine.send(Array((request + "\r\n").utf8)), as: UTF8.self)
            // Of an answer, its code.
            answers.append(String(answer.prefix { $0 != " " && $0 != "{" && $0 != "\r\n" }))
        }
        return answers
    }

    private func open(_ id: String) -> DomainRequest {
        let command = Command.openTicket(OpenTicket(department: DepartmentID("sales"), channel: .ticket))
        return .once(command, RequestName(id, words: WordsHash(high: 1, low: 2)))
    }

    @Test func `an answer given again waits for the first one's record, in the same batch too`() throws {
        let engine = try EngineUnderTest()
        defer { engine.close() }
        #expect(try lines(engine, "DEPT ADD sales", "DEPT ADD other") == ["+", "+"])
        let balancer = engine.engine.balancer
        let other = DomainRequest.once(
            .resumeAgent(ResumeAgent(id: AgentID("x"))), RequestName("a", words: WordsHash()))
        let batch = [open("a"), open("a"), open("b"), open("a"), other]
        let first = engine.lane.run { await balancer.execute(batch) }
        #expect(first.map(\.waitsFor.rawValue) == [3, 3, 4, 3, 3])
        if case .rejected(let rejection) = first[4].outcome {
            #expect(rejection.code == .conflict)
        } else {
            Issue.record("\(first[4].outcome)")
        }
        let open = open("b")
        let again = engine.lane.run { await balancer.execute([open]) }
        #expect(again.map(\.waitsFor.rawValue) == [4])
        #expect(engine.engine.journal.appended.rawValue == 4)
    }

    @Test func `at the limit new ids are refused and known ones answered, until one is a day old`() throws {
        let engine = try EngineUnderTest(mostRequests: 2)
        defer { engine.close() }
        let open = "TICKET OPEN channel=ticket dept=sales"
        #expect(
            try lines(engine, "DEPT ADD sales", "\(open) rid=a", "CLOCK ADVANCE 1h", "\(open) rid=b") == [
                "+", "+", "+2000-01-01T01:00:00.000Z", "+",
            ])
        #expect(try lines(engine, "\(open) rid=c", "\(open) rid=a", open, "\(open) rid=b") == ["-BUSY", "+", "+", "+"])
        try engine.crash()
        #expect(try lines(engine, "\(open) rid=c", "CLOCK ADVANCE 82799s", "\(open) rid=c").last == "-BUSY")
        #expect(try lines(engine, "CLOCK ADVANCE 1s", "\(open) rid=c", "\(open) rid=d").suffix(2) == ["+", "-BUSY"])
        #expect(engine.verify().problems == [])
        #expect(engine.image().routing.nextTicket == TicketID(5))
    }

    @Test func `a request that changed nothing leaves a record that holds only its answer`() throws {
        let engine = try EngineUnderTest()
        defer { engine.close() }
        #expect(try lines(engine, "DEPT ADD sales", "AGENT ADD ann depts=sales") == ["+", "+"])
        let before = engine.engine.journal.appended.rawValue
        #expect(try lines(engine, "AGENT RESUME ann", "AGENT OFFLINE ann") == ["+", "+"])
        #expect(engine.engine.journal.appended.rawValue == before)
        #expect(try lines(engine, "AGENT RESUME ann rid=a", "AGENT RESUME ann rid=a") == ["+", "+"])
        #expect(engine.engine.journal.appended.rawValue == before + 1)
    }
}
