import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// One answer, and the record that must be durable before anyone may see it.
public struct LaneAnswer: Sendable {
    public var outcome: Outcome
    public var waitsFor: LogSequenceNumber
}

/// Decides who gets what, and is the one place where a command commits: admit, decide, apply, serve the queues, append
/// one record. All of that is one synchronous turn on the lane; nothing in it awaits.
public actor LoadBalancer: LaneBound {
    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    private var state: LaneState
    private let shards: LaneShards
    private var timekeeper: Timekeeper
    private let journalGatherBytes: Int
    /// Asks for a moment of rest in a question that runs beside other work.
    private let rest: @Sendable (UInt64) async -> Void
    /// Asks for a call of `useSpareTime` when nothing else is to be done.
    private let askForSpareTime: @Sendable () -> Void
    /// When it was last looked how busy the lane is, what was counted then, and what came of it.
    private var busySample: (at: UInt64, busy: UInt64, isBusy: Bool) = (0, 0, false)
    /// Spare time was asked for and has not come, or is being used.
    private var isUsingSpareTime = false
    /// Scans under way, and those that wait for one of them to end.
    private var scans = 0
    private var waitingScans: [CheckedContinuation<Void, Never>] = []
    /// The last outage of the journal of which a record tells, by its end.
    private var toldOutage: Int64?

    init(
        _ routing: consuming Routing, _ tables: Shards, journal: Journal, timekeeper: consuming Timekeeper,
        options: EngineOptions, pace: LanePace, on lane: Lane
    ) {
        rest = pace.rest
        askForSpareTime = pace.askForSpareTime
        state = LaneState(routing, tables, journal, mostRequests: options.mostRequests)
        shards = LaneShards(tables, on: lane)
        self.timekeeper = timekeeper
        journalGatherBytes = options.wakesJournal ? 0 : options.journal.gatherBytes
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }

    /// Carries out requests in order and answers each. Time is read once for the batch.
    public func execute(_ requests: [DomainRequest]) -> [LaneAnswer] {
        let start = SystemClock.monotonicNanoseconds()
        let now = serviceTime()
        let answers = turn { state in state.execute(requests, at: now) }
        state.statistics.add(turn: SystemClock.monotonicNanoseconds() - start, requests: requests.count)
        return answers
    }

    /// As `execute`, for a caller on the lane's thread: one that is outside of any task, such as a loop that serves its
    /// sockets, reaches the balancer so without the switches to a task and back. Traps on any other thread.
    ///
    /// What `assumeIsolated` does, but without a closure's allocation and with the lane's own check.
    public nonisolated func executeHere(_ requests: [DomainRequest]) -> [LaneAnswer] {
        lane.checkIsolated()
        typealias Isolated = (isolated LoadBalancer, [DomainRequest]) -> [LaneAnswer]
        typealias Plain = (LoadBalancer, [DomainRequest]) -> [LaneAnswer]
        let execute: Isolated = { balancer, requests in balancer.execute(requests) }
        // The two types are represented alike: isolation is a promise of the caller's, and was checked.
        return unsafeBitCast(execute, to: Plain.self)(self, requests)
    }

    /// Fires every timer that is due. Called when the wake-up comes.
    public func fireTimers() {
        timekeeper.disarm()
        let now = serviceTime()
        turn { state in state.fireTimers(until: now) }
    }

    /// The journal works again after an outage: a record tells of it, and what came due meanwhile fires. While it has
    /// failed anew this does nothing.
    public func noteInterruption() {
        guard let outage = state.journal.outage, let until = outage.untilMilliseconds, until != toldOutage else {
            return
        }
        guard state.refusal() == nil else { return }
        let now = serviceTime()
        var event = JournalInterrupted()
        event.from = Timestamp(milliseconds: outage.fromMilliseconds)
        event.until = Timestamp(milliseconds: until)
        event.cause = outage.cause
        turn { state in
            state.fireTimers(until: now)
            _ = state.commit(.noteInterruption(event), at: now)
        }
        toldOutage = until
    }

    /// A check found what disagrees: a record tells of it. While the disk refuses, the log alone does.
    public func note(_ event: SelfCheckFailed) {
        guard state.refusal() == nil else { return }
        let now = serviceTime()
        turn { state in
            state.fireTimers(until: now)
            _ = state.commit(.noteSelfCheck(event), at: now)
        }
    }

    /// Gives what a restart may have left to give, and fires what became due meanwhile.
    public func begin() {
        let now = serviceTime()
        turn { state in state.begin(at: now) }
    }

    public func serviceTime() -> Timestamp {
        let clock = timekeeper.now()
        return state.routing.lastTime.map { max($0, clock) } ?? clock
    }

    /// Moves the manual clock. Every timer due until then fires in order, each seeing its own due time.
    public func moveClock(_ target: @Sendable (Timestamp) -> Timestamp) -> LaneAnswer {
        guard timekeeper.isManual else {
            return LaneAnswer(.err, "the clock is the system's: start the server with --clock manual to move it")
        }
        let now = serviceTime()
        let time = target(now)
        guard time >= now else { return LaneAnswer(.badArgument, "the clock does not go back") }
        guard time <= Timestamp.latest else { return LaneAnswer(.badArgument, "that is later than the year 9999") }
        if let refusal = state.refusal() { return refusal }
        return turn { state in
            state.fireTimers(until: time)
            timekeeper.move(to: time)
            if time > now { _ = state.commit(.advanceClock, at: time) }
            return LaneAnswer(outcome: .document(.time(time)), waitsFor: state.routing.lastRecord)
        }
    }

    /// All state at this moment. Costs a few hundred microseconds at the most: pages are shared, not copied.
    public func image() -> StateImage {
        let tables = shards.images()
        return StateImage(tickets: tables.tickets, agents: tables.agents, routing: state.routing.image())
    }

    public func figures() -> LaneFigures { LaneFigures(state.statistics, state.routing) }

    public func resetStatistics() { state.statistics = LaneStatistics() }

    // MARK: Finding

    /// Answers a question over as many turns as it needs. `nil`: nobody waits for the answer any more.
    public func find(_ question: FindQuestion, _ interest: FindInterest = FindInterest()) async -> LaneAnswer? {
        await catchUp(interest)
        let now = serviceTime()
        let begun: Result<FindRun, Rejection> = turn { state in
            do throws(Rejection) {
                return .success(try state.index.begin(question, state.routing, state.shards, at: now))
            } catch {
                return .failure(error)
            }
        }
        let run: FindRun
        switch begun {
        case .success(let found): run = found
        case .failure(let rejection):
            return LaneAnswer(outcome: .rejected(rejection), waitsFor: state.routing.lastRecord)
        }
        let isScan = run.mostTickets > FindPace.scanTickets
        if isScan { await beginScan() }
        defer { if isScan { endScan() } }
        while interest.isAlive {
            let before = state.statistics.requests
            let start = SystemClock.monotonicNanoseconds()
            let answer = turn { state in state.advance(run, since: start) }
            if let answer { return answer }
            await giveWay(
                after: SystemClock.monotonicNanoseconds() - start, since: before, rests: FindPace.restsBesideWork)
        }
        return nil
    }

    /// Indexes what was noted until now, slice by slice.
    private func catchUp(_ interest: FindInterest) async {
        let generation = state.index.generationToAwait
        while interest.isAlive {
            let before = state.statistics.requests
            let start = SystemClock.monotonicNanoseconds()
            let isDone = turn { state in state.catchUp(since: start, until: generation, by: .awaited) }
            guard !isDone else { return }
            await giveWay(
                after: SystemClock.monotonicNanoseconds() - start, since: before, rests: FindPace.restsBesideIndexing)
        }
    }

    /// Brings the index up to date as long as the lane is not busy with other work, giving way to it; then asks to be called
    /// again.
    public func useSpareTime() async {
        repeat {
            let before = state.statistics.requests
            let start = SystemClock.monotonicNanoseconds()
            let isDone = turn { state in state.catchUp(since: start, by: .inSpareTime) && state.tidy(since: start) }
            guard !isDone else {
                isUsingSpareTime = false
                return
            }
            await giveWay(
                after: SystemClock.monotonicNanoseconds() - start, since: before, rests: FindPace.restsBesideIndexing)
        } while !isBusy()
        askForSpareTime()
    }

    /// Whether requests take so much of the lane's time that none is to spare.
    private func isBusy() -> Bool {
        let (now, busy) = (SystemClock.monotonicNanoseconds(), state.statistics.busyNanoseconds)
        guard now - busySample.at >= FindPace.sampleNanoseconds else { return busySample.isBusy }
        // The count begins anew with `CONFIG RESETSTAT`.
        let share = Double(busy &- min(busySample.busy, busy)) / Double(now - busySample.at)
        busySample = (at: now, busy: busy, isBusy: share > FindPace.busyShare)
        return busySample.isBusy
    }

    /// Compares the index with the tickets, slice by slice; what was compared when nobody waits for it any more.
    func verifyIndex(_ interest: FindInterest) async -> (checked: Int, problems: [String]) {
        var check = FindCheck()
        await catchUp(interest)
        while interest.isAlive {
            let before = state.statistics.requests
            let start = SystemClock.monotonicNanoseconds()
            let isDone = turn { state in state.check(&check, since: start) }
            guard !isDone else { return (check.checked, check.problems) }
            await giveWay(
                after: SystemClock.monotonicNanoseconds() - start, since: before, rests: FindPace.restsBesideWork)
        }
        return (check.checked, check.problems)
    }

    /// Lets others have their turn; when there are any, for a multiple of the slice that was taken.
    private func giveWay(after nanoseconds: UInt64, since requests: UInt64, rests: UInt64) async {
        await Task.yield()
        guard state.statistics.requests != requests else { return }
        await rest(nanoseconds * rests)
    }

    private func beginScan() async {
        guard scans >= FindPace.mostScans else {
            scans += 1
            return
        }
        // Whoever ends one hands its place on.
        await withCheckedContinuation { waitingScans.append($0) }
    }

    private func endScan() {
        guard !waitingScans.isEmpty else {
            scans -= 1
            return
        }
        waitingScans.removeFirst().resume()
    }

    /// Borrows the shards' tables, does `body`, gives them back, hands the turn's records to the journal's thread and
    /// sees to the next timer.
    private func turn<Result>(_ body: (inout LaneState) -> Result) -> Result {
        shards.exchange(&state.shards)
        let result = body(&state)
        shards.exchange(&state.shards)
        state.journal.wake(over: journalGatherBytes)
        let due = state.timersRetry ?? state.routing.timers.first?.due
        timekeeper.arm(due)
        if !isUsingSpareTime, state.index.backlog > 0 {
            isUsingSpareTime = true
            askForSpareTime()
        }
        return result
    }
}
