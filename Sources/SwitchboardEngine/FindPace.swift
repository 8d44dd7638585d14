import SwitchboardPlatform

/// How what takes long gives way on the lane: by the server's clock and loop.
public struct LanePace: Sendable {
    /// Returns after so many nanoseconds.
    var rest: @Sendable (UInt64) async -> Void
    /// Asks for a call of `LoadBalancer.useSpareTime` soon.
    var askForSpareTime: @Sendable () -> Void

    public init(
        rest: @escaping @Sendable (UInt64) async -> Void, askForSpareTime: @escaping @Sendable () -> Void
    ) {
        self.rest = rest
        self.askForSpareTime = askForSpareTime
    }

    /// Rests for a turn only, and never has spare time.
    public static let simple = LanePace(rest: { _ in await Task.yield() }, askForSpareTime: {})
}

/// How much of the lane's time questions may take.
struct FindPace {
    /// One slice of a question, after which others get their turn.
    static let sliceNanoseconds: UInt64 = 100_000
    /// What is looked at between two looks at the clock.
    static let ticketsAStep = 64
    /// Beside other work a question rests so many times as long as its slice took, so that it takes a twentieth of the lane.
    static let restsBesideWork: UInt64 = 19
    /// And indexing so many times, a fifth of the lane: it is what every question waits for.
    static let restsBesideIndexing: UInt64 = 4
    /// There is no spare time when the lane's turns take more than this share of it: with what is received and sent the loop
    /// is busy about half the time then.
    static let busyShare = 0.2
    /// How long is looked back for that, at least.
    static let sampleNanoseconds: UInt64 = 10_000_000
    /// Questions that look at more tickets than this are scans.
    static let scanTickets = 20_000
    /// Scans that run at once; others wait for one of them to end.
    static let mostScans = 2
}

/// How long the index is brought up to date in one go.
struct IndexingSlice {
    var nanoseconds: UInt64
    /// What is indexed between two looks at the clock: some 15 µs each.
    var tickets: Int

    /// A question waits for it.
    static let awaited = IndexingSlice(nanoseconds: FindPace.sliceNanoseconds, tickets: 4)
    /// Nobody does, and a request that comes meanwhile waits for the slice's end.
    static let inSpareTime = IndexingSlice(nanoseconds: 20_000, tickets: 1)
}
