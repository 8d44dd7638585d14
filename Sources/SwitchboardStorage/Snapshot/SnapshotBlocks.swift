import SwitchboardModel

/// The blocks of a snapshot file, read from wherever one begins and verified.
///
/// Whatever the file holds, reading it neither traps nor allocates more than a block beyond what was verified.
final class SnapshotBlocks {
    /// A block with its header's bytes and what is stored behind it.
    typealias Block = (header: SnapshotFormat.Block, headerBytes: ArraySlice<UInt8>, stored: ArraySlice<UInt8>)

    let path: String
    private let file: any DiskFile
    /// Of the file, in bytes.
    let size: Int
    /// How much is read at a time, at least.
    private let chunkBytes: Int
    /// The file's bytes from `start` on.
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ path: String, on disk: any Disk, chunkBytes: Int) throws(StorageError) {
        self.path = path
        self.chunkBytes = chunkBytes
        file = try disk.open(path, .read)
        do throws(StorageError) {
            size = try file.size()
        } catch {
            file.close()
            throw error
        }
    }

    deinit { file.close() }

    /// The bytes of the file's header, fewer where the file ends in it.
    func header() throws(StorageError) -> [UInt8] {
        try file.bytes(at: 0, limit: min(SnapshotFormat.headerBytes, size))
    }

    /// The block that begins at `offset`, its checksum verified. Throws `.damaged` when there is none.
    func block(at offset: Int) throws(StorageError) -> Block {
        let headerBytes = SnapshotFormat.blockHeaderBytes
        try fill(headerBytes, from: offset)
        guard start + buffer.count - offset >= headerBytes else { throw damaged("the file ends early", at: offset) }
        guard let block = SnapshotFormat.Block.decode(buffer[(offset - start)...].prefix(headerBytes)) else {
            throw damaged("a block's header is impossible", at: offset)
        }
        let bytes = headerBytes + block.storedBytes
        try fill(bytes, from: offset)
        guard start + buffer.count - offset >= bytes else { throw damaged("the file ends early", at: offset) }
        let whole = buffer[(offset - start)...].prefix(bytes)
        let sum = Checksum.crc32(whole.dropFirst(headerBytes), continuing: Checksum.crc32(whole.prefix(12)))
        guard sum == block.checksum else { throw damaged("a block does not match its checksum", at: offset) }
        return (block, whole.prefix(headerBytes), whole.dropFirst(headerBytes))
    }

    /// Reads so many bytes at once, for the blocks in them.
    func readAhead(_ bytes: Range<Int>) throws(StorageError) { try fill(bytes.count, from: bytes.lowerBound) }

    /// Sees to it that `count` bytes from `offset` on are in the buffer, or all there are.
    private func fill(_ count: Int, from offset: Int) throws(StorageError) {
        if offset < start || offset > start + buffer.count {
            buffer.removeAll(keepingCapacity: true)
            start = offset
        }
        guard start + buffer.count - offset < count else { return }
        buffer.removeFirst(offset - start)
        start = offset
        let position = start + buffer.count
        let wanted = min(max(count - buffer.count, chunkBytes), size - position)
        if wanted > 0 { try buffer.append(contentsOf: file.bytes(at: position, limit: wanted)) }
    }

    func damaged(_ what: String, at offset: Int) -> StorageError { .damaged(what, path, at: offset) }
}
