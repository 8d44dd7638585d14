import SwitchboardPlatform
import SwitchboardTransport

/// Gives memory back to the system after a crowd of connections has gone.
final class MemoryReturn: @unchecked Sendable {
    // @unchecked because everything that changes is touched on the loop only.
    private let loop: EventLoop
    private var alarm: Alarm?
    private var ended = 0

    /// Fewer ended connections than this are everyday coming and going and not worth the pause.
    private static let crowd = 50
    /// How long nobody must have gone before it is done.
    private static let quietNanoseconds: UInt64 = 1_000_000_000

    init(_ loop: EventLoop) { self.loop = loop }

    /// A connection has ended. From any thread.
    func connectionEnded() {
        loop.post { [self] in
            ended += 1
            guard ended >= Self.crowd else { return }
            let alarm = alarm ?? Alarm(on: loop) { [weak self] in self?.fire() }
            self.alarm = alarm
            alarm.set(atMonotonicNanoseconds: SystemClock.monotonicNanoseconds() + Self.quietNanoseconds)
        }
    }

    private func fire() {
        ended = 0
        Heap.giveBack()
    }
}
