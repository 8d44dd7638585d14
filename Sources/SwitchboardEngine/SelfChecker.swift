import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// Recomputes everything from the tickets of one moment and compares: for `VERIFY`, and by itself every now and then. Takes an
/// image in one turn of the lane and works on it on a thread of its own, in the time that no other thread wants.
public actor SelfChecker: LaneBound {
    /// What is known of the checks since the start.
    public struct Status: Sendable {
        public var isRunning = false
        /// Those that are done, `VERIFY` included.
        public var checks: UInt64 = 0
        /// What all of them found.
        public var problems: UInt64 = 0
        /// Of the last one: real time of its end in milliseconds since 1970, how long it took, what it compared and found.
        public var lastMilliseconds: Int64?
        public var lastDurationMilliseconds: Int64?
        public var lastChecked = 0
        public var lastPlacesCompared = 0
        public var lastProblems = 0
    }

    // Kept alive here, because an unowned executor does not keep its lane alive.
    private let lane: Lane
    nonisolated let laneExecutor: UnownedSerialExecutor
    private let balancer: LoadBalancer
    private let journal: Journal
    private let worker = Worker(name: "verify")
    /// Ends with the server, so that its end does not wait for a check.
    private nonisolated let interest = FindInterest()
    private var status = Status()
    private var running = 0

    init(_ balancer: LoadBalancer, journal: Journal, on lane: Lane) {
        self.balancer = balancer
        self.journal = journal
        self.lane = lane
        laneExecutor = lane.asUnownedSerialExecutor()
    }

    public func current() -> Status { status }

    /// A check that nobody asked for; nothing while another one is under way.
    public func checkInBackground() async {
        guard running == 0 else { return }
        _ = await check(wasAsked: false)
    }

    /// Checks the state as it is now. What disagrees is told in the log, a line each, and in a record of the journal.
    ///
    /// - Parameter wasAsked: by `VERIFY`, which shows the digest, too.
    /// - Returns: what was found, and the last record of the state that was looked at.
    func check(wasAsked: Bool) async -> (result: Verification, shows: LogSequenceNumber) {
        running += 1
        status.isRunning = true
        let start = SystemClock.monotonicNanoseconds()
        let index = await balancer.verifyIndex(interest)
        let image = await balancer.image()
        let result = await worker.run { [journal, interest] in
            journal.besideLongWork {
                var result = image.verify(withDigest: wasAsked, while: { interest.isAlive })
                result.add(checked: index.checked, problems: index.problems)
                return result
            }
        }
        running -= 1
        status.isRunning = running > 0
        let shows = image.routing.lastRecord
        guard interest.isAlive else { return (result, shows) }
        note(result, nanoseconds: SystemClock.monotonicNanoseconds() - start)
        if !result.isOK { await report(result, of: shows, wasAsked) }
        return (result, shows)
    }

    private func note(_ result: Verification, nanoseconds: UInt64) {
        status.checks += 1
        status.problems += UInt64(result.problemCount)
        status.lastMilliseconds = SystemClock.wallMilliseconds()
        status.lastDurationMilliseconds = Int64(nanoseconds / 1_000_000)
        status.lastChecked = result.checked
        status.lastPlacesCompared = result.placesCompared
        status.lastProblems = result.problemCount
    }

    private func report(_ result: Verification, of record: LogSequenceNumber, _ wasAsked: Bool) async {
        Log.error(
            "the state at record \(record.rawValue) disagrees with itself in \(result.problemCount) of \(result.checked) "
                + "facts; tell who makes this program, with these lines and a copy of the data folder:")
        for problem in result.problems { Log.error("self-check: \(problem)") }
        await balancer.note(SelfCheckFailed(result, of: record, wasAsked: wasAsked))
    }

    /// Ends a check under way, and the thread. None may be asked for after that.
    nonisolated func close() {
        interest.end()
        worker.close()
    }
}
