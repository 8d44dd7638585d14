import SwitchboardModel

/// Reads one snapshot file and verifies every byte of it on the way.
public final class SnapshotReader {
    private static let chunkBytes = 4 << 20

    /// The last record contained.
    public let lsn: LogSequenceNumber
    /// Real time, since 1970.
    public let createdMilliseconds: Int64
    private let blocks: SnapshotBlocks
    private let inflater = Inflater()
    private var found: SnapshotFormat.Trailer
    private var isDone = false
    /// Where in the file the next block begins.
    private(set) var offset = SnapshotFormat.headerBytes
    /// Where the section is that was read last.
    private(set) var place = SectionPlace()

    public var path: String { blocks.path }
    /// Of the file, in bytes.
    var size: Int { blocks.size }

    /// Opens the snapshot of the state after record `lsn`. Throws `.damaged` for a bad header.
    public convenience init(_ folder: DataFolder, lsn: LogSequenceNumber) throws(StorageError) {
        try self.init(folder.file(FileName.snapshot(through: lsn)), on: folder.disk, lsn: lsn)
    }

    /// Opens the snapshot at `path`: that of any record without an `lsn`.
    init(_ path: String, on disk: any Disk, lsn: LogSequenceNumber? = nil) throws(StorageError) {
        blocks = try SnapshotBlocks(path, on: disk, chunkBytes: Self.chunkBytes)
        let bytes = try blocks.header()
        let header = try SnapshotFormat.Header.decode(bytes, path: path)
        guard lsn == nil || header.lsn == lsn else {
            throw blocks.damaged("it is the snapshot of record \(header.lsn.rawValue)", at: 8)
        }
        self.lsn = header.lsn
        createdMilliseconds = header.createdMilliseconds
        found = SnapshotFormat.Trailer(after: bytes)
    }

    /// Puts the next section into `section`, whose content it replaces and whose memory it uses again, and returns
    /// its kind; nil when all were read and the trailer agrees.
    ///
    /// Only that nil says that the file is whole: until then every section was verified by itself, but some may be
    /// missing. Throws `.damaged` with the offset of the bad block.
    public func next(into section: inout [UInt8]) throws(StorageError) -> UInt8? {
        section.removeAll(keepingCapacity: true)
        guard !isDone else { return nil }
        place = SectionPlace(start: offset)
        var kind: UInt8?
        while true {
            let (block, header, stored) = try blocks.block(at: offset)
            if block.kind == SnapshotFormat.trailerKind {
                guard kind == nil else { throw damaged("a section is not continued") }
                guard Array(stored) == found.encode() else { throw damaged("the trailer does not match the file") }
                offset += header.count + stored.count
                guard offset == size else { throw damaged("bytes follow the trailer") }
                isDone = true
                return nil
            }
            guard kind == nil || kind == block.kind else { throw damaged("a section is not continued") }
            kind = block.kind
            if block.flags.contains(.deflated) {
                guard inflater.inflate(stored, rawBytes: block.rawBytes, addingTo: &section) else {
                    throw damaged("a block cannot be inflated")
                }
            } else {
                section += stored
            }
            found.add(block, header: header)
            offset += header.count + stored.count
            place.add(header, end: offset)
            if !block.flags.contains(.continued) { return kind }
        }
    }

    private func damaged(_ what: String) -> StorageError { blocks.damaged(what, at: offset) }
}
