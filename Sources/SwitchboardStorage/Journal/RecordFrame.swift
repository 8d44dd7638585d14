import SwitchboardModel

/// The bytes around a record's payload, all little-endian:
///
///     0  u32  length: bit 31 = `followsSync`, bits 0–30 = bytes after the checksum (8 + payload), never 0
///     4  u32  CRC-32 over bytes 0–3 and 8–end
///     8  u64  log sequence number
///     16      payload
///
/// The length is under the checksum too, so that no bit of a frame can change unnoticed.
enum RecordFrame {
    static let headerBytes = 16
    /// What the length counts besides the payload: the sequence number.
    static let lengthOverhead = 8
    /// Set when every record before this one was durable when this one was written. A valid record with this mark
    /// behind a bad one proves that the bad one was once whole; without it, both may be of one torn group.
    static let followsSync: UInt32 = 1 << 31

    /// Bytes from the start of the frame to the next one.
    @inline(__always)
    static func frameBytes(length: UInt32) -> Int { Int(length & ~followsSync) + headerBytes - lengthOverhead }

    /// Writes a frame whose checksum is still missing.
    @inline(__always)
    static func write(
        lsn: LogSequenceNumber, to writer: inout ByteWriter, payload: (inout ByteWriter) -> Void
    ) {
        let start = writer.count
        writer.fixed64(0)
        writer.fixed64(lsn.rawValue)
        payload(&writer)
        writer.patch32(at: start, UInt32(truncatingIfNeeded: writer.count - start - headerBytes + lengthOverhead))
    }

    /// Puts the mark and the checksum into the frame at the start of `frame`, whose length is already there.
    static func seal(_ frame: UnsafeMutableRawBufferPointer, followsSync mark: Bool) {
        var length = UInt32(littleEndian: frame.loadUnaligned(as: UInt32.self)) & ~followsSync
        if mark { length |= followsSync }
        frame.storeBytes(of: length.littleEndian, as: UInt32.self)
        // The checksum leaves out its own place. With the length there for the moment, what it covers lies in one piece.
        frame.storeBytes(of: length.littleEndian, toByteOffset: 4, as: UInt32.self)
        let checksum = Checksum.crc32(UnsafeRawBufferPointer(rebasing: frame[4...]))
        frame.storeBytes(of: checksum.littleEndian, toByteOffset: 4, as: UInt32.self)
    }

    /// The frame at `offset` of `bytes`, if one that is whole and carries its own checksum begins there.
    static func valid(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Found? {
        guard bytes.count - offset >= headerBytes else { return nil }
        let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        let count = frameBytes(length: word)
        guard count >= headerBytes, count <= bytes.count - offset else { return nil }
        let frame = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
        guard checksum(frame) == UInt32(littleEndian: frame.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) else {
            return nil
        }
        let lsn = UInt64(littleEndian: frame.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        return Found(lsn: LogSequenceNumber(lsn), followsSync: word & followsSync != 0, bytes: count)
    }

    struct Found {
        var lsn: LogSequenceNumber
        var followsSync: Bool
        /// Of the whole frame.
        var bytes: Int
    }

    private static func checksum(_ frame: UnsafeRawBufferPointer) -> UInt32 {
        let length = Checksum.crc32(UnsafeRawBufferPointer(rebasing: frame[0..<4]))
        return Checksum.crc32(UnsafeRawBufferPointer(rebasing: frame[8...]), continuing: length)
    }
}
