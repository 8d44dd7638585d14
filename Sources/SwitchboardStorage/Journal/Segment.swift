import SwitchboardModel

/// The journal file that is being written.
struct Segment {
    let first: LogSequenceNumber
    /// Bytes written, the header included; the next record begins here.
    private(set) var size: Int
    private let file: any DiskFile
    /// Of the journal; longer only for one record that is longer itself.
    private let limit: Int

    /// Makes the segment that begins with the record `first` and holds `content`, frames ready to be written.
    /// On return it is durable under its name; a segment of that name, which can hold nothing durable, is replaced.
    ///
    /// Written beside and renamed, so that a segment never exists without a whole header. (Filling it with zeros
    /// ahead of the records belongs here, before the sync: a reader takes a zero length for the end.)
    static func create(
        in folder: DataFolder, first: LogSequenceNumber, limit: Int, content: [[UInt8]] = []
    ) throws(StorageError) -> Segment {
        let name = folder.file(FileName.segment(first: first))
        let temporary = name + FileName.temporarySuffix
        var size = SegmentHeader.bytes
        do throws(StorageError) {
            let file = try folder.disk.open(temporary, .replace)
            defer { file.close() }
            try file.write(SegmentHeader.encode(first: first)[...], at: 0)
            for chunk in content {
                try file.write(chunk[...], at: size)
                size += chunk.count
            }
            try file.sync()
            try folder.disk.rename(temporary, to: name)
            try folder.disk.syncFolder(folder.path)
        } catch {
            try? folder.disk.remove(temporary)
            throw error
        }
        // Opened again, so that a later error names the file as it is called now.
        let file = try folder.disk.open(name, .update)
        return Segment(first: first, size: size, file: file, limit: limit)
    }

    private init(first: LogSequenceNumber, size: Int, file: any DiskFile, limit: Int) {
        self.first = first
        self.size = size
        self.file = file
        self.limit = limit
    }

    var isEmpty: Bool { size == SegmentHeader.bytes }

    /// Whether a frame of `count` bytes, written after `pending` bytes more, belongs here and not into the next.
    func takes(_ count: Int, after pending: Int) -> Bool {
        (isEmpty && pending == 0) || size + pending + count <= limit
    }

    mutating func append(_ frames: UnsafeRawBufferPointer) throws(StorageError) {
        try file.write(frames, at: size)
        size += frames.count
    }

    func sync() throws(StorageError) { try file.syncData() }
    func close() { file.close() }
}
