import CChecksum
import CZlib

/// CRC-32 as zlib computes it (polynomial 0xEDB88320, reflected): the checksum of every file of this target.
enum Checksum {
    private static let canFold = crc32_can_fold() != 0
    /// Fewer bytes than these, and those behind the last whole block, are zlib's.
    private static let leastFolded = 64
    private static let blockBytes = 16

    static func crc32(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
        guard bytes.count >= leastFolded, canFold, let start = bytes.baseAddress else {
            return tabled(bytes, continuing: previous)
        }
        let folded = bytes.count & ~(blockBytes - 1)
        let sum = crc32_fold(previous, start.assumingMemoryBound(to: UInt8.self), folded)
        return folded == bytes.count
            ? sum : tabled(UnsafeRawBufferPointer(rebasing: bytes[folded...]), continuing: sum)
    }

    /// zlib's own.
    static func tabled(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
        UInt32(CZlib.crc32_z(uLong(previous), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
    }

    static func crc32(_ bytes: ArraySlice<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0, continuing: previous) }
    }

    static func crc32(_ bytes: [UInt8], continuing previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0, continuing: previous) }
    }
}
