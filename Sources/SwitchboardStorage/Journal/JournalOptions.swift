/// How a journal behaves; each limit has its name here.
public struct JournalOptions: Sendable {
    public var policy = FsyncPolicy.always

    /// A segment is followed by the next before it grows past this many bytes. A single longer record still gets
    /// a segment of its own.
    public var segmentBytes = 64 << 20

    /// Segments are filled with zeros ahead of the records: overwriting spares each sync the change of the file's size and
    /// blocks. Off, and where no reply waits for a sync: files grow with their records.
    public var zeroFill = true
    /// What comes of `zeroFill` and the policy.
    var fillsAhead: Bool { zeroFill && policy == .always }

    /// The size of a segment that is made while records wait for it, as the first of a server's run is. Each one made ahead
    /// is `growthFactor` times as long as the one before, up to `segmentBytes`, so that a server that does little takes
    /// little space.
    public var firstSegmentBytes = 1 << 20
    public var growthFactor = 4

    /// So many files of segments that nobody needs are kept to be used again.
    public var spareSegments = 4

    /// `admit` refuses while more bytes than this wait for the disk.
    public var pendingBytesLimit = 256 << 20

    /// Under `everysec`, the longest time between a write and its sync.
    public var syncIntervalMilliseconds = 1000

    /// Under `everysec`, bytes written and not yet synced are kept in memory against a failing sync; past this
    /// many the sync comes early.
    public var retainedBytesLimit = 64 << 20

    /// Under the policies for which no reply waits: how long records gather after a write before the next one, so that
    /// a steady trickle does not wake the journal's thread for each.
    public var gatherMilliseconds = 1

    /// Bytes appended after which the journal's thread begins, though the lane has more to do. Fewer wait for the end of
    /// the loop's turn, so that all requests that came together share one sync.
    public var gatherBytes = 32 << 10

    /// How long after a failure the disk is tried again.
    public var retryIntervalMilliseconds = 1000

    public init() {}

    /// The size of a segment for which no file was made ready.
    var unpreparedBytes: Int { fillsAhead ? min(firstSegmentBytes, segmentBytes) : segmentBytes }
}
