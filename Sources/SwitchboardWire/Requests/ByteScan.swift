import Glibc

/// Finds bytes eight at a time, or by libc where a long run is likely.
///
/// The tests are the well-known ones on a whole word of bytes: `(x - 0x01…) & ~x & 0x80…` has a bit for the lowest
/// zero byte, and may have false ones only above it. Only the lowest bit is used, so every answer is exact.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func zeroes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// The lowest bit belongs to the first byte below `limit`, which is at most 128.
    @inline(__always)
    private static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 {
        (word &- ones &* UInt64(limit)) & ~word & highs
    }

    @inline(__always)
    private static func word(_ memory: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        // Little-endian, because the lowest set bit must belong to the first byte.
        UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func byte(_ memory: UnsafeRawPointer, _ offset: Int) -> UInt8 {
        memory.load(fromByteOffset: offset, as: UInt8.self)
    }

    /// The first offset in `start..<end` of `sought`; `end` when there is none. libc's, which looks at 32 bytes at a time:
    /// for lines and texts.
    @inline(__always)
    static func first(_ sought: UInt8, in memory: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        memchr(memory + start, Int32(sought), end - start).map { UnsafeRawPointer($0) - memory } ?? end
    }

    /// The same without a call, for what is mostly found within a few bytes.
    @inline(__always)
    static func firstNear(_ sought: UInt8, in memory: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        var offset = start
        while offset + 8 <= end {
            let hits = zeroes(word(memory, offset) ^ (ones &* UInt64(sought)))
            if hits != 0 { return offset + hits.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < end, byte(memory, offset) != sought { offset += 1 }
        return offset
    }

    /// The first offset in `start..<end` of a byte below `limit`, which is at most 128; `end` when there is none. Reads
    /// nothing outside `0..<end`: the last few bytes are loaded together with those before them.
    @inline(__always)
    static func firstBelow(_ limit: UInt8, in memory: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        var offset = start
        while offset + 8 <= end {
            let hits = below(limit, word(memory, offset))
            if hits != 0 { return offset + hits.trailingZeroBitCount / 8 }
            offset += 8
        }
        guard offset < end else { return end }
        if end >= 8 {
            // The zeros that are shifted in count as found, where the run ends.
            let hits = below(limit, word(memory, end - 8) &>> UInt64((8 - (end - offset)) * 8))
            return offset + hits.trailingZeroBitCount / 8
        }
        while offset < end, byte(memory, offset) >= limit { offset += 1 }
        return offset
    }

    /// The first offset in `start..<end` of a byte that JSON must escape (below 32, `"`, `\`); `end` when there is none.
    @inline(__always)
    static func jsonEscape(_ memory: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        var offset = start
        while offset + 8 <= end {
            let bytes = word(memory, offset)
            let controls = below(32, bytes)
            let quotes = zeroes(bytes ^ (ones &* UInt64(ASCII.quote)))
            let backslashes = zeroes(bytes ^ (ones &* UInt64(ASCII.backslash)))
            let hits = controls | quotes | backslashes
            if hits != 0 { return offset + hits.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < end {
            let value = byte(memory, offset)
            if value < 32 || value == ASCII.quote || value == ASCII.backslash { return offset }
            offset += 1
        }
        return end
    }
}
