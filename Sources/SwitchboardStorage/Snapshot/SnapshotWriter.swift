import SwitchboardModel

/// Writes one snapshot file beside its final name; the name appears with `finish`, whole and durable, or never.
///
/// Deflates and writes on the caller's thread: a thread of the snapshot's own, never the lane. One writer at a time in a
/// folder. An error ends it: the unfinished file is removed and later calls throw the same error.
public final class SnapshotWriter {
    /// What was written, in bytes.
    public struct Summary: Equatable, Sendable {
        public var path: String
        public var rawBytes: Int
        public var fileBytes: Int
        /// Of `fileBytes`: what was taken over from the snapshot before.
        public var copiedBytes = 0
    }

    /// Written bytes go out to the disk piece by piece, so that the journal's syncs never wait behind a long tail of ours.
    private static let writeOutEveryBytes = 64 << 10
    /// How much is handed to the kernel at a time. Little, because a kernel without preemption gives the core to nobody
    /// while it copies, and each new page of a file may have to be fetched from the machine's host first (10 µs measured).
    private static let writeBytes = 8 << 10

    let folder: DataFolder
    private let path: String
    private let file: any DiskFile
    private let blocks: BlockDeflater
    private var trailer: SnapshotFormat.Trailer
    private var buffer: [UInt8]
    private var size = 0
    private var copiedBytes = 0
    private var writtenOut = 0
    /// What was added and is not in `buffer` yet, in order.
    private var added: [Added] = []
    /// The runs that ended since `takeRuns`, and the one under way.
    private var runs: [TicketRun] = []
    private var runStart = 0
    private var runChecksum: UInt32 = 0
    private var state = State.writing

    private enum Added {
        case runBegins
        /// The next block of `blocks`.
        case made
        case runEnds(pages: Range<Int>, generation: UInt32)
    }

    private enum State {
        /// Can transition to: `finished`, `failed`.
        case writing
        /// Renamed and durable. Can transition to: nothing.
        case finished
        /// The unfinished file is gone. Can transition to: nothing.
        case failed(StorageError)
    }

    private var temporary: String { path + FileName.temporarySuffix }

    /// Begins the snapshot of the state after record `lsn`, taken at `createdMilliseconds` of real time (since 1970).
    ///
    /// - Parameter hasHelper: a second thread deflates, too.
    public init(
        folder: DataFolder, lsn: LogSequenceNumber, createdMilliseconds: Int64, hasHelper: Bool = false
    ) throws(StorageError) {
        self.folder = folder
        path = folder.file(FileName.snapshot(through: lsn))
        file = try folder.disk.open(path + FileName.temporarySuffix, .replace)
        blocks = BlockDeflater(hasHelper: hasHelper)
        buffer = SnapshotFormat.Header(lsn: lsn, createdMilliseconds: createdMilliseconds).encode()
        trailer = SnapshotFormat.Trailer(after: buffer)
        buffer.reserveCapacity(2 * Self.writeBytes)
    }

    deinit { abandon() }

    /// Adds a section of a kind from 0 to 254; it is read back as it is given here, whatever its length.
    public func write(section kind: UInt8, _ bytes: [UInt8]) throws(StorageError) {
        precondition(kind != SnapshotFormat.trailerKind, "section kind \(kind) is the trailer's")
        try requireWriting()
        var start = 0
        repeat {
            let end = min(start + SnapshotFormat.blockBytes, bytes.count)
            blocks.add(bytes[start..<end], kind: kind, isContinued: end < bytes.count)
            added.append(.made)
            try appendAdded(all: false)
            start = end
        } while start < bytes.count
    }

    /// What is added from here on is a run of tickets.
    func beginRun() { added.append(.runBegins) }

    /// Ends the run: it has all tickets of `pages` as they are in the image of `generation`.
    func endRun(_ pages: Range<Int>, generation: UInt32) {
        added.append(.runEnds(pages: pages, generation: generation))
    }

