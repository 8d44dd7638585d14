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
    private var routing: Routing
    private var shards: LaneShards
    private let journal: Journal
    private let timekeeper: Timekeeper
    private var record = ByteWriter(capacity: 4096)
    private var statistics = LaneStatistics()
    /// When timers that the disk held up are tried again.
    private var timersRetry: Timestamp?
    /// The last outage of the journal of which a record tells, by its end.
    private var toldOutage: Int64?

    /// How long timers wait that came due while the disk refused.
    private static let timerRetry = TimeSpan(milliseconds: 1000)
    /// Room that the journal must have for the worst that one command may cause, its own text apart.
    private static let worstRecordBytes = 4 << 20

    init(
        _ routing: consuming Routing, _ shards: LaneShards, journal: Journal, timekeeper: Timekeeper, on lane: Lane
    ) {
        self.routing = routing
        self.shards = shards
        self.journal = journal
        self.timekeeper = timekeeper
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }

    /// Carries out requests in order and answers each. Time is read once for the batch.
    public func execute(_ requests: [DomainRequest]) -> [LaneAnswer] {
        let start = SystemClock.monotonicNanoseconds()
        let now = serviceTime()
        var answers: [LaneAnswer] = []
        answers.reserveCapacity(requests.count)
        fireTimers(until: now)
        for request in requests {
            switch request {
            case .command(let command):
                answers.append(commit(command, at: now))
                if let due = routing.timers.first?.due, due <= now { fireTimers(until: now) }
            case .query(let query):
                let (reply, shows) = routing.answer(query, shards, at: now)
                answers.append(LaneAnswer(outcome: reply, waitsFor: shows))
            }
        }
        finishTurn()
        statistics.add(turn: SystemClock.monotonicNanoseconds() - start, requests: requests.count)
        return answers
    }

    /// Fires every timer that is due. Called when the wake-up comes.
    public func fireTimers() {
        timekeeper.assumeIsolated { $0.disarm() }
        fireTimers(until: serviceTime())
        finishTurn()
    }

    /// The journal works again after an outage: a record tells of it, and what came due meanwhile fires. While it has
    /// failed anew this does nothing.
    public func noteInterruption() {
        guard let outage = journal.outage, let until = outage.untilMilliseconds, until != toldOutage else { return }
        do { try journal.admit(bytes: Self.worstRecordBytes) } catch { return }
        let now = serviceTime()
        fireTimers(until: now)
        var event = JournalInterrupted()
        event.from = Timestamp(milliseconds: outage.fromMilliseconds)
        event.until = Timestamp(milliseconds: until)
        event.cause = outage.cause
        _ = commit(.noteInterruption(event), at: now)
        toldOutage = until
        finishTurn()
    }

    /// Gives what a restart may have left to give, and fires what became due meanwhile.
    public func begin() {
        let now = serviceTime()
        fireTimers(until: now)
        routing.reconsiderAllQueues()
        serveWaitingRoutes(at: now)
        finishTurn()
    }

    public func serviceTime() -> Timestamp {
        let clock = timekeeper.assumeIsolated { $0.now() }
        return routing.lastTime.map { max($0, clock) } ?? clock
    }

    /// Moves the manual clock. Every timer due until then fires in order, each seeing its own due time.
    public func moveClock(_ target: @Sendable (Timestamp) -> Timestamp) -> LaneAnswer {
        guard timekeeper.assumeIsolated({ $0.isManual }) else {
            return rejected(.err, "the clock is the system's: start the server with --clock manual to move it")
        }
        let now = serviceTime()
        let time = target(now)
        guard time >= now else { return rejected(.badArgument, "the clock does not go back") }
        guard time <= Timestamp.latest else { return rejected(.badArgument, "that is later than the year 9999") }
        do { try journal.admit(bytes: Self.worstRecordBytes) } catch { return rejected(error) }
        fireTimers(until: time)
        timekeeper.assumeIsolated { $0.move(to: time) }
        if time > now { _ = commit(.advanceClock, at: time) }
        finishTurn()
        return LaneAnswer(outcome: .document(.time(time)), waitsFor: routing.lastRecord)
    }

    /// All state at this moment. Costs a few hundred microseconds at the most: pages are shared, not copied.
    public func image() -> StateImage {
        StateImage(
            tickets: shards.tickets.map { $0.assumeIsolated { $0.table } },
            agents: shards.agents.map { $0.assumeIsolated { $0.table } },
            routing: routing.image())
    }

    public func figures() -> LaneFigures { LaneFigures(statistics, routing) }

    public func resetStatistics() { statistics = LaneStatistics() }

    // MARK: One turn

    private func commit(_ command: Command, at now: Timestamp) -> LaneAnswer {
        do { try journal.admit(bytes: Self.worstRecordBytes) } catch { return rejected(error) }
        let number = routing.lastRecord.next
        let committed = routing.commit(command, &shards, at: now, record: number)
        guard !committed.events.isEmpty else {
            if case .rejected = committed.outcome { statistics.rejections += 1 }
            return LaneAnswer(outcome: committed.outcome, waitsFor: committed.shows)
        }
        append(committed.events, at: now, number)
        serveWaitingRoutes(at: now)
        return LaneAnswer(outcome: committed.outcome, waitsFor: number)
    }

    private func append(_ events: [Event], at now: Timestamp, _ number: LogSequenceNumber) {
        record.removeAll()
        RecordCodec.encode(events, at: now, into: &record)
        let given = journal.appendQuietly(record.bytes)
        precondition(given == number, "record \(number.rawValue) was given the number \(given.rawValue)")
        statistics.count(events)
    }

    /// Goes on where one record was too small for all that was to be given.
    private func serveWaitingRoutes(at now: Timestamp) {
        while routing.hasWaitingRoutes {
            let number = routing.lastRecord.next
            let committed = routing.commit(.routeWaiting, &shards, at: now, record: number)
            guard !committed.events.isEmpty else { return }
            append(committed.events, at: now, number)
        }
    }

    private func fireTimers(until now: Timestamp) {
        timersRetry = nil
        while let timer = routing.timers.first, timer.due <= now {
            // While the disk fails no timer fires: it stays due.
            do { try journal.admit(bytes: Self.worstRecordBytes) } catch {
                timersRetry = now + Self.timerRetry
                return
            }
            let time = routing.lastTime.map { max($0, timer.due) } ?? timer.due
            let number = routing.lastRecord.next
            let committed = routing.commit(.fireTimer(timer), &shards, at: time, record: number)
            precondition(!committed.events.isEmpty, "\(timer) fired and left nothing: \(committed.outcome)")
            append(committed.events, at: time, number)
            serveWaitingRoutes(at: time)
        }
    }

    /// Hands the turn's records to the journal's thread and sees to the next timer.
    private func finishTurn() {
        journal.wake()
        let due = routing.timers.first?.due
        let retry = timersRetry
        timekeeper.assumeIsolated { $0.arm(retry ?? due) }
    }

    private func rejected(_ code: Rejection.Code, _ message: String) -> LaneAnswer {
        LaneAnswer(outcome: .rejected(Rejection(code, message)), waitsFor: .none)
    }

    private func rejected(_ error: StorageError) -> LaneAnswer {
        let isFull = error.code == .busy
        return rejected(isFull ? .busy : .misconfigured, "nothing was changed: \(error.message)")
    }
}
