import SwitchboardModel

/// Where in a snapshot's file which tickets are, known from writing it or from loading it: the next snapshot takes over what
/// did not change.
public struct SnapshotLayout: Sendable {
    /// The last record that the snapshot contains.
    public let lsn: LogSequenceNumber
    /// For each shard all its pages, in order and without a gap.
    var shards: [[TicketRun]]
}

/// Where in a snapshot's file a section is.
struct SectionPlace: Sendable {
    /// Its blocks, headers included.
    private(set) var bytes = 0..<0
    /// The headers.
    private(set) var headers: [UInt8] = []

    init(start: Int = 0) { bytes = start..<start }

    /// The section has one more block, which ends at `end`.
    mutating func add(_ header: ArraySlice<UInt8>, end: Int) {
        bytes = bytes.lowerBound..<end
        headers += header
    }
}

/// Some whole pages of one shard's tickets: sections in a row, none of them when no ticket is there.
struct TicketRun: Sendable {
    var pages: Range<Int>
    /// The image of the shard's table that they were written from.
    var generation: UInt32
    /// Their blocks, headers included.
    var bytes: Range<Int>
    /// CRC-32 of the blocks' headers, each of which has the checksum of what is stored behind it.
    var checksum: UInt32

    /// One more section belongs to it, with tickets of pages up to `end`.
    mutating func append(_ section: SectionPlace, pagesTo end: Int) {
        pages = pages.lowerBound..<end
        bytes = bytes.lowerBound..<section.bytes.upperBound
        checksum = Checksum.crc32(section.headers, continuing: checksum)
    }
}
