import SwitchboardModel

/// The frames the journal's thread holds: taken from the front buffer and not yet safe.
///
/// They are written in order; `position` is where writing goes on. What was written stays until `dropWritten`, so
/// that all of it can be written again elsewhere when a sync fails.
struct RetainedFrames {
    private(set) var chunks: [[UInt8]] = []
    private var incoming: [[UInt8]] = []
    /// Emptied chunks, for the front buffer to use again.
    private var used: [[UInt8]] = []
    private var chunk = 0
    private var offset = 0

    var isEmpty: Bool { chunks.isEmpty }
    var bytes: Int { chunks.reduce(0) { $0 + $1.count } }

    /// The number of the first frame held.
    var first: LogSequenceNumber? {
        chunks.first?.withUnsafeBytes { raw in
            LogSequenceNumber(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// Moves what `front` holds to `incoming`; short, because appends wait for it. `absorb` does the rest.
    mutating func take(from front: inout FrontBuffer) { front.move(to: &incoming, reusing: &used) }

    /// Puts what was taken behind what is held.
    ///
    /// Small chunks are copied together: while syncs are a second apart a chunk a write would pile up.
    mutating func absorb() {
        for bytes in incoming {
            if let last = chunks.indices.last, chunks[last].count + bytes.count <= FrontBuffer.chunkBytes {
                if isWritten {
                    chunk = last
                    offset = chunks[last].count
                }
                chunks[last].append(contentsOf: bytes)
                reuse(bytes)
            } else {
                chunks.append(bytes)
            }
        }
        incoming.removeAll(keepingCapacity: true)
    }

    /// A stretch of one chunk that is written at once.
    struct Run {
        var bytes = 0
        var last = LogSequenceNumber.none
    }

    /// Writes to `segment` the frames that still belong there, checksums added on the way.
    ///
    /// Returns the number of the last one written, or nil when the next frame belongs into the next segment.
    /// `synced` is the last record that is on disk for certain.
    mutating func writeRun(to segment: inout Segment, synced: LogSequenceNumber) throws(StorageError)
        -> LogSequenceNumber?
    {
        let run = sealRun(synced: synced) { segment.takes($0, after: $1) }
        guard run.bytes > 0 else { return nil }
        // Untyped `withUnsafeBytes`, hence the detour over a result.
        let result = chunks[chunk].withUnsafeBytes { raw in
            Result { () throws(StorageError) in
                try segment.append(UnsafeRawBufferPointer(rebasing: raw[offset..<offset + run.bytes]))
            }
        }
        try result.get()
        offset += run.bytes
        if offset == chunks[chunk].count {
            chunk += 1
            offset = 0
        }
        return run.last
    }

    var isWritten: Bool { chunk == chunks.count }

    /// Gives every frame its checksum, and makes the first one held the next to be written.
    mutating func sealAll(synced: LogSequenceNumber) {
        offset = 0
        for index in chunks.indices {
            chunk = index
            _ = sealRun(synced: synced) { _, _ in true }
        }
        chunk = 0
    }

    /// Forgets what was written.
    mutating func dropWritten() {
        if offset > 0 {
            chunks[chunk].removeFirst(offset)
            offset = 0
        }
        for bytes in chunks[..<chunk] { reuse(bytes) }
        chunks.removeFirst(chunk)
        chunk = 0
    }

    /// Forgets everything: it was written, otherwise than by `writeRun`.
    mutating func dropAll() {
        chunk = chunks.count
        offset = 0
        dropWritten()
    }

    private mutating func reuse(_ bytes: [UInt8]) {
        guard used.count < FrontBuffer.spareLimit, bytes.capacity < 2 * FrontBuffer.chunkBytes else { return }
        used.append(bytes)
    }

    /// Seals frames from `position` to the end of the chunk, as long as `belongs(frame's bytes, bytes before it)`.
    private mutating func sealRun(synced: LogSequenceNumber, while belongs: (Int, Int) -> Bool) -> Run {
        let start = offset
        return chunks[chunk].withUnsafeMutableBytes { raw in
            var run = Run()
            while start + run.bytes < raw.count {
                let frame = UnsafeMutableRawBufferPointer(rebasing: raw[(start + run.bytes)...])
                let count = RecordFrame.frameBytes(
                    length: UInt32(littleEndian: frame.loadUnaligned(as: UInt32.self)))
                guard belongs(count, run.bytes) else { break }
                let number = UInt64(littleEndian: frame.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                let lsn = LogSequenceNumber(number)
                RecordFrame.seal(
                    UnsafeMutableRawBufferPointer(rebasing: frame[..<count]), followsSync: lsn == synced.next)
                run.bytes += count
                run.last = lsn
            }
            return run
        }
    }
}