    /// Where the runs are that ended since this was last called.
    func takeRuns() throws(StorageError) -> [TicketRun] {
        try appendAdded(all: true)
        defer { runs = [] }
        return runs
    }

    /// Adds blocks of another snapshot as they are. They do not wait in memory for blocks that are being made, of which
    /// there are few: a second thread may stand still.
    func write(copying blocks: [SnapshotBlocks.Block]) throws(StorageError) {
        try appendAdded(all: true)
        try guarded { () throws(StorageError) in
            for block in blocks {
                try append(block)
                copiedBytes += block.headerBytes.count + block.stored.count
            }
        }
    }

    /// Makes the file durable under its name, replacing one of the same record.
    ///
    /// Call it when the journal has `synced` up to the snapshot's record: otherwise, after a crash, a snapshot could
    /// know records that the journal does not, and an older snapshot could not be continued from the journal.
    public func finish() throws(StorageError) -> Summary {
        try appendAdded(all: true)
        try guarded { () throws(StorageError) in
            let end = trailer.encode()
            let block = SnapshotFormat.Block(
                kind: SnapshotFormat.trailerKind, flags: [], rawBytes: end.count, storedBytes: end.count)
            buffer += block.encode(stored: end[...])
            buffer += end
            try flush()
            try file.sync()
            try folder.disk.rename(temporary, to: path)
            try folder.disk.syncFolder(folder.path)
        }
        state = .finished
        blocks.stop()
        file.close()
        return Summary(path: path, rawBytes: trailer.rawBytes, fileBytes: size, copiedBytes: copiedBytes)
    }

    /// Removes the unfinished file. Nothing happens after `finish`.
    public func abandon() {
        guard case .writing = state else { return }
        end(StorageError(.closed, "the snapshot \(path) was abandoned"))
    }

    /// Appends what was added, as far as its blocks are made; with `all` it waits for those.
    private func appendAdded(all: Bool) throws(StorageError) {
        try guarded { () throws(StorageError) in
            var count = 0
            defer { added.removeFirst(count) }
            while count < added.count {
                switch added[count] {
                case .runBegins:
                    runStart = size + buffer.count
                    runChecksum = 0
                case .made:
                    guard let block = blocks.next(all: all) else { return }
                    try append(block)
                case .runEnds(let pages, let generation):
                    runs.append(
                        TicketRun(
                            pages: pages, generation: generation, bytes: runStart..<size + buffer.count,
                            checksum: runChecksum))
                }
                count += 1
            }
        }
    }

    private func append(_ block: SnapshotBlocks.Block) throws(StorageError) {
        trailer.add(block.header, header: block.headerBytes)
        runChecksum = Checksum.crc32(block.headerBytes, continuing: runChecksum)
        buffer += block.headerBytes
        buffer += block.stored
        if buffer.count >= Self.writeBytes { try flush() }
    }

    private func flush() throws(StorageError) {
        for start in stride(from: 0, to: buffer.count, by: Self.writeBytes) {
            try file.write(buffer[start..<min(start + Self.writeBytes, buffer.count)], at: size + start)
        }
        size += buffer.count
        buffer.removeAll(keepingCapacity: true)
        if size - writtenOut >= Self.writeOutEveryBytes {
            try file.writeOut(writtenOut..<size)
            writtenOut = size
        }
    }

    private func requireWriting() throws(StorageError) {
        switch state {
        case .writing: break
        case .finished: preconditionFailure("the snapshot \(path) is finished already")
        case .failed(let error): throw error
        }
    }

    private func guarded(_ body: () throws(StorageError) -> Void) throws(StorageError) {
        try requireWriting()
        do throws(StorageError) {
            try body()
        } catch {
            end(error)
            throw error
        }
    }

    private func end(_ error: StorageError) {
        state = .failed(error)
        blocks.stop()
        file.close()
        try? folder.disk.remove(temporary)
    }
}
