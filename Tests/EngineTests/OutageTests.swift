import SwitchboardModel
import SwitchboardTestKit
import Synchronization
import Testing

@testable import SwitchboardEngine
@testable import SwitchboardStorage

/// The lane while the disk refuses, and after it.
@Suite struct OutageTests {
    /// A clock that is set, and what was asked of it.
    private final class Clock: Sendable {
        let now = Atomic<Int64>(1_700_000_000_000)
        /// Milliseconds of the last wake-up asked for; -1: none.
        let wake = Atomic<Int64>(-1)
    }

    @Test func `timers wait for the disk without haste, and a record tells of the outage`() throws {
        let (disk, clock, lane) = (FakeDisk(), Clock(), EngineLane())
        var options = EngineOptions()
        options.journal.retryIntervalMilliseconds = 1
        let engine = try Engine.open(
            try DataFolder("data", on: disk), options: options, clock: .system { clock.now.load(ordering: .relaxed) },
            lane: lane, wake: { clock.wake.store($0?.milliseconds ?? -1, ordering: .relaxed) }, onDurable: { _ in })
        let balancer = engine.balancer
        func execute(_ command: Command) -> LaneAnswer { lane.run { await balancer.execute([.command(command)]) }[0] }
        _ = execute(.addDepartment(AddDepartment(id: DepartmentID("support"))))
        _ = execute(
            .addAgent(
                AddAgent(
                    id: AgentID("ann"),
                    memberships: [MembershipRequest(department: DepartmentID("support"), tier: 0)])))
        var pause = PauseAgent(id: AgentID("ann"))
        pause.span = TimeSpan(milliseconds: 5000)
        _ = execute(.pauseAgent(pause))
        try engine.journal.sync()
        #expect(clock.wake.load(ordering: .relaxed) == 5000)

        disk.faults.syncsToFail = .max
        _ = execute(.addDepartment(AddDepartment(id: DepartmentID("sales"))))
        while engine.journal.health == .healthy { #expect(throws: StorageError.self) { try engine.journal.sync() } }
        clock.now.add(60_000, ordering: .relaxed)
        lane.run { await balancer.fireTimers() }
        #expect(clock.wake.load(ordering: .relaxed) == 1000)
        lane.run { await balancer.noteInterruption() }
        let before = engine.journal.appended

        disk.faults.syncsToFail = 0
        while engine.journal.health != .healthy { try? engine.journal.sync() }
        lane.run { await balancer.noteInterruption() }
        #expect(clock.wake.load(ordering: .relaxed) == -1)
        lane.run { await balancer.noteInterruption() }
        try engine.journal.sync()
        let digest = lane.run { await engine.verify().result.digest.text }
        engine.close()

        // The timer's record, and one that tells; nothing tells twice.
        var told: [Event] = []
        let folder = try DataFolder("data", on: disk)
        let report = try JournalReader.read(folder, after: before) { _, payload in
            told += try RecordCodec.decode(payload).events
        }
        #expect(report.records == 2 && told.count == 2)
        guard case .agentResumed = told[0], case .journalInterrupted(let event) = told[1] else {
            Issue.record("\(told)")
            return
        }
        #expect(event.from <= event.until && event.cause.contains("sync"))
        folder.release()

        let again = try Engine.open(
            try DataFolder("data", on: disk), options: options, clock: .manual, lane: lane, wake: { _ in },
            onDurable: { _ in })
        #expect(lane.run { await again.verify().result.digest.text } == digest)
        again.close()
        lane.stop()
    }
}
