import SwitchboardEngine
import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

/// Checks of the whole state, asked for and by themselves, and what they leave behind.
@Suite struct SelfCheckTests {
    private func engine() throws -> EngineUnderTest {
        let engine = try EngineUnderTest()
        for line in [
            "DEPT ADD support", "AGENT ADD ann depts=support ticket=1", "AGENT ONLINE ann",
            "TICKET OPEN channel=ticket dept=support", "TICKET OPEN channel=ticket dept=support",
            "TICKET OPEN channel=ticket dept=support",
        ] {
            #expect(String(decoding: try engine.send(Array((line + "\n").utf8)), as: UTF8.self).hasPrefix("+"))
        }
        return engine
    }

    private func status(_ engine: EngineUnderTest) -> SelfChecker.Status {
        let checker = engine.engine.checker
        return engine.lane.run { await checker.current() }
    }

    private func checkInBackground(_ engine: EngineUnderTest) {
        let checker = engine.engine.checker
        engine.lane.run { await checker.checkInBackground() }
    }

    @Test func `a state that agrees with itself is counted and nothing else`() throws {
        let engine = try engine()
        defer { engine.close() }
        let before = (engine.engine.journal.appended, engine.digest())
        checkInBackground(engine)
        let status = status(engine)
        #expect(status.checks == 2 && status.problems == 0 && status.lastProblems == 0 && !status.isRunning)
        #expect(status.lastChecked > 30 && status.lastPlacesCompared == 0 && status.lastMilliseconds != nil)
        #expect(engine.engine.journal.appended == before.0)
        #expect(engine.digest() == before.1)
    }

    @Test func `places in the queue are compared once something was given past them`() throws {
        let engine = try engine()
        defer { engine.close() }
        _ = try engine.send(Array("TICKET RESOLVE 1\n".utf8))
        checkInBackground(engine)
        #expect(status(engine).lastPlacesCompared == 1 && status(engine).lastProblems == 0)
    }

    @Test func `who was passed over is told in a record, by a check of its own and by VERIFY`() throws {
        let engine = try engine()
        defer { engine.close() }
        try engine.crash {
            let folder = try DataFolder("data", on: $0)
            defer { folder.release() }
            try FaultyRecord.give(TicketID(3), to: AgentIndex(0), in: folder)
        }
        let before = engine.engine.journal.appended
        checkInBackground(engine)
        let first = status(engine)
        #expect(first.checks == 1 && first.problems == 1 && first.lastProblems == 1)
        let problems = engine.verify().problems
        #expect(problems.count == 1 && problems[0].contains("ticket 2 stands in support/ticket"))
        #expect(status(engine).problems == 2)
        try engine.engine.journal.sync()

        var told: [SelfCheckFailed] = []
        try engine.crash {
            let folder = try DataFolder("data", on: $0)
            defer { folder.release() }
            _ = try JournalReader.read(folder, after: before) { _, payload in
                for case .selfCheckFailed(let event) in try RecordCodec.decode(payload).events { told.append(event) }
            }
        }
        #expect(told.map(\.wasAsked) == [false, true])
        #expect(told.map(\.problems) == [1, 1] && told[0].checked > 30)
        #expect(told.map(\.record) == [before, before.next])
        #expect(told[0].lines.map(\.text) == problems)
        // Records that tell change nothing: it starts, and finds the same.
        #expect(engine.verify().problems == problems)
    }

    @Test func `while the disk refuses nothing is written, and the next check tells`() throws {
        let engine = try engine()
        defer { engine.close() }
        try engine.crash {
            let folder = try DataFolder("data", on: $0)
            defer { folder.release() }
            try FaultyRecord.give(TicketID(3), to: AgentIndex(0), in: folder)
        }
        engine.disk.faults.syncsToFail = .max
        _ = try engine.execute(["TICKET NOTE 1 body=x by=ann"])
        while engine.engine.journal.health == .healthy { try? engine.engine.journal.sync() }
        let before = engine.engine.journal.appended
        checkInBackground(engine)
        #expect(status(engine).lastProblems == 1)
        #expect(engine.engine.journal.appended == before)
        engine.disk.faults.syncsToFail = 0
        while engine.engine.journal.health != .healthy { try? engine.engine.journal.sync() }
        checkInBackground(engine)
        #expect(engine.engine.journal.appended == before.next)
    }
}
