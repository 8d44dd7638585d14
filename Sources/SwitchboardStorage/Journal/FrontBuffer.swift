import SwitchboardModel

/// Where `append` puts frames until the journal's thread takes them: chunks that are filled one after the other
/// and never grow past one record, so that a slow disk cannot make an append copy a long buffer.
struct FrontBuffer {
    static let chunkBytes = 1 << 20
    /// Chunks kept for use again; what a backlog needed beyond them is given back.
    static let spareLimit = 8

    private var full: [[UInt8]] = []
    private var open: [UInt8] = []
    private var spare: [[UInt8]] = []

    var isEmpty: Bool { open.isEmpty }

    init() { open.reserveCapacity(Self.chunkBytes) }

    /// Adds one frame without its checksum; returns its bytes.
    mutating func append(_ payload: UnsafeRawBufferPointer, lsn: LogSequenceNumber) -> Int {
        append(room: RecordFrame.headerBytes + payload.count, lsn: lsn) { $0.raw(payload) }
    }

    /// As `append(_:lsn:)`, the payload being what `write` writes.
    ///
    /// One longer than usual may make this chunk grow, once, and is then written twice.
    @inline(__always)
    mutating func append(lsn: LogSequenceNumber, _ write: (inout ByteWriter) -> Void) -> Int {
        append(room: Self.chunkBytes / 16, lsn: lsn, write)
    }

    @inline(__always)
    private mutating func append(
        room: Int, lsn: LogSequenceNumber, _ write: (inout ByteWriter) -> Void
    ) -> Int {
        if open.count + room > Self.chunkBytes { nextChunk() }
        let start = open.count
        open.append { RecordFrame.write(lsn: lsn, to: &$0, payload: write) }
        return open.count - start
    }

    /// Moves every chunk that holds frames to the end of `chunks`, and takes `used` for use again. Frees nothing:
    /// appends wait meanwhile.
    mutating func move(to chunks: inout [[UInt8]], reusing used: inout [[UInt8]]) {
        while spare.count < Self.spareLimit, let chunk = used.popLast() { spare.append(chunk) }
        guard !open.isEmpty else { return }
        nextChunk()
        chunks.append(contentsOf: full)
        full.removeAll(keepingCapacity: true)
    }

    private mutating func nextChunk() {
        guard !open.isEmpty else { return }
        full.append(open)
        open = spare.popLast() ?? []
        open.removeAll(keepingCapacity: true)
        open.reserveCapacity(Self.chunkBytes)
    }
}
