import SwitchboardModel

/// The bytes of a snapshot file, all little-endian: a header, blocks, and a trailer, which is the last block.
enum SnapshotFormat {
    static let magic = Array("SWSB".utf8)
    static let version: UInt32 = 1
    static let headerBytes = 28
    static let blockHeaderBytes = 16
    /// A section longer than this is cut into several blocks.
    static let blockBytes = 1 << 20
    /// The kind of the trailer's block; sections have the kinds below it.
    static let trailerKind: UInt8 = 255
    static let trailerBytes = 20

    /// 0 "SWSB" · 4 u32 version · 8 u64 last record contained · 16 i64 created, ms since 1970 · 24 u32 CRC-32 of 0–23
    struct Header: Equatable {
        var lsn: LogSequenceNumber
        var createdMilliseconds: Int64

        func encode() -> [UInt8] {
            var header = ByteWriter.bytes { writer in
                writer.raw(magic)
                writer.fixed32(version)
                writer.fixed64(lsn.rawValue)
                writer.fixed64(UInt64(bitPattern: createdMilliseconds))
            }
            let checksum = Checksum.crc32(header)
            header.append { $0.fixed32(checksum) }
            return header
        }

        static func decode(_ bytes: [UInt8], path: String) throws(StorageError) -> Header {
            do {
                var reader = ByteReader(bytes)
                guard try reader.raw(4) == magic[...] else { throw StorageError.damaged("not a snapshot", path, at: 0) }
                let version = try reader.fixed32()
                let header = try Header(
                    lsn: LogSequenceNumber(reader.fixed64()), createdMilliseconds: Int64(bitPattern: reader.fixed64()))
                guard try reader.fixed32() == Checksum.crc32(bytes[..<(headerBytes - 4)]) else {
                    throw StorageError.damaged("the header does not match its checksum", path, at: 0)
                }
                guard version == SnapshotFormat.version else {
                    throw StorageError.newerFormat(version, path)
                }
                return header
            } catch {
                throw error as? StorageError ?? .damaged("the header is cut off", path, at: bytes.count)
            }
        }
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The stored bytes are a raw deflate stream; without it they are the bytes themselves.
        static let deflated = Flags(rawValue: 1)
        /// The section goes on in the next block.
        static let continued = Flags(rawValue: 2)
        static let known: Flags = [.deflated, .continued]
    }

    /// 0 u8 kind · 1 u8 flags · 2 u16 zero · 4 u32 raw length · 8 u32 stored length · 12 u32 CRC-32 of 0–11 and the
    /// stored bytes, which follow
    struct Block {
        var kind: UInt8
        var flags: Flags
        var rawBytes: Int
        var storedBytes: Int
        var checksum: UInt32 = 0

        /// The header with its checksum over `stored` filled in.
        func encode(stored: ArraySlice<UInt8>) -> [UInt8] {
            var header = ByteWriter.bytes { writer in
                writer.byte(kind)
                writer.byte(flags.rawValue)
                writer.raw([0, 0])
                writer.fixed32(UInt32(rawBytes))
                writer.fixed32(UInt32(storedBytes))
            }
            let checksum = Checksum.crc32(stored, continuing: Checksum.crc32(header))
            header.append { $0.fixed32(checksum) }
            return header
        }

        /// Nil when the lengths or flags are impossible; the checksum is for the caller to compare.
        static func decode(_ bytes: ArraySlice<UInt8>) -> Block? {
            var reader = ByteReader(bytes)
            guard let kind = try? reader.byte(), let flags = try? reader.byte(), let zero = try? reader.raw(2),
                let raw = try? reader.fixed32(), let stored = try? reader.fixed32(), let sum = try? reader.fixed32()
            else { return nil }
            let block = Block(
                kind: kind, flags: Flags(rawValue: flags), rawBytes: Int(raw), storedBytes: Int(stored), checksum: sum)
            guard zero == [0, 0], block.flags.isSubset(of: .known), block.rawBytes <= blockBytes else { return nil }
            // Stored bytes are never more than raw ones: what deflate makes longer is stored as it is.
            let fits = block.flags.contains(.deflated) ? block.storedBytes < block.rawBytes : raw == stored
            return fits ? block : nil
        }
    }

    /// 0 u64 blocks before it · 8 u64 their raw bytes · 16 u32 CRC-32 of the file's header and all their headers
    struct Trailer: Equatable {
        var blocks = 0
        var rawBytes = 0
        /// Every block's checksum is in its header, so this one covers every byte of the file and their order.
        var checksum: UInt32

        init(after header: [UInt8]) { checksum = Checksum.crc32(header) }

        mutating func add(_ block: Block, header: ArraySlice<UInt8>) {
            blocks += 1
            rawBytes += block.rawBytes
            checksum = Checksum.crc32(header, continuing: checksum)
        }

        func encode() -> [UInt8] {
            ByteWriter.bytes { writer in
                writer.fixed64(UInt64(blocks))
                writer.fixed64(UInt64(rawBytes))
                writer.fixed32(checksum)
            }
        }
    }
}
