import Glibc
import Synchronization

/// Which thread something belongs to at the moment: what an executor answers `checkIsolated` from.
public struct ThreadClaim: ~Copyable, Sendable {
    private let thread = Atomic<UInt>(0)

    public init() {}

    /// Whether the calling thread holds the claim. From any thread.
    public var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// The calling thread holds it from now on.
    public func claim() { thread.store(UInt(pthread_self()), ordering: .relaxed) }

    /// No thread holds it from now on.
    public func giveUp() { thread.store(0, ordering: .relaxed) }
}
