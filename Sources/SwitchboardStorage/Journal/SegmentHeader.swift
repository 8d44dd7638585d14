import SwitchboardModel

/// The first bytes of a segment, little-endian:
///
///     0   4 bytes  "SWJL"
///     4   u32      format version
///     8   u64      number of the first record
///     16  u32      CRC-32 over bytes 0–15
enum SegmentHeader {
    static let bytes = 20
    static let magic = Array("SWJL".utf8)
    static let version: UInt32 = 1

    static func encode(first: LogSequenceNumber, version: UInt32 = version) -> [UInt8] {
        var header = ByteWriter.bytes { writer in
            writer.raw(magic)
            writer.fixed32(version)
            writer.fixed64(first.rawValue)
        }
        let checksum = Checksum.crc32(header)
        header.append { $0.fixed32(checksum) }
        return header
    }

    /// Throws `.damaged` unless `header` is what `encode(first:)` makes.
    static func check(_ header: [UInt8], first: LogSequenceNumber, path: String) throws(StorageError) {
        let expected = encode(first: first)
        guard header != expected else { return }
        guard header.starts(with: magic) else { throw .damaged("it is not a journal segment", path, at: 0) }
        let version = header.count == bytes ? try? fixed32(header, at: 4) : nil
        if let version, version != Self.version, (try? fixed32(header, at: 16)) == Checksum.crc32(header[..<16]) {
            throw .newerFormat(version, path)
        }
        let offset = zip(header, expected).enumerated().first { $1.0 != $1.1 }?.offset
        throw .damaged("the segment's header is not whole", path, at: offset ?? header.count)
    }

    /// The number of the first record that a good header names; nil for any other.
    static func first(_ header: [UInt8]) -> LogSequenceNumber? {
        guard header.count == bytes, header.starts(with: magic) else { return nil }
        var reader = ByteReader(header[8...])
        guard let number = try? reader.fixed64(), number > 0, number <= UInt64(Int64.max) else { return nil }
        let first = LogSequenceNumber(number)
        return header == encode(first: first) ? first : nil
    }

    private static func fixed32(_ bytes: [UInt8], at offset: Int) throws(ByteReader.Malformed) -> UInt32 {
        var reader = ByteReader(bytes[offset...])
        return try reader.fixed32()
    }
}
