import SwitchboardPlatform

/// Says once a second how far a recovery is, when it takes longer than that.
struct RecoveryProgress {
    static let intervalNanoseconds: UInt64 = 1_000_000_000

    private let totalBytes: Int
    private let now: () -> UInt64
    private let tell: (String) -> Void
    private var told: UInt64
    private var doneBytes = 0
    private var sections = 0
    private var records = 0

    /// - Parameters:
    ///   - now: nanoseconds of a monotonic clock.
    ///   - tell: given each line.
    init(
        totalBytes: Int, now: @escaping () -> UInt64 = SystemClock.monotonicNanoseconds,
        tell: @escaping (String) -> Void = Log.info
    ) {
        self.totalBytes = totalBytes
        self.now = now
        self.tell = tell
        told = now()
    }

    /// The snapshot was read up to the byte `offset` of its file.
    mutating func section(through offset: Int) {
        doneBytes = offset
        sections += 1
        say()
    }

    /// One record more; `bytes` are those of its frame.
    @inline(__always)
    mutating func record(bytes: Int) {
        doneBytes += bytes
        records += 1
        // The clock is not looked at for each of a million records.
        if records & 0x3FF == 0 { say() }
    }

    private mutating func say() {
        let time = now()
        guard time - told >= Self.intervalNanoseconds else { return }
        told = time
        let percent = totalBytes == 0 ? 100 : min(100, doneBytes * 100 / totalBytes)
        tell(
            "recovering: \(percent) % (\(doneBytes >> 20) of \(totalBytes >> 20) MiB), \(sections) snapshot sections, "
                + "\(records) records")
    }
}
