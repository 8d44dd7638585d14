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
    @inline(__always)
    mutating func append(_ payload: UnsafeRawBufferPointer, lsn: LogSequenceNumber) -> Int {
        let count = RecordFrame.headerBytes + payload.count
        if open.count + count > Self.chunkBytes { nextChunk() }
        RecordFrame.appendOpenHeader(to: &open, payloadBytes: payload.count, lsn: lsn)
        open.append(contentsOf: payload)
        return count
    }

    /// As `append(_:lsn:)`, the payload being what `write` appends to the bytes it is given.
    @inline(__always)
    mutating func append(lsn: LogSequenceNumber, _ write: (inout [UInt8]) -> Void) -> Int {
        // Room for a usual record; a longer one makes this chunk grow, once.
        if open.count + Self.chunkBytes / 16 > Self.chunkBytes { nextChunk() }
        let start = open.count
        RecordFrame.appendOpenHeader(to: &open, payloadBytes: 0, lsn: lsn)
        write(&open)
        let count = open.count - start
        precondition(count >= RecordFrame.headerBytes, "the writer of record \(lsn.rawValue) removed bytes")
        RecordFrame.setOpenLength(in: &open, at: start, payloadBytes: count - RecordFrame.headerBytes)
        return count
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
