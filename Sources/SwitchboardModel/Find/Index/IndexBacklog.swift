/// Tickets that wait to be indexed, in two generations: those that are being taken, and those that changed since. Who asks
/// waits for what had changed by then, and not for what changes meanwhile.
struct IndexBacklog: Sendable {
    private var noted = NotedTickets()
    private var taking = NotedTickets()
    /// Generations begun to be taken, and taken to the last.
    private var begun: UInt64 = 0
    private(set) var finished: UInt64 = 0

    var count: Int { noted.count + taking.count }

    @inline(__always)
    mutating func insert(_ id: UInt32) { noted.insert(id) }

    func contains(_ id: UInt32) -> Bool { noted.contains(id) || taking.contains(id) }

    /// When so many generations are finished, all that was noted until now is indexed.
    var generationToAwait: UInt64 { noted.count == 0 ? begun : begun + 1 }

    /// Takes out one ticket; `nil`: there is none.
    mutating func removeFirst() -> UInt32? {
        if taking.count == 0 {
            guard noted.count > 0 else { return nil }
            swap(&noted, &taking)
            begun += 1
        }
        let id = taking.removeFirst()
        if taking.count == 0 { finished = begun }
        return id
    }
}
