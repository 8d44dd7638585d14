import Glibc
import SwitchboardPlatform

/// A thread that waits for sockets and runs the tasks of their connections.
///
/// It is both a serial executor and a task executor, so an actor may live on it (`unownedExecutor`), and a task
/// started by `task` runs every part of itself on it: a resumed continuation costs under 1 µs instead of the 50 µs
/// of a trip through the global pool. Anything confined to the loop needs no lock.
public final class EventLoop: SerialExecutor, TaskExecutor, @unchecked Sendable {
    // @unchecked because mutable members belong to the loop's thread; other threads touch only `mailbox`, which
    // has a lock, and `claim`, which is atomic. `thread` belongs to whoever starts and joins the loop.
    public let name: String
    let mailbox: Mailbox
    let poller: Poller
    let claim = ThreadClaim()
    private var thread: Thread?

    /// Jobs queued by the loop's own thread, and those collected from the mailbox.
    var queue: [Job] = []
    /// The jobs of the round under way; kept for its storage.
    var round: [Job] = []
    /// What is watched, by descriptor.
    var watched: [(any Watched)?] = []
    /// Connections whose task waits to receive and for which the kernel holds more bytes.
    var readyConnections: [Connection] = []
    /// Connections to flush at the end of this turn.
    var connectionsToFlush: [Connection] = []
    /// Connections with output held back by the gate.
    var gatedConnections: [Connection] = []
    lazy var heldAlarm = Alarm(on: self) { [unowned self] in checkHeldConnections() }
    /// Connections that are closing politely, and the alarm that ends their patience.
    var closingConnections: [Connection] = []
    lazy var closingAlarm = Alarm(on: self) { [unowned self] in checkClosingConnections() }
    var alarms: [Alarm] = []
    var nextAlarmNanoseconds = UInt64.max
    /// Called when the jobs of a turn have run. Set it before `start`, or on the loop's thread.
    public var afterJobs: (() -> Void)?
    let scratch = ReadScratch()
    var outputBuffers = BufferPool()

    /// Output marked with a number up to this one may leave. Read it on the loop's thread.
    public internal(set) var gate: UInt64 = 0
    /// The monotonic clock when this turn began: the time of a batch. Read it on the loop's thread.
    public internal(set) var turnNanoseconds = SystemClock.monotonicNanoseconds()

    /// A loop that does not run yet. What is posted waits for `start`.
    public init(name: String) throws(TransportError) {
        self.name = name
        mailbox = try Mailbox()
        poller = try Poller()
        let code = poller.add(mailbox.wakeDescriptor, token: EventLoop.wakeToken, readiness: [.read, .edge])
        guard code == 0 else { throw TransportError("cannot create an event loop (epoll_ctl)", code: code) }
        // A peer that went away is an error of `send`, not a signal.
        signal(SIGPIPE, SIG_IGN)
    }

    // MARK: From any thread

    /// Starts the thread. Call it once.
    public func start() {
        precondition(thread == nil, "loop \(name) is started twice")
        thread = Thread(name: name) { self.run() }
    }

    /// Asks the thread to end: connections and listeners of the loop are closed at once, what is queued still runs,
    /// and what is posted later is dropped.
    public func stop() { mailbox.requestStop() }

    /// Waits for the thread to end. Not on the loop's own thread.
    public func join() {
        precondition(!isCurrent, "loop \(name) cannot wait for itself")
        thread?.join()
    }

    /// Starts a task that prefers this loop: all of its parts run here, but those isolated to other actors.
    @discardableResult
    public func task(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self, operation: body)
    }

    /// Runs `job` on the loop's thread soon, in the order posted.
    public func post(_ job: @escaping @Sendable () -> Void) { add(.closure(job)) }

    /// Whether the caller runs on the loop's thread.
    public var isCurrent: Bool { claim.isCurrent }

    // MARK: Executor

    public func enqueue(_ job: consuming ExecutorJob) { add(.task(UnownedJob(job))) }

    public func checkIsolated() { preconditionCurrent() }

    public func isIsolatingCurrentContext() -> Bool? { isCurrent }

    private func add(_ job: Job) {
        // On the loop's own thread: no lock, no wake-up.
        if isCurrent { queue.append(job) } else { mailbox.post(job) }
    }

    // MARK: For the loop's own files

    func preconditionCurrent() {
        precondition(isCurrent, "called off the thread of loop \(name)")
    }
}
