import Glibc
import SwitchboardPlatform

/// Something with a descriptor that a loop watches: a connection, a listener.
protocol Watched: AnyObject {
    /// Tells this user of a descriptor from earlier ones, of which a report may still be under way.
    var watchStamp: UInt32 { get }
    func handle(_ readiness: Readiness)
    /// The loop ends: close at once.
    func loopEnds()
}

extension EventLoop {
    /// The token of the mailbox's event counter; no descriptor has it.
    static var wakeToken: UInt64 { .max }

    /// How often jobs queued by jobs run before the sockets are looked at again. A task that crosses actors needs a
    /// round for each crossing, and a poll between two of them costs more than the round.
    private static var roundsPerTurn: Int { 4 }

    /// The thread's life. One turn: wait for sockets (not at all when there is work), serve them, run the jobs, flush.
    func run() {
        claim.claim()
        defer { claim.giveUp() }
        while !turn() {}
        for target in watched { target?.loopEnds() }
        repeat {
            _ = mailbox.collect(into: &queue)
            runRounds()
        } while !queue.isEmpty || !mailbox.endIfEmpty()
    }

    /// Returns whether the loop shall stop.
    private func turn() -> Bool {
        let events = poller.wait(timeoutMilliseconds: timeoutMilliseconds())
        turnNanoseconds = SystemClock.monotonicNanoseconds()
        for index in 0..<events { dispatch(poller.event(at: index)) }
        resumeReadyConnections()
        fireAlarms()
        let mail = mailbox.collect(into: &queue)
        if mail.gate > gate { openGate(to: mail.gate) }
        runRounds()
        afterJobs?()
        flushConnections()
        return mail.stop
    }

    private func timeoutMilliseconds() -> Int32 {
        guard queue.isEmpty, readyConnections.isEmpty, connectionsToFlush.isEmpty, mailbox.prepareToSleep() else {
            return 0
        }
        guard nextAlarmNanoseconds < .max else { return -1 }
        let now = SystemClock.monotonicNanoseconds()
        guard nextAlarmNanoseconds > now else { return 0 }
        // Rounded up: waking early would only mean waiting again.
        return Int32(min((nextAlarmNanoseconds - now + 999_999) / 1_000_000, 3_600_000))
    }

    private func dispatch(_ event: Poller.Event) {
        guard event.token != Self.wakeToken else { return }
        let descriptor = Int(truncatingIfNeeded: event.token & 0xFFFF_FFFF)
        // An event handled just before may have closed this one, and a new socket may have its number.
        guard let target = watched[descriptor], target.watchStamp == UInt32(event.token >> 32) else { return }
        target.handle(event.readiness)
        openRequestedGate()
    }

    private func runRounds() {
        let serial = asUnownedSerialExecutor()
        let preferred = asUnownedTaskExecutor()
        for _ in 0..<Self.roundsPerTurn where !queue.isEmpty {
            swap(&queue, &round)
            for job in round {
                switch job {
                case .task(let part): part.runSynchronously(isolatedTo: serial, taskExecutor: preferred)
                case .closure(let body): body()
                }
                openRequestedGate()
            }
            round.removeAll(keepingCapacity: true)
        }
    }

    private func fireAlarms() {
        guard nextAlarmNanoseconds <= turnNanoseconds else { return }
        let now = turnNanoseconds
        // In the order of their moments, even when a late turn finds several due.
        let due = alarms.filter { $0.isDue(at: now) }.sorted { ($0.deadline ?? 0) < ($1.deadline ?? 0) }
        for alarm in due { alarm.fireIfDue(at: now) }
        nextAlarmNanoseconds = alarms.lazy.compactMap(\.deadline).min() ?? .max
    }

    // MARK: Watching

    /// Watches `descriptor` for `target`, which the loop keeps alive until `unwatch`.
    /// Returns 0 or the system's error number.
    func watch(_ descriptor: Int32, for target: any Watched, readiness: Readiness) -> Int32 {
        let token = UInt64(target.watchStamp) << 32 | UInt64(descriptor)
        let code = poller.add(descriptor, token: token, readiness: readiness)
        guard code == 0 else { return code }
        let index = Int(descriptor)
        if index >= watched.count {
            watched.append(contentsOf: repeatElement(nil, count: max(index + 1 - watched.count, watched.count)))
        }
        watched[index] = target
        return 0
    }

    /// Ends the watch, if there is one. Before the descriptor is closed.
    func unwatch(_ descriptor: Int32) {
        poller.remove(descriptor)
        if Int(descriptor) < watched.count { watched[Int(descriptor)] = nil }
    }
}
