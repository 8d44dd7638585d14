import SwitchboardEngine
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTransport

/// What the server does by the clock, on the lane's loop: it wakes the balancer for timers, asks for snapshots and checks itself.
final class Alarms: @unchecked Sendable {
    // @unchecked because everything that changes is touched on the loop only.
    private let loop: EventLoop
    private var engine: Engine?
    private var timers: Alarm?
    private var snapshots: Alarm?
    private var spare: Alarm?
    private var checks: Alarm?
    private var checkEverySeconds = 0
    private(set) var snapshotEverySeconds = 0

    /// How long a jump of the system's clock may go unnoticed while a timer is set and nobody asks for anything.
    private static let longestWaitMilliseconds: UInt64 = 5000

    /// How long the index waits for others before it looks for a moment of its own again.
    private static let spareTimeNanoseconds: UInt64 = 20_000_000

    init(_ loop: EventLoop) { self.loop = loop }

    /// A timer is due after `span`; `nil`: none is. Called on the lane.
    func setTimers(after span: TimeSpan?) {
        let alarm = timers ?? Alarm(on: loop) { [weak self] in self?.fireTimers() }
        timers = alarm
        guard let span else { return alarm.clear() }
        let milliseconds = min(UInt64(span.milliseconds) + 1, Self.longestWaitMilliseconds)
        alarm.set(atMonotonicNanoseconds: SystemClock.monotonicNanoseconds() + milliseconds * 1_000_000)
    }

    /// The lane has something to do for when nobody asks for anything. Called on the lane.
    func setSpareTime() {
        let alarm = spare ?? Alarm(on: loop) { [weak self] in self?.fireSpareTime() }
        spare = alarm
        alarm.set(atMonotonicNanoseconds: SystemClock.monotonicNanoseconds() + Self.spareTimeNanoseconds)
    }

    private func fireSpareTime() {
        guard let engine else { return setSpareTime() }
        _ = loop.task { await engine.balancer.useSpareTime() }
    }

    /// - Parameters:
    ///   - seconds: between snapshots; 0: none are written by the clock.
    ///   - checkEverySeconds: between checks of the whole state; 0: none are made by the clock.
    func start(_ engine: Engine, everySeconds seconds: Int, checkEverySeconds: Int) {
        loop.post { [self] in
            self.engine = engine
            snapshotEvery(seconds)
            self.checkEverySeconds = checkEverySeconds
            setChecks()
        }
    }

    /// Changes the period; 0 ends periodic snapshots. Called on the loop.
    func snapshotEvery(_ seconds: Int) {
        snapshotEverySeconds = seconds
        let alarm = snapshots ?? Alarm(on: loop) { [weak self] in self?.fireSnapshot() }
        snapshots = alarm
        guard seconds > 0 else { return alarm.clear() }
        alarm.set(atMonotonicNanoseconds: SystemClock.monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000)
    }

    /// What a change of the journal's health asks for. Called on any thread.
    func journal(is health: JournalHealth) {
        loop.post { [self] in
            guard let engine else { return }
            switch health {
            case .healthy: _ = loop.task { await engine.balancer.noteInterruption() }
            // The files that a new journal would follow on are gone: the state goes to disk as a whole.
            case .failed(let cause) where cause.code == .gap: save(engine)
            case .failed, .closed: return
            }
        }
    }

    /// It is time for a snapshot. Called on any thread.
    func journalHasGrown() {
        loop.post { [self] in
            if let engine { save(engine) }
        }
    }

    private func save(_ engine: Engine) {
        _ = loop.task {
            // A failure was logged, and the next period tries again.
            do { try await engine.snapshotter.save() } catch { return }
        }
    }

    func stop() {
        loop.post { [self] in
            timers?.clear()
            snapshots?.clear()
            spare?.clear()
            checks?.clear()
            engine = nil
        }
    }

    /// The period in seconds, from any executor.
    func period() async -> Int {
        await withCheckedContinuation { continuation in
            loop.post { [self] in continuation.resume(returning: snapshotEverySeconds) }
        }
    }

    func setPeriod(_ seconds: Int) async {
        await withCheckedContinuation { continuation in
            loop.post { [self] in
                snapshotEvery(seconds)
                continuation.resume()
            }
        }
    }

    private func setChecks() {
        guard checkEverySeconds > 0 else { return }
        let alarm = checks ?? Alarm(on: loop) { [weak self] in self?.fireCheck() }
        checks = alarm
        alarm.set(
            atMonotonicNanoseconds: SystemClock.monotonicNanoseconds() + UInt64(checkEverySeconds) * 1_000_000_000)
    }

    private func fireCheck() {
        guard let engine else { return }
        _ = loop.task { await engine.checker.checkInBackground() }
        setChecks()
    }

    private func fireTimers() {
        guard let engine else { return }
        _ = loop.task { await engine.balancer.fireTimers() }
    }

    private func fireSnapshot() {
        guard let engine else { return }
        save(engine)
        snapshotEvery(snapshotEverySeconds)
    }
}
