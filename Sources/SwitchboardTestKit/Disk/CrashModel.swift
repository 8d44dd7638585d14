/// What becomes of unsynced changes when a `FakeDisk` crashes.
public enum CrashModel: Sendable {
    /// Only the process ended: the kernel keeps what it was given, synced or not.
    case killed
    /// The machine stopped before it had written anything of its own accord.
    case unsyncedLost
    /// The machine stopped somewhere on the way: of each file a prefix of the unsynced writes is there, the last
    /// one torn at any byte; of the names a prefix of the changes.
    case torn(seed: UInt64)
    /// As `torn`, but each unsynced sector of 512 bytes is there or not on its own, and what is missing is zeros.
    case scattered(seed: UInt64)

    var losesAll: Bool {
        if case .unsyncedLost = self { return true }
        return false
    }

    var chance: SeededChance {
        switch self {
        case .killed, .unsyncedLost: SeededChance(seed: 0)
        case .torn(let seed), .scattered(let seed): SeededChance(seed: seed)
        }
    }
}

/// Random numbers that a seed fixes (SplitMix64).
public struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
