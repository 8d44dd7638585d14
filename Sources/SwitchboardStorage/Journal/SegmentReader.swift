import SwitchboardModel

/// Reads one segment record by record, holding no more of it than a chunk or one record.
struct SegmentReader {
    private static let chunkBytes = 1 << 20

    let path: String
    let file: any DiskFile
    /// Of the file, in bytes.
    let size: Int
    /// The number the next record must have.
    private(set) var next: LogSequenceNumber
    /// Where in the file the next frame begins.
    private(set) var offset: Int
    /// Where the last frame that `followsSync` begins: what is before it was certainly synced.
    private(set) var unsureOffset: Int
    /// File bytes from `offset` on: `buffer[start...]`.
    private var buffer: [UInt8] = []
    private var start = 0

    /// What comes next in a segment.
    enum Step {
        /// A whole record; the payload is `buffer`'s, so copy what is kept.
        case record(LogSequenceNumber, payload: ArraySlice<UInt8>)
        /// The file ends here, or holds nothing but zeros from here on.
        case end
        /// What is at `offset` is not the record that must follow.
        case bad(String)
    }

    /// Opens the segment that begins with `first` and checks its header.
    ///
    /// Throws `.damaged` for a bad header. Returns nil when the file is too short for one: it never held a record.
    /// The caller closes the file.
    static func open(
        _ first: LogSequenceNumber, in folder: DataFolder, _ mode: FileMode = .read
    ) throws(StorageError) -> SegmentReader? {
        try open(folder.file(FileName.segment(first: first)), first, on: folder.disk, mode)
    }

    /// As above, of the file at `path`.
    static func open(
        _ path: String, _ first: LogSequenceNumber, on disk: any Disk, _ mode: FileMode
    ) throws(StorageError) -> SegmentReader? {
        let file = try disk.open(path, mode)
        do throws(StorageError) {
            let size = try file.size()
            if size < SegmentHeader.bytes {
                file.close()
                return nil
            }
            try SegmentHeader.check(file.bytes(at: 0, limit: SegmentHeader.bytes), first: first, path: path)
            return SegmentReader(path: path, file: file, size: size, next: first, offset: SegmentHeader.bytes)
        } catch {
            file.close()
            throw error
        }
    }

    private init(path: String, file: any DiskFile, size: Int, next: LogSequenceNumber, offset: Int) {
        self.path = path
        self.file = file
        self.size = size
        self.next = next
        self.offset = offset
        unsureOffset = offset
    }

    /// Goes on to the next record. After `end` and `bad` it stays where it is.
    mutating func step() throws(StorageError) -> Step {
        let left = size - offset
        if left == 0 { return .end }
        try fill(RecordFrame.headerBytes)
        let available = buffer.count - start
        guard available >= 4 else { return try zeroTail() ? .end : .bad("a record's length is cut off") }
        let count = buffer.withUnsafeBytes { raw in
            let word = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt32.self))
            return word == 0 ? 0 : RecordFrame.frameBytes(length: word)
        }
        if count == 0 { return try zeroTail() ? .end : .bad("a record's length is zero and bytes follow it") }
        guard count >= RecordFrame.headerBytes, count <= RecordFrame.headerBytes + Journal.maximumRecordBytes else {
            return .bad("a record's length is impossible")
        }
        guard count <= left else { return .bad("a record is longer than what is left of the file") }
        try fill(count)
        guard let frame = buffer.withUnsafeBytes({ RecordFrame.valid(in: $0, at: start) }) else {
            return .bad("record \(next.rawValue) does not match its checksum")
        }
        guard frame.lsn == next else { return .bad("record \(frame.lsn.rawValue) where \(next.rawValue) must be") }
        let payload = buffer[start + RecordFrame.headerBytes..<start + count]
        if frame.followsSync { unsureOffset = offset }
        start += count
        offset += count
        next = next.next
        return .record(frame.lsn, payload: payload)
    }

    /// Makes the records read so far durable; the file must be open for update.
    ///
    /// A sync is not enough: if the last one of the process before failed, the kernel shows pages that it never
    /// wrote and calls them clean. So what was not certainly synced is written once more.
    func rewriteUnsure() throws(StorageError) {
        let bytes = try file.bytes(at: unsureOffset, limit: offset - unsureOffset)
        try file.write(bytes[...], at: unsureOffset)
        try file.sync()
    }

    /// The rest of the file from `offset` on, for a closer look.
    func rest() throws(StorageError) -> [UInt8] { try file.bytes(at: offset, limit: size - offset) }

    private func zeroTail() throws(StorageError) -> Bool {
        var position = offset
        while position < size {
            let bytes = try file.bytes(at: position, limit: min(Self.chunkBytes, size - position))
            guard !bytes.isEmpty, bytes.withUnsafeBytes({ Zeros.fill($0) }) else { return false }
            position += bytes.count
        }
        return true
    }

    /// Sees to it that `count` bytes from `offset` on are in the buffer, or all there are.
    private mutating func fill(_ count: Int) throws(StorageError) {
        guard buffer.count - start < count else { return }
        buffer.removeFirst(start)
        start = 0
        let position = offset + buffer.count
        let wanted = min(max(count - buffer.count, Self.chunkBytes), size - position)
        if wanted > 0 { try buffer.append(contentsOf: file.bytes(at: position, limit: wanted)) }
    }
}
