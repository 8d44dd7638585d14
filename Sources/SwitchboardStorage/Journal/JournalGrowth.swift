import Synchronization

/// Says once when the journal has grown so far that a snapshot is due. Costs the journal's thread a comparison a group.
final class JournalGrowth: Sendable {
    private let onDue: @Sendable () -> Void
    /// In bytes appended since the journal's start.
    private let dueAt = Atomic<Int>(.max)

    init(_ onDue: @escaping @Sendable () -> Void) { self.onDue = onDue }

    /// From now on, due when so many bytes more have been appended than `appended`. Look afterwards: they may have been.
    func expect(_ bytes: Int, after appended: Int) { dueAt.store(appended + bytes, ordering: .relaxed) }

    func look(at appended: Int) {
        let due = dueAt.load(ordering: .relaxed)
        guard appended >= due else { return }
        // Not again before somebody says when.
        if dueAt.compareExchange(expected: due, desired: .max, ordering: .relaxed).exchanged { onDue() }
    }
}
