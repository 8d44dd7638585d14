import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// How a snapshot gives way while requests come: after each piece it rests, several times as long as the piece took.
///
/// Even work that takes a core only while nobody else wants it is felt where cores are short, and what is written to a disk
/// delays the syncs behind it. So a snapshot beside requests rests most of the time, and takes longer: p99 does not feel what
/// fewer than one request in a hundred meets. Not shared between threads.
struct SnapshotPace {
    /// How long it rests, by the time that a piece took.
    private static let rests: UInt64 = 36
    private static let longestRestNanoseconds: UInt64 = 100_000_000

    private let journal: Journal
    private let mostJournalBytes: Int
    private let bytesBefore: Int
    private var record: LogSequenceNumber
    private var start = SystemClock.monotonicNanoseconds()

    /// - Parameter mostJournalBytes: when the journal has grown by more meanwhile, the snapshot is wanted more than rest.
    init(_ journal: Journal, mostJournalBytes: Int) {
        self.journal = journal
        self.mostJournalBytes = mostJournalBytes
        bytesBefore = journal.durableBytes
        record = journal.appended
    }

    /// A piece is done. Rests if something was changed by others meanwhile.
    mutating func rest() {
        let took = SystemClock.monotonicNanoseconds() - start
        let newest = journal.appended
        if newest != record, journal.durableBytes - bytesBefore < mostJournalBytes {
            Thread.rest(nanoseconds: min(took * Self.rests, Self.longestRestNanoseconds))
        } else {
            Thread.giveWay()
        }
        record = newest
        start = SystemClock.monotonicNanoseconds()
    }
}
