import SwitchboardModel

/// Reads one segment of a journal and changes nothing: for tools that look at files, also damaged ones and those of
/// which only the content is left.
public struct SegmentScan {
    /// A whole record and where it lies in the file.
    public struct Record {
        public var lsn: LogSequenceNumber
        /// Of the frame, in bytes from the file's start.
        public var offset: Int
        /// Of the whole frame.
        public var bytes: Int
        public var payload: ArraySlice<UInt8>
    }

    /// What comes next.
    public enum Step {
        case record(Record)
        /// The file ends here, or holds nothing but zeros from here on.
        case end
        /// What is at `offset` is not the record that must follow. `isTorn`: a crash during the last write explains it.
        case bad(what: String, offset: Int, isTorn: Bool)
    }

    public let path: String
    public let first: LogSequenceNumber
    /// Of the file, in bytes.
    public var size: Int { reader.size }
    /// Where the next record begins.
    public var offset: Int { reader.offset }
    /// The number the next record must have.
    public var next: LogSequenceNumber { reader.next }
    /// Where the last record begins of which the file says that all before it was on disk when it was written.
    public var unsureOffset: Int { reader.unsureOffset }
    private var reader: SegmentReader

    /// Opens the segment at `path`, whatever it is called. Throws `.damaged` when it has no good header.
    public init(_ path: String, on disk: any Disk = SystemDisk()) throws(StorageError) {
        let file = try disk.open(path, .read)
        defer { file.close() }
        let first = try SegmentHeader.first(file.bytes(at: 0, limit: SegmentHeader.bytes))
        // A header without a number is none: the check names what is wrong with it.
        let expected = first ?? FileName.segment(FileName.last(of: path)) ?? LogSequenceNumber(1)
        guard let reader = try SegmentReader.open(path, expected, on: disk, .read) else {
            throw .damaged("the segment's header is cut off", path, at: 0)
        }
        self.path = path
        self.first = expected
        self.reader = reader
    }

    /// Goes on to the next record. After `end` and `bad` it stays where it is.
    public mutating func step() throws(StorageError) -> Step {
        let offset = reader.offset
        switch try reader.step() {
        case .record(let lsn, let payload):
            return .record(Record(lsn: lsn, offset: offset, bytes: reader.offset - offset, payload: payload))
        case .end: return .end
        case .bad(let what):
            let isTorn = TornTail.explains(try reader.rest(), at: offset, expected: reader.next)
            return .bad(what: what, offset: offset, isTorn: isTorn)
        }
    }

    /// Lets go of the file.
    public func close() { reader.file.close() }
}
