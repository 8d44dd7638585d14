import SwitchboardPlatform
import SwitchboardTransport

/// Lets what takes long on the lane wait for a while: some milliseconds, not exactly.
final class LaneRest: @unchecked Sendable {
    // @unchecked because everything that changes is touched on the loop only.
    private let loop: EventLoop
    private var alarm: Alarm?
    private var waiting: [(until: UInt64, continuation: CheckedContinuation<Void, Never>)] = []

    init(_ loop: EventLoop) { self.loop = loop }

    /// Returns after so many nanoseconds of the monotonic clock. Called on any executor.
    func rest(_ nanoseconds: UInt64) async {
        await withCheckedContinuation { continuation in
            loop.post { [self] in
                waiting.append((SystemClock.monotonicNanoseconds() + nanoseconds, continuation))
                arm()
            }
        }
    }

    private func arm() {
        let alarm = alarm ?? Alarm(on: loop) { [weak self] in self?.wake() }
        self.alarm = alarm
        guard let next = waiting.map(\.until).min() else { return alarm.clear() }
        alarm.set(atMonotonicNanoseconds: next)
    }

    private func wake() {
        let now = SystemClock.monotonicNanoseconds()
        let due = waiting.filter { $0.until <= now }
        waiting.removeAll { $0.until <= now }
        arm()
        for sleeper in due { sleeper.continuation.resume() }
    }
}
