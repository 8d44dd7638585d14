import SwitchboardModel

/// The journal file that is being written.
struct Segment {
    let first: LogSequenceNumber
    /// Bytes written, the header included; the next record begins here.
    private(set) var size: Int
    /// A record that would end behind this belongs into the next segment; only one that is longer than a whole segment goes
    /// past it.
    let limit: Int
    private let file: any DiskFile

    /// Makes the segment that begins with the record `first` and holds `content`, frames ready to be written, or else, with
    /// `filled`, zeros up to `limit`. On return it is durable under its name; a segment of that name, which can hold
    /// nothing durable, is replaced.
    ///
    /// Written beside and renamed, so that a segment never exists without a whole header.
    static func create(
        in folder: DataFolder, first: LogSequenceNumber, limit: Int, filled: Bool = false, content: [[UInt8]] = []
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
            if filled { try fill(file, from: size, to: limit) }
            try file.sync()
        } catch {
            try? folder.disk.remove(temporary)
            throw error
        }
        return try giveName(temporary, first, size: size, limit: limit, in: folder)
    }

    /// Makes the segment that begins with the record `first` of a file of zeros. As `create` otherwise.
    static func adopt(_ ready: SegmentStock.Ready, in folder: DataFolder, first: LogSequenceNumber)
        throws(StorageError) -> Segment
    {
        do throws(StorageError) {
            let file = try folder.disk.open(ready.path, .update)
            defer { file.close() }
            try file.write(SegmentHeader.encode(first: first)[...], at: 0)
            try file.syncData()
        } catch {
            try? folder.disk.remove(ready.path)
            throw error
        }
        return try giveName(ready.path, first, size: SegmentHeader.bytes, limit: ready.bytes, in: folder)
    }

    /// A full disk may still take records, so it is no reason to do without a segment.
    private static func fill(_ file: any DiskFile, from size: Int, to limit: Int) throws(StorageError) {
        do throws(StorageError) {
            try file.writeZeros(limit - size, at: size)
        } catch  where error.code == .noSpace {
            try file.truncate(to: size)
        }
    }

    private static func giveName(
        _ temporary: String, _ first: LogSequenceNumber, size: Int, limit: Int, in folder: DataFolder
    ) throws(StorageError) -> Segment {
        let name = folder.file(FileName.segment(first: first))
        do throws(StorageError) {
            try folder.disk.rename(temporary, to: name)
            try folder.disk.syncFolder(folder.path)
        } catch {
            try? folder.disk.remove(temporary)
            throw error
        }
        folder.noteNewestSegment(first: first)
        // Opened again, so that a later error names the file as it is called now.
        return Segment(first: first, size: size, limit: limit, file: try folder.disk.open(name, .update))
    }

    private init(first: LogSequenceNumber, size: Int, limit: Int, file: any DiskFile) {
        self.first = first
        self.size = size
        self.limit = limit
        self.file = file
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

    /// Returns when all that was appended is durable, in a file that the next start will find.
    func sync() throws(StorageError) {
        try file.syncData()
        try file.requireInPlace()
    }

    /// Gives back the space behind the records of a segment that ends early. Everything in it must be synced. A crash on the
    /// way leaves zeros there, which do no harm, and so does a disk that refuses.
    func trim() { try? file.truncate(to: size) }

    func close() { file.close() }
}
