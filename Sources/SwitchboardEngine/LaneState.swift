import SwitchboardModel
import SwitchboardStorage

/// All that a turn of the lane reads and changes. One value, so that exclusive access to it is checked once a turn and
/// not for each field that a command touches; not copyable, so that it cannot be copied by accident.
struct LaneState: ~Copyable {
    var routing: Routing
    /// The shards' tables during a turn; empty ones between turns.
    var shards: Shards
    /// What FIND looks things up in.
    var index = FindIndex()
    let journal: Journal
    /// How many requests with an id of their own are remembered at most.
    private let mostRequests: Int
    var statistics = LaneStatistics()
    /// What the command under way causes; empty between commands. Kept, so that a command makes no array of its own.
    private var events: [Event] = []
    /// When timers that the disk held up are tried again; `nil` when it held none up.
    private(set) var timersRetry: Timestamp?
    /// The leases of agents are to be renewed before any timer fires: the server was not there to hear heartbeats.
    private var renewsLeases = false

    /// How long timers wait that came due while the disk refused.
    private static let timerRetry = TimeSpan(milliseconds: 1000)
    /// Room that the journal must have for the worst that one command may cause, its own text apart.
    private static let worstRecordBytes = 4 << 20

    /// - Parameter tables: as those that will be lent are now.
    init(_ routing: consuming Routing, _ tables: borrowing Shards, _ journal: Journal, mostRequests: Int) {
        self.routing = routing
        self.mostRequests = mostRequests
        self.journal = journal
        self.shards = Shards(shards: tables.tickets.count)
        index.noteAll(tables)
    }

    /// Carries out requests in order and answers each.
    mutating func execute(_ requests: [DomainRequest], at now: Timestamp) -> [LaneAnswer] {
        var answers: [LaneAnswer] = []
        answers.reserveCapacity(requests.count)
        fireTimers(until: now)
        let requests = requests.span
        for place in requests.indices {
            switch requests[place] {
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
        return answers
    }

    /// After a start: fires what became due meanwhile and looks at every queue.
    mutating func begin(at now: Timestamp) {
        renewsLeases = true
        fireTimers(until: now)
        routing.reconsiderAllQueues()
        serveWaitingRoutes(at: now)
    }

    /// Why no command can be accepted now; `nil` when one can.
    func refusal() -> LaneAnswer? {
        do throws(StorageError) { try journal.admit(bytes: Self.worstRecordBytes) } catch {
            let isFull = error.code == .busy
            return LaneAnswer(isFull ? .busy : .misconfigured, "nothing was changed: \(error.message)")
        }
        return nil
    }

    /// Carries a command out; with a name for the request its answer is remembered.
    mutating func commit(_ command: Command, remembering request: RequestName? = nil, at now: Timestamp) -> LaneAnswer {
        if let refusal = refusal() { return refusal }
        let number = routing.lastRecord.next
        let committed = routing.commit(
            command, &shards, at: now, record: number, remembering: request, into: &events)
        guard !events.isEmpty else {
            if case .rejected = committed.outcome { statistics.rejections += 1 }
            return LaneAnswer(outcome: committed.outcome, waitsFor: committed.shows)
        }
        append(at: now, number)
        serveWaitingRoutes(at: now)
        return LaneAnswer(outcome: committed.outcome, waitsFor: number)
    }

    /// Carries a command out unless a request of this name was before; then its answer waits for the first one's record.
    private mutating func commit(_ command: Command, once request: RequestName, at now: Timestamp) -> LaneAnswer {
        // Before the disk is asked about, since an answer given again writes nothing.
        if let known = routing.answer(to: request, at: now) {
            if case .rejected = known.reply { statistics.rejections += 1 }
            return LaneAnswer(outcome: known.reply, waitsFor: known.shows)
        }
        do throws(Rejection) { try routing.requireRoomToRemember(most: mostRequests, at: now) } catch {
            statistics.rejections += 1
            return LaneAnswer(outcome: .rejected(error), waitsFor: routing.lastRecord)
        }
        return commit(command, remembering: request, at: now)
    }

    /// Fires in order every timer that is due by `now`, each at its own time.
    mutating func fireTimers(until now: Timestamp) {
        timersRetry = nil
        if renewsLeases { renewLeases(at: now) }
        while let timer = routing.timers.first, timer.due <= now {
            // While the disk fails no timer fires: it stays due.
            guard refusal() == nil else {
                timersRetry = now + Self.timerRetry
                return
            }
            let time = routing.lastTime.map { max($0, timer.due) } ?? timer.due
            let number = routing.lastRecord.next
            let committed = routing.commit(.fireTimer(timer), &shards, at: time, record: number, into: &events)
            precondition(!events.isEmpty, "\(timer) fired and left nothing: \(committed.outcome)")
            append(at: time, number)
            serveWaitingRoutes(at: time)
        }
    }

    /// Of the time before, so that what came due meanwhile still fires at its own time. While the disk refuses, no timer
    /// fires either.
    private mutating func renewLeases(at now: Timestamp) {
        if routing.needsLeaseRenewal(at: now) {
            guard refusal() == nil else { return }
            _ = commit(.renewLeases(now), at: routing.lastTime ?? now)
        }
        renewsLeases = false
    }

    /// Goes on where one record was too small for all that was to be given.
    private mutating func serveWaitingRoutes(at now: Timestamp) {
        while routing.hasWaitingRoutes {
            let number = routing.lastRecord.next
            _ = routing.commit(.routeWaiting, &shards, at: now, record: number, into: &events)
            guard !events.isEmpty else { return }
            append(at: now, number)
        }
    }

    /// Appends the record of `events`.
    private mutating func append(at now: Timestamp, _ number: LogSequenceNumber) {
        // Out of the state while they are read: otherwise each of these would count a reference.
        var events: [Event] = []
        swap(&events, &self.events)
        let given = journal.appendQuietly { RecordCodec.encode(events, at: now, appendingTo: &$0) }
        precondition(given == number, "record \(number.rawValue) was given the number \(given.rawValue)")
        statistics.count(events)
        index.note(events)
        // One or two mostly. `removeAll` would destroy them through their type's metadata.
        while events.popLast() != nil {}
        swap(&events, &self.events)
    }
}

extension LaneAnswer {
    /// A refusal, which shows nothing.
    init(_ code: Rejection.Code, _ message: String) {
        self.init(outcome: .rejected(Rejection(code, message)), waitsFor: .none)
    }
}
