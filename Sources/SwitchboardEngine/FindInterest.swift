import Synchronization

/// Whether somebody still waits for the answer to a question. Ended on any thread.
public final class FindInterest: Sendable {
    private let isEnded = Atomic<Bool>(false)

    public init() {}

    public func end() { isEnded.store(true, ordering: .relaxed) }

    var isAlive: Bool { !isEnded.load(ordering: .relaxed) }
}
