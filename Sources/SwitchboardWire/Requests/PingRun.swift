import Glibc

/// PINGs in a row, known by their bytes: load generators pipeline them by the hundred, and each is answered with the same
/// seven bytes, so that splitting it into words would be most of its cost.
public enum PingRun {
    /// The spellings of load generators: a line, and an array of one word.
    private static let spellings: [StaticString] = ["PING\r\n", "*1\r\n$4\r\nPING\r\n"]

    /// How many PINGs in one of these spellings `bytes` begins with, and how long they are together. `bytes` begins where
    /// a request begins. Other spellings are not counted; they are requests like all others.
    public static func first(of bytes: UnsafeRawBufferPointer) -> (count: Int, bytes: Int) {
        guard let start = bytes.baseAddress else { return (0, 0) }
        for spelling in spellings {
            let length = spelling.utf8CodeUnitCount
            var offset = 0
            while offset + length <= bytes.count, memcmp(start + offset, spelling.utf8Start, length) == 0 {
                offset += length
            }
            if offset > 0 { return (offset / length, offset) }
        }
        return (0, 0)
    }
}
