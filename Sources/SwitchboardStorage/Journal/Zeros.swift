import Glibc

/// Stretches of zero bytes: what a segment holds behind its records.
enum Zeros {
    static let block = [UInt8](repeating: 0, count: 1 << 18)

    static func fill(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.count == leading(bytes) }

    /// How many of the first bytes may be left out because everything behind them is zero: the offset behind the last byte
    /// that is not.
    static func meaningful(_ bytes: UnsafeRawBufferPointer) -> Int {
        var end = bytes.count
        // Whole blocks first, compared by the C library: the rest of a segment is tens of megabytes.
        while end >= block.count, isZero(bytes, end - block.count, block.count) { end -= block.count }
        while end >= 64, isZero(bytes, end - 64, 64) { end -= 64 }
        while end > 0, bytes[end - 1] == 0 { end -= 1 }
        return end
    }

    private static func leading(_ bytes: UnsafeRawBufferPointer) -> Int {
        var start = 0
        while start < bytes.count {
            let count = min(block.count, bytes.count - start)
            guard isZero(bytes, start, count) else { return start }
            start += count
        }
        return start
    }

    private static func isZero(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) -> Bool {
        guard count > 0, let base = bytes.baseAddress else { return true }
        return block.withUnsafeBytes { memcmp($0.baseAddress!, base + offset, count) == 0 }
    }
}
