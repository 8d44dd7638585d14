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
    /// How many requests with an id of their own are remembered at most.
    private let mostRequests: Int
    private var record = ByteWriter(capacity: 4096)
    private var statistics = LaneStatistics()

    /// Room that the journal must have for the worst that one command may cause, its own text apart.
    private static let worstRecordBytes = 4 << 20

    init(
        _ routing: consuming Routing, _ shards: LaneShards, journal: Journal, timekeeper: Timekeeper,
        mostRequests: Int, on lane: Lane
    ) {
        self.mostRequests = mostRequests
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
            case .once(let command, let request):
                answers.append(commit(command, once: request, at: now))
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

    private func commit(
        _ command: Command, remembering request: RequestName? = nil, at now: Timestamp
    ) -> LaneAnswer {
        do { try journal.admit(bytes: Self.worstRecordBytes) } catch { return rejected(error) }
        let number = routing.lastRecord.next
        let committed = routing.commit(command, &shards, at: now, record: number, remembering: request)
        guard !committed.events.isEmpty else {
            if case .rejected = committed.outcome { statistics.rejections += 1 }
            return LaneAnswer(outcome: committed.outcome, waitsFor: committed.shows)
        }
        append(committed.events, at: now, number)
        serveWaitingRoutes(at: now)
        return LaneAnswer(outcome: committed.outcome, waitsFor: number)
    }

    /// Carries a command out unless a request of this name was before; then its answer waits for the first one's record.
    private func commit(_ command: Command, once request: RequestName, at now: Timestamp) -> LaneAnswer {
        if let known = routing.answer(to: request, at: now) {
            if case .rejected = known.reply { statistics.rejections += 1 }
            return LaneAnswer(outcome: known.reply, waitsFor: known.shows)
        }
        do { try routing.requireRoomToRemember(most: mostRequests, at: now) } catch {
            statistics.rejections += 1
            return LaneAnswer(outcome: .rejected(error), waitsFor: routing.lastRecord)
        }
        return commit(command, remembering: request, at: now)
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
        while let timer = routing.timers.first, timer.due <= now {
            // While the disk fails no timer fires: it stays due.
            do { try journal.admit(bytes: Self.worstRecordBytes) } catch { return }
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
        timekeeper.assumeIsolated { $0.arm(due) }
    }

    private func rejected(_ code: Rejection.Code, _ message: String) -> LaneAnswer {
        LaneAnswer(outcome: .rejected(Rejection(code, message)), waitsFor: .none)
    }

    private func rejected(_ error: StorageError) -> LaneAnswer {
        let isFull = error.code == .busy
        return rejected(isFull ? .busy : .misconfigured, "nothing was changed: \(error.message)")
    }
}
