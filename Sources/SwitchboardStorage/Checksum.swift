import CZlib

/// CRC-32 as zlib computes it (polynomial 0xEDB88320, reflected): the checksum of every file of this target.
enum Checksum {
    static func crc32(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
        UInt32(CZlib.crc32_z(uLong(previous), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
    }

    static func crc32(_ bytes: ArraySlice<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0, continuing: previous) }
    }

    static func crc32(_ bytes: [UInt8], continuing previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0, continuing: previous) }
    }
}
