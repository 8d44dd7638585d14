import SwitchboardModel

/// Reads one snapshot file and verifies every byte of it on the way.
///
/// Whatever the file holds, reading it neither traps nor allocates more than a block beyond what was verified.
public final class SnapshotReader {
    private static let chunkBytes = 4 << 20

    public let path: String
    /// The last record contained.
    public let lsn: LogSequenceNumber
    /// Real time, since 1970.
    public let createdMilliseconds: Int64
    private let file: any DiskFile
    /// Of the file, in bytes.
    let size: Int
    private let inflater = Inflater()
    private var found: SnapshotFormat.Trailer
    private var isDone = false
    /// Where in the file the next block begins, and the file's bytes from there on.
    private(set) var offset = SnapshotFormat.headerBytes
    private var buffer: [UInt8] = []
    private var start = 0

    /// Opens the snapshot of the state after record `lsn`. Throws `.damaged` for a bad header.
    public convenience init(_ folder: DataFolder, lsn: LogSequenceNumber) throws(StorageError) {
        try self.init(folder.file(FileName.snapshot(through: lsn)), on: folder.disk, lsn: lsn)
    }

    /// Opens the snapshot at `path`: that of any record without an `lsn`.
    init(_ path: String, on disk: any Disk, lsn: LogSequenceNumber? = nil) throws(StorageError) {
        self.path = path
        file = try disk.open(path, .read)
        do throws(StorageError) {
            size = try file.size()
            let bytes = try file.bytes(at: 0, limit: min(SnapshotFormat.headerBytes, size))
            let header = try SnapshotFormat.Header.decode(bytes, path: path)
            guard lsn == nil || header.lsn == lsn else {
                throw StorageError.damaged("it is the snapshot of record \(header.lsn.rawValue)", path, at: 8)
            }
            self.lsn = header.lsn
            createdMilliseconds = header.createdMilliseconds
            found = SnapshotFormat.Trailer(after: bytes)
        } catch {
            file.close()
            throw error
        }
    }

    deinit { file.close() }

    /// Puts the next section into `section`, whose content it replaces and whose memory it uses again, and returns
    /// its kind; nil when all were read and the trailer agrees.
    ///
    /// Only that nil says that the file is whole: until then every section was verified by itself, but some may be
    /// missing. Throws `.damaged` with the offset of the bad block.
    public func next(into section: inout [UInt8]) throws(StorageError) -> UInt8? {
        section.removeAll(keepingCapacity: true)
        guard !isDone else { return nil }
        var kind: UInt8?
        while true {
            let (block, header, stored) = try readBlock()
            if block.kind == SnapshotFormat.trailerKind {
                guard kind == nil else { throw damaged("a section is not continued") }
                guard Array(stored) == found.encode() else { throw damaged("the trailer does not match the file") }
                offset += SnapshotFormat.blockHeaderBytes + stored.count
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
            start += SnapshotFormat.blockHeaderBytes + block.storedBytes
            offset += SnapshotFormat.blockHeaderBytes + block.storedBytes
            if !block.flags.contains(.continued) { return kind }
        }
    }

    /// The block at `offset`, which stays there, its checksum verified.
    private func readBlock() throws(StorageError) -> (SnapshotFormat.Block, ArraySlice<UInt8>, ArraySlice<UInt8>) {
        let headerBytes = SnapshotFormat.blockHeaderBytes
        try fill(headerBytes)
        guard buffer.count - start >= headerBytes else { throw damaged("the file ends early") }
        let header = buffer[start..<start + headerBytes]
        guard let block = SnapshotFormat.Block.decode(header) else { throw damaged("a block's header is impossible") }
        try fill(headerBytes + block.storedBytes)
        guard buffer.count - start >= headerBytes + block.storedBytes else { throw damaged("the file ends early") }
        // Taken again: `fill` may have moved the bytes.
        let whole = buffer[start..<start + headerBytes + block.storedBytes]
        let sum = Checksum.crc32(whole.dropFirst(headerBytes), continuing: Checksum.crc32(whole.prefix(12)))
        guard sum == block.checksum else { throw damaged("a block does not match its checksum") }
        return (block, whole.prefix(headerBytes), whole.dropFirst(headerBytes))
    }

    /// Sees to it that `count` bytes from `offset` on are in the buffer, or all there are.
    private func fill(_ count: Int) throws(StorageError) {
        guard buffer.count - start < count else { return }
        buffer.removeFirst(start)
        start = 0
        let position = offset + buffer.count
        let wanted = min(max(count - buffer.count, Self.chunkBytes), size - position)
        if wanted > 0 { try buffer.append(contentsOf: file.bytes(at: position, limit: wanted)) }
    }

    private func damaged(_ what: String) -> StorageError { .damaged(what, path, at: offset) }
}
