import Synchronization

/// Counts of the whole server since its start.
final class ServerStatistics: Sendable {
    let connections = Atomic<UInt64>(0)
    let requests = Atomic<UInt64>(0)

    func reset() {
        connections.store(0, ordering: .relaxed)
        requests.store(0, ordering: .relaxed)
    }
}
